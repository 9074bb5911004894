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

  /** Parts at once; each takes {@link #EVERY} milliseconds to come back. */
  static final int AT_ONCE = 20;

  static final long EVERY = 1_000;

  private final LongSupplier millis;

  /** When each person has all of it again; nobody who has it by now needs to be in here. */
  private final Map<UserId, Long> wholeAt = new HashMap<>();

  Rations(LongSupplier millis) {
    this.millis = millis;
  }

  /** Takes what it costs to read as many revisions; false when that is more than is left. */
  boolean take(UserId user, long revisions) {
    long now = millis.getAsLong();
    long whole = after(user, revisions, now);
    if (whole - now > AT_ONCE * EVERY) {
      return false;
    }
    wholeAt.values().removeIf(past -> past <= now);
    wholeAt.put(user, whole);
    return true;
  }

  /** Whether {@link #take} of a read of this length would go well. */
  boolean has(UserId user, long revisions) {
    long now = millis.getAsLong();
    return after(user, revisions, now) - now <= AT_ONCE * EVERY;
  }

  private long after(UserId user, long revisions, long now) {
    long parts = Math.max(1, (revisions + PART - 1) / PART);
    return Math.max(now, wholeAt.getOrDefault(user, now)) + parts * EVERY;
  }
}
