package org.tandem.collab.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.tandem.api.host.UserId;

/**
 * How much of a page's past each person may have read from the log. A read stands in the way of all
 * who are on the page, and a small frame is enough to bring it about: so it is paid for, by the
 * person, who may have many connections, on this node and others. Who comes back with an old branch
 * pays at once with what nobody else uses up; who cannot pay tries again. Threads: one at a time.
 */
final class Rations {

  /** Revisions that cost as much as one. */
  static final int PART = 5_000;

  /** Parts at once, for revisions that are read; each takes {@link #EVERY} ms to come back. */
  static final int AT_ONCE = 20;

  static final long EVERY = 1_000;

  private final LongSupplier millis;
  private final int atOnce;
  private final long every;

  /** When each person has all of it again; nobody who has it by now needs to be in here. */
  private final Map<UserId, Long> wholeAt = new HashMap<>();

  Rations(LongSupplier millis) {
    this(millis, AT_ONCE, EVERY);
  }

  /**
   * @param atOnce parts at once
   * @param every milliseconds that each takes to come back
   */
  Rations(LongSupplier millis, int atOnce, long every) {
    this.millis = millis;
    this.atOnce = atOnce;
    this.every = every;
  }

  /** Takes what it costs to read as many revisions; false when that is more than is left. */
  boolean take(UserId user, long revisions) {
    long now = millis.getAsLong();
    long whole = after(user, revisions, now);
    if (whole - now > atOnce * every) {
      return false;
    }
    wholeAt.values().removeIf(past -> past <= now);
    wholeAt.put(user, whole);
    return true;
  }

  /** Whether {@link #take} of a read of this length would go well. */
  boolean has(UserId user, long revisions) {
    long now = millis.getAsLong();
    return after(user, revisions, now) - now <= atOnce * every;
  }

  private long after(UserId user, long revisions, long now) {
    long parts = Math.max(1, (revisions + PART - 1) / PART);
    return Math.max(now, wholeAt.getOrDefault(user, now)) + parts * every;
  }
}
