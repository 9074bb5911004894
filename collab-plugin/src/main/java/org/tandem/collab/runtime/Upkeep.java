package org.tandem.collab.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.collab.log.Compaction;
import org.tandem.collab.log.LogDamaged;
import org.tandem.collab.log.LogUnavailable;

/**
 * Keeps what a page takes in the log small while people work on it, and its loading cheap: a
 * snapshot every so many revisions, and behind it what is old packed. A failure is no harm: it is
 * done the next time.
 *
 * <p>Threads: safe for use by any thread. Calls wait for the database: they come in the background.
 */
final class Upkeep {

  static final int SNAPSHOT_EVERY = 200;

  /** So many revisions a run grows by at the least. */
  private static final int LEAST = 100;

  private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

  private final Ports ports;
  private final Map<PageId, Long> snapshots = new ConcurrentHashMap<>();

  Upkeep(Ports ports) {
    this.ports = ports;
  }

  /**
   * The wiki has the page as of a revision.
   *
   * @throws LogUnavailable when the log does not answer
   */
  void published(PageId page, long rev, Delta document) {
    Long last = snapshots.get(page);
    if (last == null || rev - last >= SNAPSHOT_EVERY) {
      ports.log().snapshot(page, rev, document);
      snapshots.put(page, rev);
      pack(page, rev - Compaction.UNPACKED);
    }
  }

  /** Nobody on this node has the page open any more: what is left of it is packed as well. */
  void closed(PageId page) {
    if (snapshots.remove(page) != null) {
      pack(page, Long.MAX_VALUE);
    }
  }

  private void pack(PageId page, long upTo) {
    try {
      while (ports.compaction().pack(page, upTo, LEAST).more()) {
        // each turn packs a bounded number
      }
    } catch (LogUnavailable away) {
      log.info("Page {} is not packed for now: {}", page, away.getMessage());
    } catch (LogDamaged damaged) {
      log.error("Page {} cannot be packed: {}", page, damaged.getMessage());
    }
  }
}
