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
 * <p>A wall clock that shows a time which 48 bits do not hold, before 1970 or after 10889, is taken
 * as showing none: the clock counts on from the last stamp.
 *
 * <p>Threads: safe for use by any thread.
 */
public final class HybridClock {

  /** How far a stamp of another node may be ahead of this node's wall clock. */
  public static final long MAX_AHEAD_MILLIS = 60_000;

  private final String node;
  private final LongSupplier wallMillis;
  private final AtomicLong last = new AtomicLong();

  /** What became of another node's stamp. */
  public sealed interface Merged {

    /** The next stamp of this clock is above it. */
    record Followed() implements Merged {}

    /**
     * It is left out, since the clock of one of the two machines must be wrong.
     *
     * @param node who issued it
     * @param aheadMillis how far it is ahead of this node's wall clock
     */
    record Refused(String node, long aheadMillis) implements Merged {}
  }

  /**
   * @param wallMillis the wall clock in milliseconds since 1970; it may step back or leap
   */
  public HybridClock(String node, LongSupplier wallMillis) {
    this.node = node;
    this.wallMillis = wallMillis;
  }

  /**
   * A stamp above all that this clock gave or merged before.
   *
   * @throws IllegalStateException after the last stamp that 64 bits hold, since an order that
   *     begins anew would be worse
   */
  public Stamp next() {
    long wall = wall() << Stamp.COUNTER_BITS;
    return new Stamp(last.updateAndGet(bits -> above(bits, wall)), node);
  }

  private static long above(long bits, long wall) {
    if (bits == Stamp.LAST_BITS) {
      throw new IllegalStateException(
          "no stamp is left: a clock in the cluster showed the year 10889");
    }
    return Long.compareUnsigned(wall, bits) > 0 ? wall : bits + 1;
  }

  /**
   * A stamp above one that lasts, in a page's log, however far ahead that is. One that is too far
   * ahead to be followed moves the page on and leaves this clock where it is, so that one page with
   * a wrong stamp does not spoil the stamps of all others.
   *
   * @throws IllegalStateException as {@link #next}
   */
  public Stamp nextAfter(Stamp lasting) {
    merge(lasting);
    Stamp next = next();
    return next.compareTo(lasting) > 0 ? next : new Stamp(above(lasting.bits(), 0), node);
  }

  /**
   * Takes note of another node's stamp, if it is at most {@link #MAX_AHEAD_MILLIS} ahead; a wall
   * clock that shows no time is taken as showing 1970, so that none is followed.
   */
  public Merged merge(Stamp remote) {
    long ahead = remote.millis() - wall();
    if (ahead > MAX_AHEAD_MILLIS) {
      return new Merged.Refused(remote.node(), ahead);
    }
    last.accumulateAndGet(remote.bits(), (a, b) -> Long.compareUnsigned(a, b) > 0 ? a : b);
    return new Merged.Followed();
  }

  private long wall() {
    long millis = wallMillis.getAsLong();
    return millis < 0 || millis > Stamp.MAX_MILLIS ? 0 : millis;
  }
}
