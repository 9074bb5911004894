package org.tandem.testkit.protocol;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** The machine's clock, put on by a test. Threads: safe for use by any thread. */
final class LaterClock extends Clock {

  private final InstantSource machine = InstantSource.system();
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  void ahead(Duration more) {
    ahead.accumulateAndGet(more, Duration::plus);
  }

  @Override
  public Instant instant() {
    return machine.instant().plus(ahead.get());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("the wiki asks for instants alone");
  }
}
