package org.tandem.collab.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.PageId;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.log.OperationLog;

/**
 * Commits what all pages of this node have waiting in one transaction: the longer a commit takes,
 * the more the next one carries, without a timer. A page has at most one append under way, so the
 * queue is bounded by the open pages.
 *
 * <p>Threads: {@link #append} may be called by any thread and does not wait; callbacks come on the
 * committing thread and return at once.
 */
final class GroupCommit implements AutoCloseable {

  /** What became of an append. */
  enum Outcome {
    COMMITTED,
    /** The page's head was not where the append expected it; nothing was stored. */
    FENCED,
    /** The log did not answer; the append may or may not be there. */
    UNKNOWN
  }

  private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);
  private static final int PAGES_IN_ONE = 500;

  private record Waiting(OperationLog.Append append, Consumer<Outcome> callback) {}

  private final OperationLog operations;
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final Thread thread;

  GroupCommit(OperationLog operations) {
    this.operations = operations;
    thread = new Thread(this::work, "collab-commit");
    thread.setDaemon(true);
    thread.start();
  }

  void append(OperationLog.Append append, Consumer<Outcome> callback) {
    queue.add(new Waiting(append, callback));
  }

  private void work() {
    List<Waiting> batch = new ArrayList<>();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        batch.add(queue.take());
        queue.drainTo(batch, PAGES_IN_ONE - 1);
        commit(batch);
      } catch (InterruptedException closed) {
        return;
      }
      batch.clear();
    }
  }

  private void commit(List<Waiting> batch) {
    Map<PageId, Boolean> committed = new HashMap<>();
    boolean unknown = false;
    try {
      committed.putAll(operations.append(batch.stream().map(Waiting::append).toList()));
    } catch (LogUnavailable away) {
      unknown = true;
      log.warn("A commit had no answer: {}", away.getMessage());
    } catch (RuntimeException bug) {
      unknown = true;
      log.error("A commit failed", bug);
    }
    for (Waiting waiting : batch) {
      boolean done = committed.getOrDefault(waiting.append.page(), false);
      waiting.callback.accept(
          unknown ? Outcome.UNKNOWN : done ? Outcome.COMMITTED : Outcome.FENCED);
    }
  }

  /** Ends after the commit that is under way; what waits behind it gets no answer. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(5_000);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
