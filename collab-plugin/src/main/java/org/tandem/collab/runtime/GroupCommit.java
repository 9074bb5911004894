package org.tandem.collab.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.PageId;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.telemetry.Telemetry;

/**
 * Commits what all pages of this node have waiting in one transaction: the longer a commit takes,
 * or the executor lets it wait ({@link CommitPace}), the more it carries. A page has at most one
 * append under way, so the queue is bounded by the open pages.
 *
 * <p>Threads: {@link #append} may be called by any thread and does not wait; callbacks come on the
 * executor and return at once.
 */
final class GroupCommit {

  /** What became of an append. */
  enum Outcome {
    COMMITTED,
    /** The page's head was not where the append expected it; nothing was stored. */
    FENCED,
    /** The log did not answer or did not take it; nothing was stored. */
    ABSENT,
    /** The log did not answer while it committed; the append may or may not be there. */
    UNKNOWN
  }

  private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);
  private static final int PAGES_IN_ONE = 500;

  /** Characters in one transaction, unless a single append has more. */
  static final long WEIGHT_IN_ONE = 16 << 20;

  private record Waiting(OperationLog.Append append, long weight, Consumer<Outcome> callback) {}

  private final OperationLog operations;
  private final Executor executor;
  private final Telemetry telemetry;
  private final Queue<Waiting> queue = new ArrayDeque<>();
  private boolean running;

  /**
   * @param executor runs one task at a time
   */
  GroupCommit(OperationLog operations, Executor executor, Telemetry telemetry) {
    this.operations = operations;
    this.telemetry = telemetry;
    this.executor = executor;
  }

  void append(OperationLog.Append append, Consumer<Outcome> callback) {
    Waiting waiting = new Waiting(append, Weight.of(append.revisions()), callback);
    synchronized (queue) {
      queue.add(waiting);
      if (running) {
        return;
      }
      running = true;
    }
    executor.execute(this::turn);
  }

  /** How many appends wait. */
  int size() {
    synchronized (queue) {
      return queue.size();
    }
  }

  private void turn() {
    commit(waiting());
    synchronized (queue) {
      running = !queue.isEmpty();
      if (!running) {
        return;
      }
    }
    executor.execute(this::turn);
  }

  /** The oldest, one for each page at most: a second waits for what becomes of the first. */
  private List<Waiting> waiting() {
    List<Waiting> batch = new ArrayList<>();
    Set<PageId> pages = new HashSet<>();
    long weight = 0;
    synchronized (queue) {
      while (!queue.isEmpty() && batch.size() < PAGES_IN_ONE) {
        Waiting next = queue.element();
        weight += next.weight;
        if (!batch.isEmpty() && weight > WEIGHT_IN_ONE || !pages.add(next.append.page())) {
          break;
        }
        batch.add(queue.remove());
      }
    }
    return batch;
  }

  private void commit(List<Waiting> batch) {
    long begun = System.nanoTime();
    try {
      Map<PageId, Boolean> committed =
          operations.append(batch.stream().map(Waiting::append).toList());
      count(batch, committed, System.nanoTime() - begun);
      for (Waiting waiting : batch) {
        boolean done = committed.getOrDefault(waiting.append.page(), false);
        answer(waiting, done ? Outcome.COMMITTED : Outcome.FENCED);
      }
    } catch (LogUnavailable.Refused refused) {
      if (batch.size() > 1) {
        // One of them may be to blame: the others must not suffer for it.
        batch.forEach(waiting -> commit(List.of(waiting)));
      } else {
        failed(batch, Outcome.ABSENT, refused);
      }
    } catch (LogUnavailable.OutcomeUnknown unknown) {
      telemetry.outcomeUnknown();
      failed(batch, Outcome.UNKNOWN, unknown);
    } catch (LogUnavailable away) {
      failed(batch, Outcome.ABSENT, away);
    } catch (RuntimeException | Error bug) {
      log.error("A commit failed", bug);
      batch.forEach(waiting -> answer(waiting, Outcome.UNKNOWN));
    }
  }

  private void count(List<Waiting> batch, Map<PageId, Boolean> committed, long nanos) {
    int pages = 0;
    int revisions = 0;
    for (Waiting waiting : batch) {
      if (committed.getOrDefault(waiting.append.page(), false)) {
        pages++;
        revisions += waiting.append.revisions().size();
      } else {
        telemetry.fenced();
      }
    }
    if (pages > 0) {
      telemetry.committed(pages, revisions, nanos);
    }
  }

  private static void failed(List<Waiting> batch, Outcome outcome, LogUnavailable why) {
    log.warn("A commit of {} pages failed: {}", batch.size(), why.getMessage());
    batch.forEach(waiting -> answer(waiting, outcome));
  }

  /** Nothing that a callback does ends the committing. */
  private static void answer(Waiting waiting, Outcome outcome) {
    try {
      waiting.callback.accept(outcome);
    } catch (RuntimeException | Error bug) {
      log.error("Page {} could not be told of its commit", waiting.append.page(), bug);
    }
  }
}
