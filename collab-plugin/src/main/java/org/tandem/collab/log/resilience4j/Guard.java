package org.tandem.collab.log.resilience4j;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.collab.log.LogUnavailable;

/**
 * One way to a database, with a breaker and a bound on how many ask at once. Three failures one
 * after the other open the breaker, and so does one that took a second or longer. While it is open
 * nobody asks but a probe every half second, and the first that is answered closes it: no caller
 * ever is the probe, so none waits for a database that is known to be away.
 *
 * <p>Life cycle: ready when constructed; probes run as long as the workers do that it is given.
 *
 * <p>Threads: safe for use by any thread. A call waits as long as the way itself does, and before
 * it, unless it goes ahead of the others, half a second at the most for its turn. To get no turn
 * says nothing of the database, so it opens no breaker.
 *
 * <p>Failure: a call that is not let through is a {@link LogUnavailable}: nothing was stored. What
 * the way throws passes through unchanged.
 */
public final class Guard {

  /** Runs a task in the background after so many milliseconds. */
  @FunctionalInterface
  public interface Later {
    void run(long millis, Runnable task);
  }

  /** Hears of each opening and closing, on the thread that brings it about; returns at once. */
  @FunctionalInterface
  public interface Listener {
    void changed(boolean open);
  }

  static final long PROBE_MILLIS = 500;

  private static final Logger log = LoggerFactory.getLogger(Guard.class);
  private static final int IN_A_ROW = 3;
  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Duration TURN = Duration.ofMillis(500);

  private final String name;
  private final CircuitBreaker breaker;
  private final Bulkhead bulkhead;
  private final LongSupplier nanos;
  private final Runnable probe;
  private final Later later;

  /**
   * @param name of the way, for the log
   * @param atOnce how many may ask at once, beside those that go ahead
   * @param nanos a monotone clock in nanoseconds
   * @param probe asks the way for anything, and throws when there is no answer
   */
  public Guard(String name, int atOnce, LongSupplier nanos, Runnable probe, Later later) {
    this.name = name;
    this.nanos = nanos;
    this.probe = probe;
    this.later = later;
    this.bulkhead =
        Bulkhead.of(
            name, BulkheadConfig.custom().maxConcurrentCalls(atOnce).maxWaitDuration(TURN).build());
    this.breaker =
        CircuitBreaker.of(
            name,
            CircuitBreakerConfig.custom()
                .slidingWindow(
                    IN_A_ROW, IN_A_ROW, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(100)
                .recordException(Guard::isAway)
                // Only a probe closes it.
                .waitDurationInOpenState(Duration.ofDays(365))
                .writableStackTraceEnabled(false)
                .build());
    breaker
        .getEventPublisher()
        .onStateTransition(event -> turned(event.getStateTransition().getToState()));
  }

  /** A log that refuses one append answers. */
  private static boolean isAway(Throwable failure) {
    return failure instanceof LogUnavailable && !(failure instanceof LogUnavailable.Refused);
  }

  public void listen(Listener listener) {
    breaker
        .getEventPublisher()
        .onStateTransition(
            event ->
                listener.changed(
                    event.getStateTransition().getToState() == CircuitBreaker.State.OPEN));
  }

  boolean open() {
    return breaker.getState() == CircuitBreaker.State.OPEN;
  }

  /** Asks in turn with the others; a fork-join pool whose thread this is may put in another. */
  public <T> T ask(Supplier<T> question) {
    Waiting<T> waiting = new Waiting<>(() -> askInTurn(question));
    try {
      ForkJoinPool.managedBlock(waiting);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("a question is not interrupted", interrupted);
    }
    return waiting.answer();
  }

  private <T> T askInTurn(Supplier<T> question) {
    if (open()) {
      throw away();
    }
    if (!bulkhead.tryAcquirePermission()) {
      throw new LogUnavailable(name + " has too much to do: not asked, nothing was stored", null);
    }
    try {
      return ahead(question);
    } finally {
      bulkhead.onComplete();
    }
  }

  /** Asks without waiting for a turn. */
  <T> T ahead(Supplier<T> question) {
    if (!breaker.tryAcquirePermission()) {
      throw away();
    }
    long begun = nanos.getAsLong();
    try {
      T answer = question.get();
      breaker.onSuccess(nanos.getAsLong() - begun, TimeUnit.NANOSECONDS);
      return answer;
    } catch (RuntimeException | Error failure) {
      long took = nanos.getAsLong() - begun;
      breaker.onError(took, TimeUnit.NANOSECONDS, failure);
      if (isAway(failure) && took >= SLOW_NANOS && !open()) {
        breaker.transitionToOpenState();
      }
      throw failure;
    }
  }

  /** A question that a thread waits for. */
  private static final class Waiting<T> implements ForkJoinPool.ManagedBlocker {

    private final Supplier<T> question;
    private @Nullable T answer;

    Waiting(Supplier<T> question) {
      this.question = question;
    }

    @Override
    public boolean block() {
      answer = question.get();
      return true;
    }

    @Override
    public boolean isReleasable() {
      return answer != null;
    }

    T answer() {
      return Objects.requireNonNull(answer, "a question has an answer");
    }
  }

  private LogUnavailable away() {
    return new LogUnavailable(name + " is away: not asked, nothing was stored", null);
  }

  private void turned(CircuitBreaker.State now) {
    if (now == CircuitBreaker.State.OPEN) {
      log.warn("{} does not answer: what needs it is refused until it does", name);
      later.run(PROBE_MILLIS, this::tryAgain);
    } else {
      log.info("{} answers again", name);
    }
  }

  private void tryAgain() {
    try {
      probe.run();
    } catch (RuntimeException | Error stillAway) {
      later.run(PROBE_MILLIS, this::tryAgain);
      return;
    }
    breaker.transitionToClosedState();
  }
}
