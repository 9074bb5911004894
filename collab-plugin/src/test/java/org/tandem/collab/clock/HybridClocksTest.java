package org.tandem.collab.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Several machines whose wall clocks are hours apart, step back, leap, and sometimes show nonsense;
 * their messages arrive late and in any order. A failure names its seed.
 */
class HybridClocksTest {

  private static final long NOW = 1_700_000_000_000L;
  private static final long HOUR = 3_600_000;

  private final List<Stamp> underway = new ArrayList<>();

  @Property(tries = 500)
  void keepCausalityAndTheBound(@ForAll long seed) {
    underway.clear();
    Random random = new Random(seed);
    List<Machine> machines = new ArrayList<>();
    for (int i = 2 + random.nextInt(4); i > 0; i--) {
      machines.add(new Machine("n" + i, NOW + between(random, -6 * HOUR, 6 * HOUR)));
    }
    for (int i = 0; i < 400; i++) {
      Machine machine = machines.get(random.nextInt(machines.size()));
      switch (random.nextInt(5)) {
        case 0 -> machine.turn(random);
        case 1 -> machine.stamp();
        case 3 -> machine.goesOnFrom(page(random));
        case 2 -> underway.add(machine.stamp());
        default -> deliver(random, machine);
      }
    }
  }

  private void deliver(Random random, Machine to) {
    if (!underway.isEmpty()) {
      int which = random.nextInt(underway.size());
      // Some are delivered to others as well.
      to.receive(random.nextInt(3) == 0 ? underway.get(which) : underway.remove(which));
    }
  }

  private static Stamp page(Random random) {
    return new Stamp((NOW + between(random, -HOUR, 48 * HOUR)) << Stamp.COUNTER_BITS, "page");
  }

  private static long between(Random random, long least, long most) {
    return least + (long) (random.nextDouble() * (most - least));
  }

  /** A machine beside its twin, which goes the same way but never hears of a stamp it refuses. */
  private static final class Machine {

    private final HybridClock clock;
    private final HybridClock twin;
    private long wall;
    private long furthestWall;
    private long stamps;
    private Stamp last = Stamp.NONE;

    Machine(String name, long wall) {
      this.clock = new HybridClock(name, () -> this.wall);
      this.twin = new HybridClock(name, () -> this.wall);
      set(wall);
    }

    private void set(long millis) {
      wall = millis;
      if (millis <= Stamp.MAX_MILLIS) {
        furthestWall = Math.max(furthestWall, millis);
      }
    }

    /** The wall clock goes on, or is set. */
    void turn(Random random) {
      switch (random.nextInt(12)) {
        case 0 -> set(furthestWall - between(random, 0, 12 * HOUR));
        case 1 -> set(furthestWall + between(random, 0, 2 * HOUR));
        case 2 -> set(random.nextBoolean() ? random.nextLong() : Long.MAX_VALUE);
        case 3 -> set(NOW + between(random, -HOUR, HOUR));
        case 4 -> set(random.nextInt(20) == 0 ? Stamp.MAX_MILLIS : NOW);
        default -> set(Math.min(wall, Stamp.MAX_MILLIS - HOUR) + between(random, 0, 1_000));
      }
    }

    /** A page of the log goes on, from whatever stamp, and nothing else is drawn along. */
    void goesOnFrom(Stamp lasting) {
      Stamp next = clock.nextAfter(lasting);
      assertTrue(next.compareTo(lasting) > 0, () -> lasting + " then " + next);
      twin.merge(lasting);
      twin.next();
      stamps++;
    }

    Stamp stamp() {
      Stamp stamp = clock.next();
      stamps++;
      assertEquals(twin.next(), stamp, "a refused stamp changed the clock");
      assertTrue(stamp.compareTo(last) > 0, () -> last + " then " + stamp);
      assertTrue(!isBeyondTheBound(stamp), () -> stamp + " with a wall of " + furthestWall);
      last = stamp;
      return stamp;
    }

    /** Each stamp since the furthest that could be followed may have added one. */
    private boolean isBeyondTheBound(Stamp stamp) {
      long furthest = furthestWall + HybridClock.MAX_AHEAD_MILLIS;
      if (furthest >= Stamp.MAX_MILLIS) {
        return false;
      }
      long most = (furthest << Stamp.COUNTER_BITS | 0xffff) + stamps;
      return Long.compareUnsigned(stamp.bits(), most) > 0;
    }

    void receive(Stamp message) {
      long shown = wall < 0 || wall > Stamp.MAX_MILLIS ? 0 : wall;
      long ahead = message.millis() - shown;
      HybridClock.Merged merged = clock.merge(message);
      if (ahead > HybridClock.MAX_AHEAD_MILLIS) {
        assertEquals(new HybridClock.Merged.Refused(message.node(), ahead), merged);
      } else {
        assertEquals(new HybridClock.Merged.Followed(), merged);
        twin.merge(message);
        Stamp after = stamp();
        assertTrue(after.compareTo(message) > 0, () -> message + " then " + after);
      }
    }
  }
}
