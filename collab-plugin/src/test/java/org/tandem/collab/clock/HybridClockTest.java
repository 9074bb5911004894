package org.tandem.collab.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HybridClockTest {

  private static final long NOW = 1_700_000_000_000L;

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

  @Property
  void isMonotoneWhateverTheWallDoes(@ForAll @Size(min = 2, max = 50) long[] steps) {
    AtomicLong jumping = new AtomicLong(NOW);
    HybridClock jumpy = new HybridClock("a", jumping::get);
    Stamp before = jumpy.next();
    for (long step : steps) {
      jumping.set(NOW + step % 100_000_000L);
      Stamp after = jumpy.next();
      assertTrue(after.compareTo(before) > 0, before + " then " + after);
      before = after;
    }
  }

  @Property
  void isAboveWhatItMerged(@ForAll @LongRange(min = -10_000_000, max = 60_000) long ahead) {
    HybridClock here = new HybridClock("a", wall::get);
    Stamp remote = new HybridClock("b", () -> NOW + ahead).next();
    assertTrue(here.merge(remote));
    assertTrue(here.next().compareTo(remote) > 0);
  }

  @Test
  void leavesOutAStampFromTheFarFuture() {
    Stamp remote = new HybridClock("b", () -> NOW + HybridClock.MAX_AHEAD_MILLIS + 1).next();
    assertFalse(clock.merge(remote));
    assertEquals(NOW, clock.next().millis());
  }

  @Test
  void isWrittenAsHexAndNode() {
    assertEquals("000000000001000a-n", new Stamp((1L << 16) + 10, "n").toString());
  }
}
