package org.tandem.wiki.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.hibernate.Session;
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
import org.tandem.wiki.user.Accounts;

/**
 * Answers who may do what; the rule is {@link Rule}'s.
 *
 * <p>Threads and failure as for {@link Store}. An answer may be half a second old, but never older
 * than the last change that was announced: an announcement begins a new generation of answers
 * before the listeners of {@link #onChange} hear of it.
 */
public final class Rights implements AccessControl {

  private record Question(long generation, PageId page, UserId user) {}

  private static final Duration OLDEST_ANSWER = Duration.ofMillis(500);

  private final Store store;
  private final Accounts accounts;
  private final PageTree tree;
  private final Announcements announcements;
  private final AtomicLong generation = new AtomicLong();
  private final Cache<Question, Access> answers =
      Caffeine.newBuilder().expireAfterWrite(OLDEST_ANSWER).maximumSize(100_000).build();

  public Rights(Store store, Accounts accounts, PageTree tree, Announcements announcements) {
    this.store = store;
    this.accounts = accounts;
    this.tree = tree;
    this.announcements = announcements;
    announcements.listen(
        announcement -> {
          if (!(announcement instanceof Announcement.TitleChanged)) {
            generation.incrementAndGet();
          }
        });
  }

  @Override
  public Access access(PageId page, UserId user) {
    return answers.get(new Question(generation.get(), page, user), this::decide);
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

  private Access decide(Question question) {
    Optional<User> user = accounts.user(question.user());
    Optional<PageEntry> page = tree.page(question.page());
    if (user.isEmpty() || page.isEmpty()) {
      return Access.NONE;
    }
    return store.read(
        session ->
            Rule.onPage(
                user.get(),
                ofPage(session, question.page()),
                ofSpace(session, page.get().space())));
  }

  private static List<Grant> ofPage(Session session, PageId page) {
    return session
        .createSelectionQuery("from PageGrant where pageId = :page", PageGrantRow.class)
        .setParameter("page", page.value())
        .getResultList()
        .stream()
        .map(PageGrantRow::grant)
        .toList();
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
