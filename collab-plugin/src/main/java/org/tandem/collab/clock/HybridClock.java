package org.tandem.collab.clock;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A hybrid logical clock (Kulkarni, Demirbas, Madappa, Avva and Leone, "Logical Physical Clocks",
 * OPODIS 2014).
 *
 * <p>The 64 bits of a stamp are one number: milliseconds above, a counter below. A new stamp is the
 * larger of the wall clock's milliseconds with counter 0 and the last stamp plus 1; a counter that
 * is full carries into the milliseconds, which keeps the order and runs ahead of the wall by a
 * millisecond for each 65,536 stamps in one.
 *
 * <p>Threads: safe for use by any thread.
 */
public final class HybridClock {

  /** How far a stamp of another node may be ahead of this node's wall clock. */
  public static final long MAX_AHEAD_MILLIS = 60_000;

  private final String node;
  private final LongSupplier wallMillis;
  private final AtomicLong last = new AtomicLong();

  /**
   * @param wallMillis the wall clock in milliseconds since 1970; it may step back or leap
   */
  public HybridClock(String node, LongSupplier wallMillis) {
    this.node = node;
    this.wallMillis = wallMillis;
  }

  /** A stamp above all that this clock gave or merged before. */
  public Stamp next() {
    long wall = wallMillis.getAsLong() << Stamp.COUNTER_BITS;
    return new Stamp(last.updateAndGet(bits -> Math.max(bits + 1, wall)), node);
  }

  /**
   * Takes note of another node's stamp, so that the next of this clock is above it.
   *
   * @return false when the stamp is further ahead than {@link #MAX_AHEAD_MILLIS}: it is left out,
   *     and the clock of one of the two machines is wrong
   */
  public boolean merge(Stamp remote) {
    if (remote.millis() > wallMillis.getAsLong() + MAX_AHEAD_MILLIS) {
      return false;
    }
    follow(remote);
    return true;
  }

  /** Takes note of a stamp that lasts, in the log, however far ahead it is. */
  public void follow(Stamp lasting) {
    last.accumulateAndGet(lasting.bits(), Math::max);
  }
}
