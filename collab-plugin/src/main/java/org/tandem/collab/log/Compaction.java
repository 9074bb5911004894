package org.tandem.collab.log;

import java.util.List;
import java.util.Optional;
import org.tandem.api.host.PageId;

/**
 * What keeps the log small. Nothing of it changes what {@link OperationLog} answers, except that
 * {@link #delete} ends its reach into the past.
 *
 * <p>Life cycle and threads: as for {@link OperationLog}. Each call is one transaction of bounded
 * size and is safe beside any other call, of any node, on the same page.
 *
 * <p>Failure: {@link LogUnavailable}; nothing happened, and the call can be repeated. {@link
 * LogDamaged} when what would be packed is not what was stored: it stays as it is.
 *
 * <p>After a crash: a call took place as a whole or not at all.
 */
public interface Compaction {

  /** How many revisions a run holds at the most. */
  int RUN = 1_000;

  /** How many of the newest revisions of a page are kept as they are, one by one. */
  int UNPACKED = 500;

  /** Between kept snapshots of old times lie at least so many revisions. */
  int SNAPSHOT_DISTANCE = 5_000;

  /** How many revisions go at once at the most. */
  int DELETED_AT_ONCE = 10_000;

  /**
   * Packs the oldest revisions that still stand one by one, up to and with {@code upTo}, into the
   * page's last run, or a new one when that is full. Of the snapshots behind them only so many stay
   * that a document of old times is found within {@link #SNAPSHOT_DISTANCE} revisions.
   *
   * @param least so many must there be, since a run is written as a whole; 1 or more
   * @return what was done; {@link Packed#NOTHING} when there was nothing to do
   */
  Packed pack(PageId page, long upTo, int least);

  /**
   * Deletes for good what led to the newest revision that is older than a time and that the wiki
   * has, or as much of that as goes at once: changes, snapshots and with them the way back for
   * branches from there. The document that is left to begin with and the clients' marks stay. Named
   * versions are the wiki's, and stay.
   *
   * @param beforeMillis of the epoch, by the revisions' stamps
   * @return how many revisions are gone; 0 when nothing is left to delete
   */
  long delete(PageId page, long beforeMillis);

  /** Pages of the log, each once, in an order of its own, from behind {@code after} on. */
  List<PageId> pages(Optional<PageId> after, int limit);

  /** What a page takes; all zero for a page that the log does not know. */
  Size size(PageId page);

  /**
   * @param revisions that were packed
   * @param more whether another call would find something to do
   */
  record Packed(long revisions, boolean more) {

    public static final Packed NOTHING = new Packed(0, false);
  }

  /**
   * Bytes as the database stores them, without its indexes.
   *
   * @param single revisions that stand one by one
   * @param packed revisions in runs
   */
  record Size(
      long single, long singleBytes, long packed, long packedBytes, long snapshots, long bytes) {

    public static final Size NONE = new Size(0, 0, 0, 0, 0, 0);

    /**
     * @param bytes of the snapshots
     */
    public Size {}

    public Size plus(Size other) {
      return new Size(
          single + other.single,
          singleBytes + other.singleBytes,
          packed + other.packed,
          packedBytes + other.packedBytes,
          snapshots + other.snapshots,
          bytes + other.bytes);
    }
  }
}
