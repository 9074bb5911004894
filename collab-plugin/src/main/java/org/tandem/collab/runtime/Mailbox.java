package org.tandem.collab.runtime;

import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what it is given one after the other, on the threads for mailboxes. Threads: {@link #post}
 * may be called by any thread and never waits.
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
    synchronized (letters) {
      letters.add(letter);
      if (running) {
        return;
      }
      running = true;
    }
    workers.mailboxes().execute(this::turn);
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
