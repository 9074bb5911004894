package org.tandem.wiki.content;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hibernate.LockMode;
import org.hibernate.Session;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.Documents;
import org.tandem.api.editor.Hooks;
import org.tandem.api.editor.SaveOutcome;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.api.host.SavedVersion;
import org.tandem.api.host.UserId;
import org.tandem.wiki.store.Store;

/**
 * The contents that the wiki itself holds. A page begins with revision 0, the empty page.
 *
 * <p>Threads and failure as for {@link Store}; changes of one page wait for each other at its row.
 */
public final class Contents {

  /** While people edit, this long one row of the list of versions follows them. */
  private static final Duration VERSION_SPAN = Duration.ofMinutes(10);

  private static final int TURNS = 64;

  private static final PageContent NOTHING = new PageContent(0, Documents.EMPTY_PAGE);

  private final Store store;
  private final Clock clock;
  private final Checks checks;

  /** A page's saves on this node, one after the other: they wait for its row anyway. */
  private final Object[] turns = Stream.generate(Object::new).limit(TURNS).toArray();

  private final Shown shown;
  private final SearchSources sources;

  /** Without plugins. */
  public Contents(Store store, Clock clock) {
    this(store, clock, Hooks.NONE, Shown.PLAIN, SearchSources.NONE);
  }

  /**
   * @param hooks what plugins have to say to the wiki's own saves
   * @param sources what plugins add to the words by which pages are found
   */
  public Contents(Store store, Clock clock, Hooks hooks, Shown shown, SearchSources sources) {
    this.store = store;
    this.clock = clock;
    this.checks = new Checks(hooks);
    this.shown = shown;
    this.sources = sources;
  }

  /** How contents are read. */
  public Shown shown() {
    return shown;
  }

  /** Makes the empty content of a new page, in the transaction that makes the page. */
  public void begin(Session session, PageId page, String title) {
    session.persist(new ContentRow(page, title, clock.instant()));
    session.flush();
  }

  /** Why a new page cannot begin with this document; empty when it can. In no transaction. */
  public Optional<String> refusal(PageId page, UserId author, Delta document) {
    Optional<String> fault = checks.ofWhole(document);
    if (fault.isPresent() || !checks.askPlugins(page)) {
      return fault;
    }
    return checks
        .ofPlugins(page, author, NOTHING, NOTHING.document().diff(document))
        .map(
            outcome ->
                outcome instanceof SaveOutcome.Refused refused
                    ? refused.reason()
                    : "The page could not be checked: try again.");
  }

  /** What a page with this content is found by. In no transaction. */
  public SearchEntry searchEntry(PageId page, Delta document) {
    return SearchEntry.of(sources, page, document);
  }

  /** Gives a new page its first content, in the transaction that makes the page. */
  public void beginWith(PageId page, UserId author, Delta document, SearchEntry entry) {
    store.write(session -> saved(session, page, author, 0, document, entry, change -> {}));
  }

  /** The page that began with this content is stored: whoever listens is told. */
  public void begun(PageId page, UserId author, Delta document) {
    Delta change = NOTHING.document().diff(document);
    if (!change.isEmpty()) {
      checks.committed(page, author, 1, change);
    }
  }

  /** Lets search find the page by its new title, in the transaction that renames it. */
  public void retitle(Session session, PageId page, String title) {
    lock(session, page).ifPresent(row -> row.title(title));
  }

  public Optional<PageContent> content(PageId page) {
    return store
        .read(session -> Optional.ofNullable(session.find(ContentRow.class, page.value())))
        .map(ContentRow::content);
  }

  /**
   * Saves in one piece, without a page authority: only on top of the newest revision, so that
   * nobody's text is overwritten unseen. Rights were asked before. In no transaction, as it may
   * wait for plugins.
   */
  public SaveOutcome save(PageId page, UserId author, long baseRev, Delta document) {
    if (!document.isDocument()) {
      return new SaveOutcome.Refused("A document consists of inserts alone.");
    }
    Optional<PageContent> base = checks.askPlugins(page) ? content(page) : Optional.empty();
    // On another revision the save is stale, and so it is if that moves on meanwhile.
    Optional<SaveOutcome> refused =
        base.filter(held -> held.rev() == baseRev)
            .flatMap(held -> refusedByPlugins(page, author, held, document));
    if (refused.isPresent()) {
      return refused.get();
    }
    SearchEntry entry = searchEntry(page, document);
    AtomicReference<Delta> change = new AtomicReference<>(Delta.EMPTY);
    // Of one page none is told before the one that was stored before.
    synchronized (turns[Math.floorMod(page.hashCode(), turns.length)]) {
      SaveOutcome outcome =
          store.write(
              session -> saved(session, page, author, baseRev, document, entry, change::set));
      if (outcome instanceof SaveOutcome.Saved saved && !change.get().isEmpty()) {
        checks.committed(page, author, saved.rev(), change.get());
      }
      return outcome;
    }
  }

