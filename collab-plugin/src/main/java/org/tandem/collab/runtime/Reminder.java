package org.tandem.collab.runtime;

/**
 * When to tell the other nodes a page's head again, since news of a revision may have been lost: a
 * second after a change, and then after ever longer times; never before the first change. Times are
 * milliseconds of the runtime's clock. Threads: one at a time.
 */
final class Reminder {

  static final long FIRST = 1_000;
  static final long LONGEST = 60_000;

  private long wait = FIRST;
  private long due = Long.MAX_VALUE;

  void changed(long now) {
    wait = FIRST;
    due = now + wait;
  }

  /** True once each time that it is due. */
  boolean isDue(long now) {
    if (now < due) {
      return false;
    }
    wait = Math.min(LONGEST, 2 * wait);
    due = now + wait;
    return true;
  }
}
