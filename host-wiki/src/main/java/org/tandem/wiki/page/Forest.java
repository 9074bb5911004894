package org.tandem.wiki.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tandem.api.host.PageId;

/** The pages of a space as they hang together. A value: it does not follow later changes. */
public final class Forest {

  private final Map<PageId, PageEntry> pages = new LinkedHashMap<>();
  private final Map<Optional<PageId>, List<PageEntry>> children = new HashMap<>();

  /**
   * @param entries in their order among the pages of one parent; a page whose parent is not among
   *     them stands at the top
   */
  public Forest(List<PageEntry> entries) {
    entries.forEach(entry -> pages.put(entry.id(), entry));
    for (PageEntry entry : entries) {
      Optional<PageId> parent = entry.parent().filter(pages::containsKey);
      children.computeIfAbsent(parent, key -> new ArrayList<>()).add(entry);
    }
  }

  public List<PageEntry> entries() {
    return List.copyOf(pages.values());
  }

  public boolean holds(PageId page) {
    return pages.containsKey(page);
  }

  /** The pages below a page, or at the top. */
  public List<PageEntry> children(Optional<PageId> parent) {
    return children.getOrDefault(parent, List.of());
  }

  /** The page and all below it, parents before their children. */
  public List<PageEntry> subtree(PageId page) {
    List<PageEntry> found = new ArrayList<>();
    Optional.ofNullable(pages.get(page)).ifPresent(found::add);
    for (int next = 0; next < found.size(); next++) {
      found.addAll(children(Optional.of(found.get(next).id())));
    }
    return found;
  }

  /** The pages above a page, from the top down, without itself. */
  public List<PageEntry> above(PageId page) {
    List<PageEntry> path = new ArrayList<>();
    Optional<PageEntry> next = parent(page);
    while (next.isPresent()) {
      path.add(0, next.get());
      next = parent(next.get().id());
    }
    return path;
  }

  /** 1 for a page at the top. */
  int depth(PageId page) {
    return above(page).size() + 1;
  }

  /** 1 for a page with nothing below it. */
  int height(PageId page) {
    int own = depth(page);
    return subtree(page).stream().mapToInt(below -> depth(below.id()) - own + 1).max().orElse(1);
  }

  int nextPosition(Optional<PageId> parent) {
    return children(parent).stream().mapToInt(PageEntry::position).max().orElse(-1) + 1;
  }

  private Optional<PageEntry> parent(PageId page) {
    return Optional.ofNullable(pages.get(page))
        .flatMap(PageEntry::parent)
        .flatMap(parent -> Optional.ofNullable(pages.get(parent)));
  }
}
