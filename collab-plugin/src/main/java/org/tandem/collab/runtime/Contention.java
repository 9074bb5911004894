package org.tandem.collab.runtime;

import java.util.function.LongSupplier;

/**
 * Whether another node gives places on the same page, as two do that do not see each other. The
 * fence lets one of them win each time, and the one that has just won would win again: the other
 * must read first. So each pauses after it has won, as long as its own append took, which is what
 * the other will need, and some more that differs from the other's. Times are milliseconds of the
 * runtime's clock. Threads: one at a time.
 */
final class Contention {

  private static final long LASTS = 2_000;
  private static final int SHORTEST = 5;
  private static final long LONGEST = 250;
  private static final int SPREAD = 20;

  private final int salt;
  private final LongSupplier millis;
  private long begunAt;
  private long until = Long.MIN_VALUE;

  /**
   * @param node by which the pauses of two nodes differ
   */
  Contention(Object node, LongSupplier millis) {
    this.salt = node.hashCode();
    this.millis = millis;
  }

  /** Another node gives places on the page. */
  void seen() {
    until = millis.getAsLong() + LASTS;
  }

  /** Whether one did lately. */
  boolean isOn() {
    return millis.getAsLong() < until;
  }

  /** This node begins to read, decide and append. */
  void begin() {
    begunAt = millis.getAsLong();
  }

  /** How long to leave the page to the other after having won this revision. */
  long pause(long rev) {
    return Math.min(LONGEST, millis.getAsLong() - begunAt)
        + SHORTEST
        + Math.floorMod((salt + rev) * 0x9e3779b97f4a7c15L >>> 32, (long) SPREAD);
  }
}
