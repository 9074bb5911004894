package org.tandem.collab.runtime;

import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what it is given one after the other, on the threads for mailboxes or that of a caller who
 * lends its own. Threads: {@link #post} may be called by any thread and never waits; {@link
 * #postAndRun} by one that holds no lock and may take the time of a turn.
 */
final class Mailbox {

  private static final Logger log = LoggerFactory.getLogger(Mailbox.class);
  private static final int IN_ONE_TURN = 100;

  private final Workers workers;
  private final Queue<Runnable> letters = new ArrayDeque<>();
  private boolean running;

  Mailbox(Workers workers) {
    this.workers = workers;
  }

  /** Posts after so many milliseconds. */
  void later(long millis, Runnable letter) {
    workers.later(millis, () -> post(letter));
  }

  void post(Runnable letter) {
    if (add(letter)) {
      workers.mailboxes().execute(this::turn);
    }
  }

  /**
   * Posts, and runs what waits on this thread unless another does. A bounded number of letters; the
   * way of a change has a thread less to wake.
   */
  void postAndRun(Runnable letter) {
    if (add(letter)) {
      turn();
    }
  }

  /** Whether the caller has to see to a turn. */
  private boolean add(Runnable letter) {
    synchronized (letters) {
      letters.add(letter);
      boolean idle = !running;
      running = true;
      return idle;
    }
  }

  /** How many wait; for bounds, so it may be a little off. */
  int size() {
    synchronized (letters) {
      return letters.size();
    }
  }

  /** Runs a bounded number, then lets others have the thread. */
  private void turn() {
    for (int i = 0; i < IN_ONE_TURN; i++) {
      Runnable letter;
      synchronized (letters) {
        letter = letters.poll();
        if (letter == null) {
          running = false;
          return;
        }
      }
      run(letter);
    }
    workers.mailboxes().execute(this::turn);
  }

  private static void run(Runnable letter) {
    try {
      letter.run();
    } catch (RuntimeException | Error bug) {
      log.error("A page's mailbox met a fault", bug);
    }
  }
}
