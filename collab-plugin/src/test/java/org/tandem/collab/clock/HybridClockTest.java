package org.tandem.collab.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HybridClockTest {

  private static final long NOW = 1_700_000_000_000L;
  private static final int COUNTERS = 1 << Stamp.COUNTER_BITS;

  private final AtomicLong wall = new AtomicLong(NOW);
  private final HybridClock clock = new HybridClock("a", wall::get);

  @Test
  void followsTheWallWithCounterZero() {
    assertEquals(NOW, clock.next().millis());
    wall.addAndGet(5);
    Stamp stamp = clock.next();
    assertEquals(NOW + 5, stamp.millis());
    assertEquals(0, stamp.counter());
  }

  @Test
  void countsWithinAMillisecond() {
    clock.next();
    assertEquals(1, clock.next().counter());
    assertEquals(2, clock.next().counter());
  }

  @Test
  void carriesAFullCounterIntoTheMilliseconds() {
    Stamp before = clock.next();
    for (int i = 1; i < COUNTERS; i++) {
      Stamp after = clock.next();
      assertTrue(after.compareTo(before) > 0);
      before = after;
    }
    assertEquals(new Stamp((NOW << Stamp.COUNTER_BITS) + COUNTERS - 1, "a"), before);
    assertEquals(new Stamp((NOW + 1) << Stamp.COUNTER_BITS, "a"), clock.next());
    wall.set(NOW + 1);
    assertEquals(1, clock.next().counter());
    wall.set(NOW + 2);
    assertEquals(new Stamp((NOW + 2) << Stamp.COUNTER_BITS, "a"), clock.next());
  }

  @Property
  void isMonotoneWhateverTheWallDoes(@ForAll @Size(min = 2, max = 50) long[] steps) {
    AtomicLong jumping = new AtomicLong(NOW);
    HybridClock jumpy = new HybridClock("a", jumping::get);
    Stamp before = jumpy.next();
    for (long step : steps) {
      jumping.set(step % 3 == 0 ? step : NOW + step % 100_000_000L);
      Stamp after = jumpy.next();
      assertTrue(after.compareTo(before) > 0, before + " then " + after);
      before = after;
    }
  }

  @Property
  void isAboveWhatItMerged(@ForAll @LongRange(min = -10_000_000, max = 60_000) long ahead) {
    HybridClock here = new HybridClock("a", wall::get);
    Stamp remote = new HybridClock("b", () -> NOW + ahead).next();
    assertEquals(new HybridClock.Merged.Followed(), here.merge(remote));
    assertTrue(here.next().compareTo(remote) > 0);
  }

  @Test
  void leavesOutAStampFromTheFarFutureAndSaysWhoseAndHowFar() {
    Stamp remote = new HybridClock("b", () -> NOW + HybridClock.MAX_AHEAD_MILLIS + 1).next();
    assertEquals(
        new HybridClock.Merged.Refused("b", HybridClock.MAX_AHEAD_MILLIS + 1), clock.merge(remote));
    assertEquals(NOW, clock.next().millis());
  }

  @Test
  void isAboveWhatTheLogHolds() {
    Stamp stored = new Stamp((NOW + 1_000) << Stamp.COUNTER_BITS, "b");
    assertEquals(new Stamp(stored.bits() + 1, "a"), clock.nextAfter(stored));
    assertEquals(NOW, new HybridClock("a", wall::get).nextAfter(Stamp.NONE).millis());
  }

  /** A page that a clock a day ahead had stamped drew all pages of every node along. */
  @Test
  void goesOnFromALogThatIsFarAheadAndStaysWhereItIs() {
    Stamp stored = new Stamp((NOW + 86_400_000) << Stamp.COUNTER_BITS, "b");
    assertEquals(new Stamp(stored.bits() + 1, "a"), clock.nextAfter(stored));
    assertEquals(NOW, clock.next().millis());
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, Stamp.MAX_MILLIS + 1, 1L << 60, Long.MAX_VALUE})
  void countsOnWhileTheWallShowsNoTimeThatAStampHolds(long impossible) {
    Stamp before = clock.next();
    wall.set(impossible);
    assertEquals(new Stamp(before.bits() + 1, "a"), clock.next());
    Stamp remote = new Stamp((NOW + 1) << Stamp.COUNTER_BITS, "b");
    assertEquals(new HybridClock.Merged.Refused("b", NOW + 1), clock.merge(remote));
    wall.set(NOW + 1);
    assertEquals(new Stamp((NOW + 1) << Stamp.COUNTER_BITS, "a"), clock.next());
  }

  /** Where the 64 bits, read with a sign, turn negative. */
  @Test
  void goesOnAcrossTheHighestBit() {
    wall.set((1L << 47) - 1);
    Stamp before = clock.next();
    wall.set(1L << 47);
    Stamp after = clock.next();
    assertTrue(after.compareTo(before) > 0, before + " then " + after);
    assertEquals(1L << 47, after.millis());
    wall.set(NOW);
    assertTrue(clock.next().compareTo(after) > 0);
    clock.merge(before);
    assertEquals(2, clock.next().counter());
  }

  @Test
  void endsRatherThanBeginsAnew() {
    wall.set(Stamp.MAX_MILLIS);
    assertEquals(Stamp.MAX_MILLIS, clock.next().millis());
    clock.merge(new Stamp(Stamp.LAST_BITS - 1, "b"));
    assertEquals(new Stamp(Stamp.LAST_BITS, "a"), clock.next());
    assertThrows(IllegalStateException.class, clock::next);
    assertThrows(IllegalStateException.class, clock::next);
  }
}
