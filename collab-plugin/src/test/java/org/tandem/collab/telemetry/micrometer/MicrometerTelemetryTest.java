package org.tandem.collab.telemetry.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.ErrorCode;
import org.tandem.collab.telemetry.Levels;
import org.tandem.collab.telemetry.Telemetry;

class MicrometerTelemetryTest {

  private static final long NOW = 1_700_000_000_000L;

  private final MicrometerTelemetry telemetry = new MicrometerTelemetry(() -> NOW);

  @AfterEach
  void end() {
    telemetry.close();
  }

  /** The figure that stands behind this name and these labels. */
  private double figure(String name) {
    String start = "tandem_collab_" + name + " ";
    List<String> lines = telemetry.scrape().lines().filter(line -> line.startsWith(start)).toList();
    assertEquals(1, lines.size(), name + " in " + telemetry.scrape());
    return Double.parseDouble(lines.get(0).substring(start.length()));
  }

  @Test
  void countsChangesAndTransactions() {
    telemetry.committed(3, 20, TimeUnit.MILLISECONDS.toNanos(4));
    telemetry.committed(1, 1, TimeUnit.MILLISECONDS.toNanos(40));
    assertEquals(21, figure("operations_total"));
    assertEquals(2, figure("commit_seconds_count"));
    assertEquals(0.044, figure("commit_seconds_sum"), 1e-9);
    assertEquals(1, figure("commit_seconds_bucket{le=\"0.005\"}"));
    assertEquals(4, figure("commit_pages_sum"));
    assertEquals(1, figure("commit_revisions_bucket{le=\"1.0\"}"));
  }

  @Test
  void countsWhatClientsSee() {
    telemetry.joined(false);
    telemetry.joined(true);
    telemetry.acknowledged(TimeUnit.MILLISECONDS.toNanos(7));
    telemetry.refused(ErrorCode.UNAVAILABLE);
    telemetry.closed(CloseCode.OVERLOADED);
    assertEquals(2, figure("joins_total"));
    assertEquals(1, figure("resumes_total"));
    assertEquals(1, figure("ack_seconds_bucket{le=\"0.01\"}"));
    assertEquals(0, figure("ack_seconds_bucket{le=\"0.005\"}"));
    assertEquals(1, figure("refusals_total{code=\"unavailable\"}"));
    assertEquals(0, figure("refusals_total{code=\"bad_delta\"}"));
    assertEquals(1, figure("closes_total{code=\"1013\"}"));
  }

  @Test
  void countsWhatGoesOnBetweenNodes() {
    telemetry.forwarded();
    telemetry.fenced();
    telemetry.outcomeUnknown();
    telemetry.reloaded();
    telemetry.propagated(new Stamp(NOW - 3 << 16, "b"));
    telemetry.propagated(new Stamp(NOW + 50 << 16, "b"));
    assertEquals(1, figure("forwarded_total"));
    assertEquals(1, figure("fences_lost_total"));
    assertEquals(1, figure("outcomes_unknown_total"));
    assertEquals(1, figure("reloads_total"));
    assertEquals(2, figure("propagation_seconds_count"));
    assertEquals(0.003, figure("propagation_seconds_sum"), 1e-9);
    assertEquals(1, figure("propagation_ahead_total"), "the clocks differ");
  }

  @Test
  void tellsLevelsAsTheyAre() {
    AtomicLong level = new AtomicLong();
    telemetry.watch(new Levels(level::get, () -> 2, () -> 3, () -> 4, () -> 5));
    level.set(9);
    assertEquals(9, figure("sessions"));
    assertEquals(2, figure("pages_open"));
    assertEquals(3, figure("mailbox_letters"));
    assertEquals(4, figure("commit_queue"));
    assertEquals(5, figure("outbox_characters"));
  }

  @Test
  void tellsWhichBreakerIsOpen() {
    telemetry.breaker(Telemetry.Way.LOG, true);
    assertEquals(1, figure("breaker_open{way=\"log\"}"));
    assertEquals(0, figure("breaker_open{way=\"wiki\"}"));
    telemetry.breaker(Telemetry.Way.LOG, false);
    assertEquals(0, figure("breaker_open{way=\"log\"}"));
  }

  /** Some 100 ns on a machine that has time; the bound finds a look-up of tags, or a lock. */
  @Test
  void isCheap() {
    int changes = 200_000;
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < changes; i++) {
        telemetry.acknowledged(i);
      }
    }
    long begun = System.nanoTime();
    for (int i = 0; i < changes; i++) {
      telemetry.acknowledged(i);
    }
    long each = (System.nanoTime() - begun) / changes;
    assertTrue(each < 10_000, each + " ns");
  }
}
