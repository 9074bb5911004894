package org.tandem.wiki.page;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.Session;
import org.tandem.api.host.PageId;
import org.tandem.wiki.content.Contents;
import org.tandem.wiki.content.SearchEntry;
import org.tandem.wiki.store.Announcement;
import org.tandem.wiki.store.Announcements;
import org.tandem.wiki.store.Names;
import org.tandem.wiki.store.Store;

/**
 * The pages of the spaces as trees. Whoever calls has asked for the rights.
 *
 * <p>Threads and failure as for {@link Store}; changes of the trees wait for each other, so that no
 * two moves can close a circle.
 */
public final class PageTree {

  private static final int DEEPEST = 20;

  /** Above so many pages an announcement for each costs all nodes more than one for all pages. */
  private static final int MOST_NAMED = 50;

  private static final long TREE_LOCK = 0x7461_6e64_656d_0001L;
  private static final TreeOutcome GONE = new TreeOutcome.Gone();

  private final Store store;
  private final Announcements announcements;
  private final Contents contents;
  private final Clock clock;

  public PageTree(Store store, Announcements announcements, Contents contents, Clock clock) {
    this.store = store;
    this.announcements = announcements;
    this.contents = contents;
    this.clock = clock;
  }

  public Optional<PageEntry> page(PageId page) {
    return store.read(session -> row(session, page)).map(PageRow::entry);
  }

  /** All pages of a space, those of one parent in their order. */
  public List<PageEntry> of(UUID space) {
    return store.read(session -> forest(session, space)).entries();
  }

  /** The spaces in which these pages lie. */
  public List<UUID> spacesOf(Collection<PageId> pages) {
    List<UUID> ids = pages.stream().map(PageId::value).toList();
    return store.read(
        session ->
            session
                .createSelectionQuery(
                    "select distinct spaceId from Page where id in :ids", UUID.class)
                .setParameterList("ids", ids)
                .getResultList());
  }

  /** The page makes its appearance with its content, or not at all. */
  public TreeOutcome create(NewPage page) {
    Optional<String> title = Names.clean(page.title(), PageEntry.TITLE_LIMIT);
    if (title.isEmpty()) {
      return badTitle();
    }
    PageId id = PageId.random();
    Optional<String> refusal =
        page.content().flatMap(first -> contents.refusal(id, page.author(), first));
    if (refusal.isPresent()) {
      return new TreeOutcome.Refused(refusal.get());
    }
    Optional<SearchEntry> found = page.content().map(first -> contents.searchEntry(id, first));
    TreeOutcome outcome = locked(session -> created(session, id, page, title.get(), found));
    if (outcome instanceof TreeOutcome.Done) {
      page.content().ifPresent(first -> contents.begun(id, page.author(), first));
    }
    return outcome;
  }

  private TreeOutcome created(
      Session session, PageId id, NewPage page, String title, Optional<SearchEntry> found) {
    Forest forest = forest(session, page.space());
    Optional<String> obstacle = obstacle(forest, page.parent(), 1);
    if (obstacle.isPresent()) {
      return new TreeOutcome.Refused(obstacle.get());
    }
    PageEntry entry =
        new PageEntry(
            id,
            page.space(),
            page.parent(),
            title,
            forest.nextPosition(page.parent()),
            page.author(),
            clock.instant());
    session.persist(new PageRow(entry));
    session.flush();
    contents.begin(session, entry.id(), title);
    page.content()
        .ifPresent(first -> contents.beginWith(id, page.author(), first, found.orElseThrow()));
    return new TreeOutcome.Done(entry);
  }

  /**
   * Renames a page, moves it with all pages below it, or both: all of it or nothing.
   *
   * @param typed the new title
   */
  public TreeOutcome change(PageId page, Optional<String> typed, Optional<Place> to) {
    Optional<String> title = typed.flatMap(text -> Names.clean(text, PageEntry.TITLE_LIMIT));
    if (typed.isPresent() && title.isEmpty()) {
      return badTitle();
    }
    return locked(
        session -> row(session, page).map(row -> changed(session, row, title, to)).orElse(GONE));
  }

  private TreeOutcome changed(
      Session session, PageRow row, Optional<String> title, Optional<Place> to) {
    if (to.isPresent() && moved(session, row, to.get()) instanceof TreeOutcome.Refused refused) {
      return refused;
    }
    title.ifPresent(text -> rename(session, row, text));
    return new TreeOutcome.Done(row.entry());
  }

