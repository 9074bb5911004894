package org.tandem.wiki.gate;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageId;
import org.tandem.api.host.User;
import org.tandem.wiki.access.Rights;
import org.tandem.wiki.page.Forest;
import org.tandem.wiki.page.PageEntry;
import org.tandem.wiki.page.PageTree;
import org.tandem.wiki.page.Place;
import org.tandem.wiki.space.Space;
import org.tandem.wiki.space.Spaces;

/**
 * The one place that answers 401, 404 and 403, in this order. Threads: safe for use by any thread.
 */
public final class Gate {

  private final Function<HttpServletRequest, Optional<User>> callers;
  private final PageTree tree;
  private final Spaces spaces;
  private final Rights rights;

  public Gate(
      Function<HttpServletRequest, Optional<User>> callers,
      PageTree tree,
      Spaces spaces,
      Rights rights) {
    this.callers = callers;
    this.tree = tree;
    this.spaces = spaces;
    this.rights = rights;
  }

  public Optional<User> caller(HttpServletRequest request) {
    return callers.apply(request);
  }

  public User user(HttpServletRequest request) {
    return caller(request).orElseThrow(() -> new Refusal(401, "Sign in first, then try again."));
  }

  public User admin(HttpServletRequest request) {
    User user = user(request);
    if (!user.admin()) {
      throw new Refusal(403, "Only an administrator of the wiki may do this: ask one of them.");
    }
    return user;
  }

  /** The page, for a caller who has at least this access. */
  public PageVisit page(HttpServletRequest request, String id, Access needed) {
    User user = user(request);
    PageEntry page =
        PageId.parse(id)
            .flatMap(tree::page)
            .orElseThrow(
                () ->
                    new Refusal(
                        404,
                        "There is no such page: it was deleted, or the address is wrong. Look for it"
                            + " in its space or by the search."));
    return visit(user, page, needed);
  }

  /** The same for a page that is known already. */
  public PageVisit visit(User user, PageEntry page, Access needed) {
    Access access = rights.access(page.id(), user.id());
    require(access, needed, "page");
    return new PageVisit(user, page, space(page.space()), access);
  }

  /**
   * Asks before a page moves: in another space the pages below it get that space's rights, so who
   * takes them there must be allowed to edit each.
   */
  public void mayMove(PageVisit visit, UUID toSpace) {
    if (visit.space().id().equals(toSpace)) {
      return;
    }
    for (PageEntry below : new Forest(tree.of(visit.space().id())).subtree(visit.id())) {
      if (!rights.access(below.id(), visit.user().id()).allows(Access.EDIT)) {
        throw new Refusal(
            403,
            "Below this page stand pages that you may not edit, and they would move along: ask an"
                + " administrator of the space to move it.");
      }
    }
  }

  /** The space, for a caller who has at least this access to it. */
  public SpaceVisit space(HttpServletRequest request, String key, Access needed) {
    User user = user(request);
    Space space = spaces.keyed(key).orElseThrow(Gate::noSpace);
    Access access = rights.access(space, user);
    require(access, needed, "space");
    return new SpaceVisit(user, space, access);
  }

  /** A page is put below a page, or at the top of a space, that the caller may edit. */
  public Place place(HttpServletRequest request, String space, Optional<String> parent) {
    if (parent.isEmpty()) {
      return new Place(space(request, space, Access.EDIT).space().id(), Optional.empty());
    }
    PageVisit above = parent(request, parent.get());
    if (!above.space().key().equals(space)) {
      throw new Refusal(
          422,
          "The parent page lies in another space: choose a page of this space, or none for its top.");
    }
    return below(above);
  }

  /** A page is put below a page that the caller may edit, in whatever space that is. */
  public Place below(HttpServletRequest request, String parent) {
    return below(parent(request, parent));
  }

  private static Place below(PageVisit above) {
    return new Place(above.space().id(), Optional.of(above.id()));
  }

  private PageVisit parent(HttpServletRequest request, String id) {
    User user = user(request);
    PageEntry page =
        PageId.parse(id)
            .flatMap(tree::page)
            .orElseThrow(
                () ->
                    new Refusal(
                        422,
                        "There is no such parent page: choose another one, or none for the top of a"
                            + " space."));
    return visit(user, page, Access.EDIT);
  }

  private Space space(UUID id) {
    return spaces.space(id).orElseThrow(Gate::noSpace);
  }

  private static Refusal noSpace() {
    return new Refusal(404, "There is no such space: the list of spaces shows those that exist.");
  }

  private static void require(Access access, Access needed, String what) {
    if (!access.allows(needed)) {
      throw new Refusal(403, missing(needed, what));
    }
  }

  private static String missing(Access needed, String what) {
    String may =
        switch (needed) {
          case NONE, VIEW -> "view this " + what;
          case COMMENT -> "comment on this " + what;
          case EDIT -> "edit this " + what;
          case ADMIN -> "administer this " + what;
        };
    return "You may not " + may + ": ask an administrator of the " + what + " for the right.";
  }
}
