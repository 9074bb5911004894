package org.tandem.collab.runtime;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
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

  /** Letters that go before one that is posted between them. */
  static final int BETWEEN = 16;

  private final Workers workers;
  private final Queue<Runnable> letters = new ArrayDeque<>();
  private final Queue<Runnable> between = new ArrayDeque<>();

  /** Letters that went before the first of {@link #between}, since it is the first. */
  private int passed;

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

  /**
   * Posts what waits for {@link #BETWEEN} of the letters before it, however many there are; several
   * such ones for as many each.
   */
  void postBetween(Runnable letter) {
    if (add(letter, between)) {
      workers.mailboxes().execute(this::turn);
    }
  }

  private boolean add(Runnable letter) {
    return add(letter, letters);
  }

  /** Whether the caller has to see to a turn. */
  private boolean add(Runnable letter, Queue<Runnable> to) {
    synchronized (letters) {
      to.add(letter);
      boolean idle = !running;
      running = true;
      return idle;
    }
  }

  /** How many wait; for bounds, so it may be a little off. */
  int size() {
    synchronized (letters) {
      return letters.size() + between.size();
    }
  }

  private @Nullable Runnable next() {
    if (!between.isEmpty() && (letters.isEmpty() || passed >= BETWEEN)) {
      passed = 0;
      return between.poll();
    }
    passed = between.isEmpty() ? 0 : passed + 1;
    return letters.poll();
  }

  /** Runs a bounded number, then lets others have the thread. */
  private void turn() {
    for (int i = 0; i < IN_ONE_TURN; i++) {
      Runnable letter;
      synchronized (letters) {
        letter = next();
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