  private void rename(Session session, PageRow row, String title) {
    PageId page = row.entry().id();
    if (!row.entry().title().equals(title)) {
      row.title(title);
      contents.retitle(session, page, title);
      announcements.announce(session, new Announcement.TitleChanged(page));
    }
  }

  private TreeOutcome moved(Session session, PageRow row, Place to) {
    PageEntry page = row.entry();
    Forest old = forest(session, page.space());
    List<PageEntry> subtree = old.subtree(page.id());
    Forest target = forest(session, to.space());
    if (to.parent().filter(parent -> contains(subtree, parent)).isPresent()) {
      return new TreeOutcome.Refused(
          "A page cannot be moved below itself: choose a parent outside of it.");
    }
    Optional<String> obstacle = obstacle(target, to.parent(), old.height(page.id()));
    if (obstacle.isPresent()) {
      return new TreeOutcome.Refused(obstacle.get());
    }
    row.place(to.space(), to.parent(), target.nextPosition(to.parent()));
    if (!page.space().equals(to.space())) {
      subtree.forEach(below -> row(session, below.id()).ifPresent(r -> r.space(to.space())));
      announceRights(session, subtree);
    }
    return new TreeOutcome.Done(row.entry());
  }

  /** The pages inherit from another space now. */
  private void announceRights(Session session, List<PageEntry> pages) {
    List<Optional<PageId>> concerned =
        pages.size() > MOST_NAMED
            ? List.of(Optional.empty())
            : pages.stream().map(page -> Optional.of(page.id())).toList();
    concerned.forEach(
        page ->
            announcements.announce(
                session, new Announcement.AccessChanged(page, Optional.empty())));
  }

  /** Deletes a page for good; the pages below it take its place. */
  public TreeOutcome delete(PageId page) {
    return locked(session -> row(session, page).map(row -> deleted(session, row)).orElse(GONE));
  }

  private TreeOutcome deleted(Session session, PageRow row) {
    PageEntry page = row.entry();
    Forest forest = forest(session, page.space());
    int position = 0;
    for (PageEntry heir : heirs(forest, page)) {
      int place = position++;
      row(session, heir.id()).ifPresent(r -> r.place(heir.space(), page.parent(), place));
    }
    session.flush();
    session.remove(row);
    announcements.announce(session, new Announcement.PageDeleted(page.id()));
    return new TreeOutcome.Done(page);
  }

  private static List<PageEntry> heirs(Forest forest, PageEntry page) {
    List<PageEntry> heirs = new ArrayList<>();
    for (PageEntry sibling : forest.children(page.parent())) {
      if (sibling.id().equals(page.id())) {
        heirs.addAll(forest.children(Optional.of(page.id())));
      } else {
        heirs.add(sibling);
      }
    }
    return heirs;
  }

  private static Optional<String> obstacle(Forest forest, Optional<PageId> parent, int height) {
    if (parent.isPresent() && !forest.holds(parent.get())) {
      return Optional.of("There is no such parent page in this space: choose another one.");
    }
    if (parent.map(forest::depth).orElse(0) + height > DEEPEST) {
      return Optional.of(
          "Pages can lie at most " + DEEPEST + " levels deep: choose a parent further up.");
    }
    return Optional.empty();
  }

  private static boolean contains(List<PageEntry> pages, PageId page) {
    return pages.stream().anyMatch(entry -> entry.id().equals(page));
  }

  private static TreeOutcome badTitle() {
    return new TreeOutcome.Refused(
        "Give the page a title of 1 to " + PageEntry.TITLE_LIMIT + " characters.");
  }

  private static Optional<PageRow> row(Session session, PageId page) {
    return Optional.ofNullable(session.find(PageRow.class, page.value()));
  }

  private static Forest forest(Session session, UUID space) {
    return new Forest(
        session
            .createSelectionQuery(
                "from Page where spaceId = :space order by position, lower(title), id",
                PageRow.class)
            .setParameter("space", space)
            .getResultList()
            .stream()
            .map(PageRow::entry)
            .toList());
  }

  private TreeOutcome locked(Function<Session, TreeOutcome> work) {
    return store.write(
        session -> {
          session.doWork(PageTree::waitForOthers);
          return work.apply(session);
        });
  }

  private static void waitForOthers(Connection connection) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
      lock.setLong(1, TREE_LOCK);
      lock.execute();
    }
  }
}
