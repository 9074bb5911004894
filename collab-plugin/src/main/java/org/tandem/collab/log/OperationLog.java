package org.tandem.collab.log;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.page.Mark;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;

/**
 * What lasts of every page: its revisions, some snapshots, and each client's last change.
 *
 * <p>Life cycle: ready when constructed; the pool behind it belongs to the wiring.
 *
 * <p>Threads: safe for use by any thread. Calls wait for the database, for a bounded time.
 *
 * <p>Failure: {@link LogUnavailable} when the database does not answer. Reading can then be
 * repeated; an {@link #append} did not take place, unless the failure is {@link
 * LogUnavailable.OutcomeUnknown}: then {@link #load} tells.
 *
 * <p>After a crash: each append is there as a whole or not at all, and one that was answered is
 * there.
 */
public interface OperationLog {

  /**
   * The page from its newest snapshot on; empty when the log does not know the page.
   *
   * @throws LogUnavailable see above
   */
  Optional<StoredPage> load(PageId page);

  /** The newest revision of a page; -1 when the log does not know the page. */
  long head(PageId page);

  /** Takes a page into the log, at a revision; does nothing when it is there already. */
  void create(PageId page, long rev, Delta document);

  /** The revisions from above {@code after} to {@code upTo}, in order; those that the log holds. */
  List<Revision> revisions(PageId page, long after, long upTo);

  /** The document at a revision; empty when the log does not reach it. */
  Optional<Delta> documentAt(PageId page, long rev);

  /** The client's last change on this page; {@link Mark#NONE} when there is none. */
  Mark mark(PageId page, ClientId client);

  /**
   * Appends to several pages in one transaction. A page whose head is not where its append expects
   * it is left alone; the others are appended to.
   *
   * @param appends at most one for each page
   * @return for each page whether its revisions are committed
   * @throws LogUnavailable.Refused when the log answers and cannot take one of them
   * @throws LogUnavailable.OutcomeUnknown when all of them may be committed, or none
   */
  Map<PageId, Boolean> append(List<Append> appends);

  /**
   * Stores the document at a revision, to start a later {@link #load} from; does nothing for a page
   * that the log does not know, nor for a revision from before its log begins.
   */
  void snapshot(PageId page, long rev, Delta document);

  /** Notes that the wiki has the page as of this revision. */
  void published(PageId page, long rev);

  /** The pages whose newest revision the wiki does not have. */
  List<PageId> unpublished();

  /** The pages that were changed last, the newest first; none that was never changed. */
  List<PageId> newest(int most);

  /** Removes all there is of a page that was deleted. */
  void forget(PageId page);

  /**
   * Revisions for one page.
   *
   * @param head the revision that the page must stand at, one below the first of these
   */
  record Append(PageId page, long head, List<Revision> revisions) {

    public Append {
      revisions = List.copyOf(revisions);
    }
  }

  /**
   * A page as loaded.
   *
   * @param snapshotRev the revision of {@code document}
   * @param revisions those above the snapshot, in order
   * @param createdRev the revision that the page was taken into the log at
   * @param publishedRev the newest revision that the wiki has
   * @param stamp of the newest revision; empty when there is none above {@code createdRev}
   */
  record StoredPage(
      long snapshotRev,
      Delta document,
      List<Revision> revisions,
      long createdRev,
      long publishedRev,
      Optional<Stamp> stamp) {

    public StoredPage {
      revisions = List.copyOf(revisions);
    }
  }
}
