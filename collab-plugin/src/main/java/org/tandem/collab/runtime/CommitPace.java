package org.tandem.collab.runtime;

import java.util.concurrent.TimeUnit;

/**
 * How far apart commits begin. Each costs the node and the database about the same whatever it
 * carries, and so does each message to a client. So where work waits for a processor, commits come
 * less often and carry more: people wait a little, and the node keeps up with several times as many
 * of them.
 *
 * <p>Three times as long as work waits of late, at least 3 ms and at most 60 ms. Of late: a moving
 * average, to which no wait counts as more than 20 ms, so that one pause of the whole process,
 * short or long, does not count as too much work. Nanoseconds. Threads: one at a time.
 */
final class CommitPace {

  static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(3);
  static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(60);

  private static final int TIMES = 3;

  /** What the newest wait counts in the average. */
  private static final double NEWEST = 0.2;

  private double average;

  /**
   * @param waited how long the work that is next has waited for a thread
   * @return the time from the beginning of this commit to that of the next
   */
  long gap(long waited) {
    average += NEWEST * (Math.min(waited, LONGEST / TIMES) - average);
    return Math.min(LONGEST, Math.max(SHORTEST, Math.round(TIMES * average)));
  }
}
