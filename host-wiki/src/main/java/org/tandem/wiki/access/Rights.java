package org.tandem.wiki.access;

import com.github.benmanes.caffeine.cache.Ticker;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.tandem.api.host.Access;
import org.tandem.api.host.AccessChange;
import org.tandem.api.host.AccessControl;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.wiki.page.PageEntry;
import org.tandem.wiki.page.PageTree;
import org.tandem.wiki.space.Space;
import org.tandem.wiki.store.Announcement;
import org.tandem.wiki.store.Announcements;
import org.tandem.wiki.store.Store;

/**
 * Answers who may do what; the rule is {@link Rule}'s.
 *
 * <p>Threads and failure as for {@link Store}. How old an answer may be is said by {@link Answers}.
 */
public final class Rights implements AccessControl {

  /** What the one select of a decision finds: a row for each pair of grants that concern her. */
  record Found(
      boolean admin,
      @Nullable String pageKind,
      @Nullable String pageSubject,
      @Nullable String pageLevel,
      @Nullable String spaceKind,
      @Nullable String spaceSubject,
      @Nullable String spaceLevel) {}

  private static final String DECISION =
      "select account.admin, onPage.kind, onPage.subject, onPage.level,"
          + " onSpace.kind, onSpace.subject, onSpace.level"
          + " from Account account cross join Page page"
          + " left join PageGrant onPage"
          + " on onPage.pageId = page.id and onPage.subject in (:self, :everyone)"
          + " left join SpaceGrant onSpace"
          + " on onSpace.spaceId = page.spaceId and onSpace.subject in (:self, :everyone)"
          + " where account.id = :user and page.id = :page";

  private final Store store;
  private final PageTree tree;
  private final Announcements announcements;
  private final Answers answers;

  public Rights(Store store, PageTree tree, Announcements announcements) {
    this(store, tree, announcements, System::nanoTime);
  }

  /**
   * @param nanos the time that passes, as {@link System#nanoTime}
   */
  Rights(Store store, PageTree tree, Announcements announcements, Ticker nanos) {
    this.store = store;
    this.tree = tree;
    this.announcements = announcements;
    this.answers = new Answers(this::decide, announcements::isHeard, nanos);
    announcements.listen(answers::hear);
  }

  @Override
  public Access access(PageId page, UserId user) {
    return store.isInTransaction()
        ? decide(page, user).orElse(Access.NONE)
        : answers.access(page, user);
  }

  @Override
  public Registration onChange(Consumer<AccessChange> listener) {
    return announcements.listen(
        announcement -> {
          if (announcement instanceof Announcement.AccessChanged changed) {
            listener.accept(new AccessChange(changed.page(), changed.user()));
          } else if (announcement instanceof Announcement.Missed) {
            listener.accept(new AccessChange(Optional.empty(), Optional.empty()));
          }
        });
  }

  /** What this user may do with a space: what its pages inherit. */
  public Access access(Space space, User user) {
    return Rule.onSpace(user, store.read(session -> ofSpace(session, space.id())));
  }

  /** The pages of a space that this user may view, in the order of the tree. */
  public List<PageEntry> visible(UUID space, User user) {
    Map<UUID, List<Grant>> ofPages = store.read(session -> ofPagesIn(session, space));
    List<Grant> ofSpace = store.read(session -> ofSpace(session, space));
    return tree.of(space).stream()
        .filter(
            page ->
                Rule.onPage(user, ofPages.getOrDefault(page.id().value(), List.of()), ofSpace)
                    .allows(Access.VIEW))
        .toList();
  }

  /** Those of the pages that this user may view, in the same order. */
  public List<PageId> visible(Collection<PageId> pages, User user) {
    Set<PageId> visible = new HashSet<>();
    tree.spacesOf(pages)
        .forEach(space -> visible(space, user).forEach(page -> visible.add(page.id())));
    return pages.stream().filter(visible::contains).toList();
  }

  /** The spaces that this user may view, or that hold a page that she may view. */
  public List<Space> visible(List<Space> spaces, User user) {
    return spaces.stream()
        .filter(
            space ->
                access(space, user).allows(Access.VIEW) || !visible(space.id(), user).isEmpty())
        .toList();
  }

  /** Empty when there is no such page or user. */
  private Optional<Access> decide(PageId page, UserId user) {
    List<Found> found =
        store.read(
            session ->
                session
                    .createSelectionQuery(DECISION, Found.class)
                    .setParameter("self", new Subject.Person(user).id())
                    .setParameter("everyone", Subject.EVERYONE.id())
                    .setParameter("user", user.value())
                    .setParameter("page", page.value())
                    .getResultList());
    return found.stream()
        .findFirst()
        .map(
            any ->
                Rule.onPage(
                    user,
                    any.admin(),
                    grants(found, row -> grant(row.pageKind(), row.pageSubject(), row.pageLevel())),
                    grants(
                        found,
                        row -> grant(row.spaceKind(), row.spaceSubject(), row.spaceLevel()))));
  }

  private static List<Grant> grants(List<Found> found, Function<Found, Optional<Grant>> grant) {
    return found.stream().map(grant).flatMap(Optional::stream).toList();
  }

  private static Optional<Grant> grant(
      @Nullable String kind, @Nullable String subject, @Nullable String level) {
    return kind == null || subject == null || level == null
        ? Optional.empty()
        : Optional.of(SpaceGrantRow.grant(kind, subject, level));
  }

  private static List<Grant> ofSpace(Session session, UUID space) {
    return session
        .createSelectionQuery("from SpaceGrant where spaceId = :space", SpaceGrantRow.class)
        .setParameter("space", space)
        .getResultList()
        .stream()
        .map(SpaceGrantRow::grant)
        .toList();
  }

  private static Map<UUID, List<Grant>> ofPagesIn(Session session, UUID space) {
    return session
        .createSelectionQuery(
            "select g from PageGrant g join Page p on p.id = g.pageId where p.spaceId = :space",
            PageGrantRow.class)
        .setParameter("space", space)
        .getResultList()
        .stream()
        .collect(
            Collectors.groupingBy(
                PageGrantRow::pageId,
                HashMap::new,
                Collectors.mapping(PageGrantRow::grant, Collectors.toList())));
  }
}
