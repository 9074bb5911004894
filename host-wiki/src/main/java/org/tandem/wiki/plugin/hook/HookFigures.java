package org.tandem.wiki.plugin.hook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How often the hooks of one kind of a plugin were called in the last minutes, how long that took
 * and how often it failed. Threads: safe for use by any thread.
 */
public final class HookFigures {

  /** The minutes that are told of, the one under way among them. */
  static final int MINUTES = 5;

  private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);

  private static final class Minute {
    private long number = -1;
    private long calls;
    private long nanos;
    private long longest;
    private long faults;
  }

  private final LongSupplier millis;
  private final Minute[] minutes = new Minute[MINUTES];
  private final Timer timer;
  private final Counter faulty;

  /**
   * @param millis a monotone clock
   */
  HookFigures(String plugin, HookKind kind, LongSupplier millis, MeterRegistry registry) {
    this.millis = millis;
    for (int i = 0; i < MINUTES; i++) {
      minutes[i] = new Minute();
    }
    this.timer =
        Timer.builder("tandem.wiki.hooks")
            .description("Time in the hooks of plugins")
            .tags("plugin", plugin, "hook", kind.word())
            .register(registry);
    this.faulty =
        Counter.builder("tandem.wiki.hooks.faults")
            .description("Hooks that threw or took too long")
            .tags("plugin", plugin, "hook", kind.word())
            .register(registry);
  }

  void called(long nanos) {
    timer.record(nanos, TimeUnit.NANOSECONDS);
    synchronized (minutes) {
      Minute now = now();
      now.calls++;
      now.nanos += nanos;
      now.longest = Math.max(now.longest, nanos);
    }
  }

  public void failed() {
    faulty.increment();
    synchronized (minutes) {
      now().faults++;
    }
  }

  private Minute now() {
    long number = Math.floorDiv(millis.getAsLong(), MINUTE);
    Minute minute = minutes[(int) Math.floorMod(number, (long) MINUTES)];
    if (minute.number != number) {
      minute.number = number;
      minute.calls = 0;
      minute.nanos = 0;
      minute.longest = 0;
      minute.faults = 0;
    }
    return minute;
  }

  public PluginView.Figures of(HookKind kind) {
    long calls = 0;
    long nanos = 0;
    long longest = 0;
    long faults = 0;
    synchronized (minutes) {
      long oldest = Math.floorDiv(millis.getAsLong(), MINUTE) - MINUTES + 1;
      for (Minute minute : minutes) {
        if (minute.number >= oldest) {
          calls += minute.calls;
          nanos += minute.nanos;
          longest = Math.max(longest, minute.longest);
          faults += minute.faults;
        }
      }
    }
    return new PluginView.Figures(
        kind, calls, Duration.ofNanos(nanos), Duration.ofNanos(longest), faults);
  }
}
