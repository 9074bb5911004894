package org.tandem.wiki.content;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.LockMode;
import org.hibernate.Session;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.DocumentCheck;
import org.tandem.api.document.format.Formats;
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

  private final Store store;
  private final Clock clock;
  private final DocumentCheck check = new DocumentCheck(Formats.builtIn());

  public Contents(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Makes the empty content of a new page, in the transaction that makes the page. */
  public void begin(Session session, PageId page, String title) {
    session.persist(new ContentRow(page, title, clock.instant()));
    session.flush();
  }

  /** Why a new page cannot begin with this document; empty when it can. */
  public Optional<String> refusal(Delta document) {
    return check.checkDocument(document) instanceof DocumentCheck.Verdict.Refused refused
        ? Optional.of(refused.reason())
        : Optional.empty();
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
   * nobody's text is overwritten unseen. Rights were asked before.
   */
  public SaveOutcome save(PageId page, UserId author, long baseRev, Delta document) {
    return store.write(session -> saved(session, page, author, baseRev, document));
  }

  private SaveOutcome saved(
      Session session, PageId page, UserId author, long baseRev, Delta document) {
    Optional<ContentRow> found = lock(session, page);
    if (found.isEmpty()) {
      return new SaveOutcome.Forbidden();
    }
    ContentRow row = found.get();
    if (row.rev() != baseRev) {
      return new SaveOutcome.Stale(row.rev());
    }
    if (!document.isDocument()) {
      return new SaveOutcome.Refused("A document consists of inserts alone.");
    }
    Delta base = row.content().document();
    Delta change = base.diff(document);
    if (change.isEmpty()) {
      return new SaveOutcome.Saved(baseRev);
    }
    if (check.check(base, change) instanceof DocumentCheck.Verdict.Refused refused) {
      return new SaveOutcome.Refused(refused.reason());
    }
    Instant now = clock.instant();
    Delta checked = base.compose(change);
    row.hold(baseRev + 1, checked, now);
    SavedVersion version = new SavedVersion(baseRev + 1, checked, Set.of(author), now);
    append(session, page, Version.Kind.SAVED, version);
    return new SaveOutcome.Saved(baseRev + 1);
  }

  /** As {@link org.tandem.api.host.Pages#publish}. A page that is gone is left alone. */
  public boolean publish(PageId page, SavedVersion version, long takenOver) {
    return store.write(
        session ->
            lock(session, page)
                .filter(row -> version.rev() > row.publishedRev())
                .map(row -> published(session, page, row, version, takenOver))
                .orElse(true));
  }

  private boolean published(
      Session session, PageId page, ContentRow row, SavedVersion version, long takenOver) {
    if (row.rev() > row.publishedRev() && row.rev() > takenOver) {
      return false;
    }
    publish(session, page, row, version);
    return true;
  }

  private void publish(Session session, PageId page, ContentRow row, SavedVersion version) {
    row.hold(version.rev(), version.document(), clock.instant());
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
