package org.tandem.wiki.auth.password;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.tandem.wiki.user.AccountRow;

/**
 * Counts failed sign-ins by name and address, on this node. Threads: safe for use by any thread.
 *
 * <p>After the tenth failure within five minutes the name is closed for that address until the five
 * minutes, counted from the first failure, are over.
 */
public final class FailedAttempts {

  static final int LIMIT = 10;
  static final Duration WINDOW = Duration.ofMinutes(5);

  private record Key(String name, String address) {}

  private record Count(int failures, Instant until) {}

  private final Clock clock;
  private final Cache<Key, Count> counts =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(WINDOW).build();

  public FailedAttempts(Clock clock) {
    this.clock = clock;
  }

  /** How long further attempts are refused; empty: one may be made now. */
  public Optional<Duration> wait(String name, String address) {
    Instant now = clock.instant();
    return Optional.ofNullable(counts.getIfPresent(key(name, address)))
        .filter(count -> count.failures() >= LIMIT && count.until().isAfter(now))
        .map(count -> Duration.between(now, count.until()));
  }

  public void failed(String name, String address) {
    Instant now = clock.instant();
    counts
        .asMap()
        .compute(
            key(name, address),
            (key, count) ->
                count == null || !count.until().isAfter(now)
                    ? new Count(1, now.plus(WINDOW))
                    : new Count(count.failures() + 1, count.until()));
  }

  public void succeeded(String name, String address) {
    counts.invalidate(key(name, address));
  }

  /**
   * The name as accounts are looked up by it, or another way of writing it would start anew. Names
   * are cut, so that a flood of long ones stays small.
   */
  private static Key key(String name, String address) {
    String known = AccountRow.signInName(name);
    return new Key(known.substring(0, Math.min(known.length(), 100)), address);
  }
}
