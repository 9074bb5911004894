package org.tandem.wiki.view.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tandem.api.host.PageId;
import org.tandem.wiki.page.Forest;
import org.tandem.wiki.page.PageEntry;
import org.tandem.wiki.space.Space;

/**
 * Where a page stands, as a reader sees it.
 *
 * @param path from the space down to the page's parent
 * @param tree the space's pages that the reader may view
 */
public record Crumbs(Space space, List<Step> path, List<Branch> tree) {

  /** One link of the path. */
  public record Step(String title, String href) {}

  /**
   * A page in the tree with those below it.
   *
   * @param here whether it is the page that is shown
   */
  public record Branch(String title, String href, boolean here, List<Branch> below) {}

  /** The place of a page, or of the space itself. */
  public static Crumbs of(Space space, Forest visible, Optional<PageId> page) {
    List<Step> path = new ArrayList<>();
    path.add(new Step(space.name(), "/spaces/" + space.key()));
    page.map(visible::above)
        .orElse(List.of())
        .forEach(above -> path.add(new Step(above.title(), href(above.id()))));
    return new Crumbs(space, path, branches(visible, Optional.empty(), page));
  }

  private static List<Branch> branches(
      Forest visible, Optional<PageId> parent, Optional<PageId> here) {
    return visible.children(parent).stream().map(page -> branch(visible, page, here)).toList();
  }

  private static Branch branch(Forest visible, PageEntry page, Optional<PageId> here) {
    Optional<PageId> id = Optional.of(page.id());
    return new Branch(page.title(), href(page.id()), id.equals(here), branches(visible, id, here));
  }

  public static String href(PageId page) {
    return "/pages/" + page;
  }
}