  private Optional<SaveOutcome> refusedByPlugins(
      PageId page, UserId author, PageContent base, Delta document) {
    Delta change = base.document().diff(document);
    return change.isEmpty() || checks.ofChange(base.document(), change).isPresent()
        ? Optional.empty()
        : checks.ofPlugins(page, author, base, change);
  }

  /** Saves in a transaction; tells the change, if there is any. */
  private SaveOutcome saved(
      Session session,
      PageId page,
      UserId author,
      long baseRev,
      Delta document,
      SearchEntry entry,
      Consumer<Delta> told) {
    Optional<ContentRow> found = lock(session, page);
    if (found.isEmpty()) {
      return new SaveOutcome.Forbidden();
    }
    ContentRow row = found.get();
    if (row.rev() != baseRev) {
      return new SaveOutcome.Stale(row.rev());
    }
    Delta base = row.content().document();
    Delta change = base.diff(document);
    if (change.isEmpty()) {
      return new SaveOutcome.Saved(baseRev);
    }
    Optional<String> fault = checks.ofChange(base, change);
    if (fault.isPresent()) {
      return new SaveOutcome.Refused(fault.get());
    }
    Instant now = clock.instant();
    Delta checked = base.compose(change);
    row.hold(baseRev + 1, checked, entry, now);
    SavedVersion version = new SavedVersion(baseRev + 1, checked, Set.of(author), now);
    append(session, page, Version.Kind.SAVED, version);
    checks.ordered(page, author, baseRev + 1, change);
    told.accept(change);
    return new SaveOutcome.Saved(baseRev + 1);
  }

  /** As {@link org.tandem.api.host.Pages#publish}. A page that is gone is left alone. */
  public boolean publish(PageId page, SavedVersion version, long takenOver) {
    SearchEntry entry = searchEntry(page, version.document());
    return store.write(
        session ->
            lock(session, page)
                .filter(row -> version.rev() > row.publishedRev())
                .map(row -> published(session, page, row, version, entry, takenOver))
                .orElse(true));
  }

  private boolean published(
      Session session,
      PageId page,
      ContentRow row,
      SavedVersion version,
      SearchEntry entry,
      long takenOver) {
    if (row.rev() > row.publishedRev() && row.rev() > takenOver) {
      return false;
    }
    publish(session, page, row, version, entry);
    return true;
  }

  private void publish(
      Session session, PageId page, ContentRow row, SavedVersion version, SearchEntry entry) {
    row.hold(version.rev(), version.document(), entry, clock.instant());
    row.published();
    newest(session, page)
        .filter(last -> last.isAt(version.rev()) || last.isOpenAt(version.savedAt(), VERSION_SPAN))
        .ifPresentOrElse(
            last -> last.moveTo(version),
            () -> append(session, page, Version.Kind.EDITED, version));
  }

  /** As {@link org.tandem.api.host.Pages#savedAlone}. */
  public List<SavedVersion> savedAlone(PageId page) {
    return store
        .read(
            session ->
                session
                    .createSelectionQuery(
                        "select v from Version v join Content c on c.pageId = v.pageId"
                            + " where v.pageId = :page and v.kind = :kind and v.rev > c.publishedRev"
                            + " order by v.number",
                        VersionRow.class)
                    .setParameter("page", page.value())
                    .setParameter("kind", Version.Kind.SAVED.word())
                    .getResultList())
        .stream()
        .map(VersionRow::saved)
        .toList();
  }

  /** The list of versions, newest first, at most so many. */
  public List<Version> versions(PageId page, int limit) {
    return store
        .read(
            session ->
                session
                    .createSelectionQuery(
                        "select rev, kind, authors, savedAt from Version"
                            + " where pageId = :page order by number desc",
                        VersionRow.Head.class)
                    .setParameter("page", page.value())
                    .setMaxResults(limit)
                    .getResultList())
        .stream()
        .map(VersionRow.Head::version)
        .toList();
  }

  /** The content of a version in the list; empty for any other revision. */
  public Optional<PageContent> version(PageId page, long rev) {
    return store
        .read(
            session ->
                session
                    .createSelectionQuery(
                        "from Version where pageId = :page and rev = :rev order by number desc",
                        VersionRow.class)
                    .setParameter("page", page.value())
                    .setParameter("rev", rev)
                    .setMaxResults(1)
                    .uniqueResultOptional())
        .map(VersionRow::content);
  }

  private void append(Session session, PageId page, Version.Kind kind, SavedVersion version) {
    int number = newest(session, page).map(row -> row.number() + 1).orElse(1);
    session.persist(new VersionRow(page, number, kind, version));
  }

  private static Optional<VersionRow> newest(Session session, PageId page) {
    return session
        .createSelectionQuery(
            "from Version where pageId = :page order by number desc", VersionRow.class)
        .setParameter("page", page.value())
        .setMaxResults(1)
        .uniqueResultOptional();
  }

  private static Optional<ContentRow> lock(Session session, PageId page) {
    return session
        .createSelectionQuery("from Content where pageId = :page", ContentRow.class)
        .setParameter("page", page.value())
        .setHibernateLockMode(LockMode.PESSIMISTIC_WRITE)
        .uniqueResultOptional();
  }
}
