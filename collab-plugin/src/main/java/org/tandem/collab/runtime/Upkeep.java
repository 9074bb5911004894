package org.tandem.collab.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.collab.log.Compaction;
import org.tandem.collab.log.LogDamaged;
import org.tandem.collab.log.LogUnavailable;

/**
 * Keeps what a page takes in the log small while people work on it, and its loading cheap: a
 * snapshot every so many revisions, and what is old packed, a run at a time since a run is written
 * as a whole. Packing is in no hurry. A failure is no harm: it is done the next time.
 *
 * <p>Threads: safe for use by any thread.
 */
final class Upkeep {

  static final int SNAPSHOT_EVERY = 200;

  /** So many revisions a run grows by at the least. */
  private static final int LEAST = 100;

  /** Packing takes a tenth of one thread's time at the most. */
  private static final int REST = 9;

  private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

  private final Ports ports;
  private final Map<PageId, Long> snapshots = new ConcurrentHashMap<>();
  private final Map<PageId, Long> packs = new ConcurrentHashMap<>();

  /** Up to which revision pages are to be packed. */
  private final Map<PageId, Long> waiting = new ConcurrentHashMap<>();

  private final Leisure<PageId> leisure;

  Upkeep(Ports ports, Workers workers) {
    this.ports = ports;
    this.leisure =
        new Leisure<>(
            workers,
            ports.millis(),
            REST,
            Leisure.NO_HURRY,
            (page, done) -> {
              packSome(page);
              done.run();
            });
  }

  /**
   * The wiki has the page as of a revision. Waits for the database now and then.
   *
   * @throws LogUnavailable when the log does not answer
   */
  void published(PageId page, long rev, Delta document) {
    if (isDue(snapshots.get(page), rev, SNAPSHOT_EVERY)) {
      ports.log().snapshot(page, rev, document);
      snapshots.put(page, rev);
    }
    if (isDue(packs.get(page), rev, Compaction.RUN)) {
      packs.put(page, rev);
      pack(page, rev - Compaction.UNPACKED);
    }
  }

  private static boolean isDue(@Nullable Long last, long rev, long distance) {
    return last == null || rev - last >= distance;
  }

  /** Nobody on this node has the page open any more: what is left of it is packed as well. */
  void closed(PageId page) {
    packs.remove(page);
    if (snapshots.remove(page) != null) {
      pack(page, Long.MAX_VALUE);
    }
  }

  private void pack(PageId page, long upTo) {
    waiting.merge(page, upTo, Math::max);
    leisure.add(page);
  }

  /** Packs a bounded number of revisions. */
  private void packSome(PageId page) {
    Long upTo = waiting.remove(page);
    try {
      if (upTo != null && ports.compaction().pack(page, upTo, LEAST).more()) {
        pack(page, upTo);
      }
    } catch (LogUnavailable away) {
      log.info("Page {} is not packed for now: {}", page, away.getMessage());
    } catch (LogDamaged damaged) {
      log.error("Page {} cannot be packed: {}", page, damaged.getMessage());
    }
  }
}
