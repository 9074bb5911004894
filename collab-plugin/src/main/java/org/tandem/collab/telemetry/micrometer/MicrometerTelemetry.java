package org.tandem.collab.telemetry.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.ErrorCode;
import org.tandem.collab.telemetry.Levels;
import org.tandem.collab.telemetry.Telemetry;

/**
 * Counts in a registry of its own. All meters are found once, at the start, so that an event costs
 * an addition. Closing ends the registry.
 *
 * <p>How long a revision takes to another node is told by two clocks: that of the node that stamped
 * it, when it decided, and the one here. No message goes back and forth for it, so it is as right
 * as the nodes' clocks are alike, which NTP makes a few milliseconds. A revision that seems to come
 * from the future counts as 0, and is counted a second time by itself: where that number grows the
 * clocks are not fit for the figure.
 */
public final class MicrometerTelemetry implements Telemetry, AutoCloseable {

  private static final String PREFIX = "tandem.collab.";

  private static final Duration[] TIMES =
      millis(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000);

  private static final double[] SIZES = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000};

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final LongSupplier wallMillis;

  private final Counter operations =
      counter("operations", "Changes that this node committed to the log");
  private final Timer acks =
      timer("ack", "From the arrival of a change to its acknowledgement, on this node");
  private final Timer commits = timer("commit", "One transaction that commits changes");
  private final DistributionSummary commitPages = sizes("commit.pages", "Pages in one transaction");
  private final DistributionSummary commitRevisions =
      sizes("commit.revisions", "Changes in one transaction");
  private final Timer propagation =
      timer("propagation", "From the decision on one node to the arrival here, by two clocks");
  private final Counter fromTheFuture =
      counter("propagation.ahead", "Changes whose stamp is ahead of this node's clock");
  private final Counter joins = counter("joins", "Clients that joined a page");
  private final Counter resumes =
      counter("resumes", "Clients that joined and were sent only what they had missed");
  private final Counter forwards = counter("forwarded", "Changes sent to the page's owner");
  private final Counter fences =
      counter("fences.lost", "Appends that met a head which another node had moved");
  private final Counter unknowns =
      counter("outcomes.unknown", "Commits of which the database gave no answer");
  private final Counter reloads =
      counter("reloads", "Open pages that were read from the log again");
  private final Map<ErrorCode, Counter> refusals;
  private final Map<CloseCode, Counter> closes;
  private final Map<Way, AtomicInteger> breakers = new EnumMap<>(Way.class);

  public MicrometerTelemetry() {
    this(System::currentTimeMillis);
  }

  /**
   * @param wallMillis the wall clock
   */
  MicrometerTelemetry(LongSupplier wallMillis) {
    this.wallMillis = wallMillis;
    refusals =
        each(
            ErrorCode.class,
            code -> counter("refusals", "Changes and frames refused", "code", code.word()));
    closes =
        each(
            CloseCode.class,
            code ->
                counter(
                    "closes",
                    "Connections that this node ended",
                    "code",
                    String.valueOf(code.code())));
    for (Way way : Way.values()) {
      AtomicInteger open = new AtomicInteger();
      breakers.put(way, open);
      Gauge.builder(PREFIX + "breaker.open", open, AtomicInteger::get)
          .description("1 while the database is not asked, as it did not answer")
          .tag("way", way.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }

  private static Duration[] millis(long... values) {
    Duration[] durations = new Duration[values.length];
    for (int i = 0; i < values.length; i++) {
      durations[i] = Duration.ofMillis(values[i]);
    }
    return durations;
  }

  private static <K extends Enum<K>> Map<K, Counter> each(
      Class<K> keys, Function<K, Counter> counter) {
    Map<K, Counter> counters = new EnumMap<>(keys);
    for (K key : keys.getEnumConstants()) {
      counters.put(key, counter.apply(key));
    }
    return counters;
  }

  private Counter counter(String name, String meaning, String... tags) {
    return Counter.builder(PREFIX + name).description(meaning).tags(tags).register(registry);
  }

  private Timer timer(String name, String meaning) {
    return Timer.builder(PREFIX + name)
        .description(meaning)
        .serviceLevelObjectives(TIMES)
        .register(registry);
  }

  private DistributionSummary sizes(String name, String meaning) {
    return DistributionSummary.builder(PREFIX + name)
        .description(meaning)
        .serviceLevelObjectives(SIZES)
        .register(registry);
  }

  private void level(String name, String meaning, LongSupplier level) {
    Gauge.builder(PREFIX + name, level::getAsLong).description(meaning).register(registry);
  }

  /** All figures in Prometheus's text format. */
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void watch(Levels levels) {
    level("sessions", "Connections to this node", levels.sessions());
    level("pages.open", "Pages that are open on this node", levels.pages());
    level("mailbox.letters", "Tasks that wait in the mailboxes of pages", levels.letters());
    level("commit.queue", "Appends that wait for the next transaction", levels.appends());
    level("outbox.characters", "Characters that wait to be sent", levels.outboxes());
  }

  @Override
  public void joined(boolean resumed) {
    joins.increment();
    if (resumed) {
      resumes.increment();
    }
  }

  @Override
  public void acknowledged(long nanos) {
    acks.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void refused(ErrorCode code) {
    add(refusals.get(code));
  }

  @Override
  public void closed(CloseCode code) {
    add(closes.get(code));
  }

  private static void add(@Nullable Counter counter) {
    if (counter != null) {
      counter.increment();
    }
  }

  @Override
  public void committed(int pages, int revisions, long nanos) {
    operations.increment(revisions);
    commits.record(nanos, TimeUnit.NANOSECONDS);
    commitPages.record(pages);
    commitRevisions.record(revisions);
  }

  @Override
  public void fenced() {
    fences.increment();
  }

  @Override
  public void outcomeUnknown() {
    unknowns.increment();
  }

  @Override
  public void reloaded() {
    reloads.increment();
  }

  @Override
  public void forwarded() {
    forwards.increment();
  }

  @Override
  public void propagated(Stamp stamp) {
    long took = wallMillis.getAsLong() - stamp.millis();
    if (took < 0) {
      fromTheFuture.increment();
    }
    propagation.record(Math.max(0, took), TimeUnit.MILLISECONDS);
  }

  @Override
  public void breaker(Way way, boolean open) {
    AtomicInteger state = breakers.get(way);
    if (state != null) {
      state.set(open ? 1 : 0);
    }
  }

  @Override
  public void close() {
    registry.close();
  }
}
