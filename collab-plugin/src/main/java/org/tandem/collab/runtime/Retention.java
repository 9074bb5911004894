package org.tandem.collab.runtime;

import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.PageId;
import org.tandem.collab.log.LogDamaged;
import org.tandem.collab.log.LogUnavailable;

/**
 * Deletes what the log need not keep: all of a page that the wiki deleted while no node ran to hear
 * of it, and revisions that are older than the admin wants them kept, if she set a time. One node
 * of the cluster does it, once an hour, a few pages at a time.
 *
 * <p>Threads: the workers' background.
 */
final class Retention {

  static final long FIRST = 60_000;
  static final long EVERY = 3_600_000;
  private static final long PAUSE = 200;
  private static final int AT_ONCE = 20;

  private static final Logger log = LoggerFactory.getLogger(Retention.class);

  private final Ports ports;
  private final Workers workers;
  private long deleted;

  Retention(Ports ports, Workers workers) {
    this.ports = ports;
    this.workers = workers;
  }

  void start() {
    workers.later(FIRST, this::begin);
  }

  private void begin() {
    deleted = 0;
    workers.later(EVERY, this::begin);
    if (ports.cluster().view().nodes().stream()
        .min(Comparator.naturalOrder())
        .equals(Optional.of(ports.cluster().self()))) {
      long now = ports.clock().next().millis();
      goOn(Optional.empty(), ports.history().map(kept -> now - kept.toMillis()));
    }
  }

  /**
   * @param before in milliseconds; empty when all revisions are kept
   */
  private void goOn(Optional<PageId> after, Optional<Long> before) {
    try {
      List<PageId> pages = ports.compaction().pages(after, AT_ONCE);
      pages.forEach(page -> tidy(page, before));
      if (!pages.isEmpty()) {
        PageId last = pages.get(pages.size() - 1);
        workers.later(PAUSE, () -> goOn(Optional.of(last), before));
      } else if (deleted > 0) {
        log.info("{} revisions are deleted, as they were older than the history is kept", deleted);
      }
    } catch (LogUnavailable | UncheckedIOException away) {
      log.warn("Old revisions are deleted later: {}", away.getMessage());
    }
  }

  private void tidy(PageId page, Optional<Long> before) {
    if (ports.pages().page(page).isEmpty()) {
      ports.log().forget(page);
      log.info("Page {} was deleted, and its log with it", page);
    } else {
      before.ifPresent(time -> delete(page, time));
    }
  }

  private void delete(PageId page, long before) {
    try {
      long gone;
      do {
        gone = ports.compaction().delete(page, before);
        deleted += gone;
      } while (gone > 0);
    } catch (LogDamaged damaged) {
      log.error("Page {} keeps its old revisions: {}", page, damaged.getMessage());
    }
  }
}
