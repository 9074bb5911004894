package org.tandem.collab.log.resilience4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tandem.api.host.PageId;
import org.tandem.collab.log.InMemoryLog;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.log.OperationLog;

/** The breaker with a scripted log, a clock that stands, and probes that the test makes run. */
@Timeout(30)
class GuardTest {

  private static final int READERS = 2;

  private final Queue<Runnable> later = new ArrayDeque<>();
  private final List<Boolean> turns = new ArrayList<>();
  private long now;
  private boolean away;
  private boolean spent;
  private long takes;
  private int asked;

  private final Guard guard =
      new Guard(
          "log",
          READERS,
          () -> now,
          this::reach,
          (millis, task) -> {
            assertEquals(Guard.PROBE_MILLIS, millis);
            later.add(task);
          });

  {
    guard.listen(turns::add);
  }

  private final OperationLog log = new GuardedLog(new InMemoryLog(), guard);

  /** What the database does is the script's. */
  private void reach() {
    asked++;
    now += takes;
    if (spent) {
      throw new OutOfMemoryError("as the script wants");
    }
    if (away) {
      throw new LogUnavailable("away, as the script wants", null);
    }
  }

  private void ask() {
    guard.ask(
        () -> {
          reach();
          return true;
        });
  }

  private void failing(int times) {
    away = true;
    for (int i = 0; i < times; i++) {
      assertThrows(LogUnavailable.class, this::ask);
    }
  }

  @Test
  void asksOnAfterAFewFailures() {
    failing(2);
    away = false;
    ask();
    failing(2);
    assertFalse(guard.open());
    assertEquals(5, asked);
  }

  @Test
  void asksNoMoreAfterThreeFailuresOneAfterTheOther() {
    failing(3);
    LogUnavailable refused = assertThrows(LogUnavailable.class, this::ask);
    assertTrue(refused.getMessage().contains("nothing was stored"), refused.getMessage());
    assertSame(LogUnavailable.class, refused.getClass());
    assertSame(
        LogUnavailable.class,
        assertThrows(LogUnavailable.class, () -> log.append(List.of())).getClass());
    assertEquals(3, asked);
    assertEquals(List.of(true), turns);
  }

  @Test
  void asksNoMoreAfterOneFailureThatTookLong() {
    takes = TimeUnit.SECONDS.toNanos(1);
    failing(1);
    assertTrue(guard.open());
    assertEquals(1, later.size());
  }

  @Test
  void takesASlowAnswerForAnAnswer() {
    takes = TimeUnit.SECONDS.toNanos(30);
    for (int i = 0; i < 5; i++) {
      ask();
    }
    assertFalse(guard.open());
  }

  @Test
  void letsTheProbeAndNobodyElseTryAgain() {
    failing(3);
    for (int i = 0; i < 4; i++) {
      later.remove().run();
      assertEquals(1, later.size(), "the next probe");
      assertThrows(LogUnavailable.class, this::ask);
    }
    assertEquals(3 + 4, asked);
    away = false;
    assertThrows(LogUnavailable.class, this::ask);
    later.remove().run();
    ask();
    assertTrue(later.isEmpty());
    assertEquals(List.of(true, false), turns);
  }

  /** It was the last probe: all was refused from then on, whatever the database did. */
  @Test
  void probesOnAfterAProbeThatFailedForWantOfMemory() {
    failing(3);
    spent = true;
    later.remove().run();
    assertTrue(guard.open());
    assertEquals(1, later.size(), "the next probe");
    spent = false;
    away = false;
    later.remove().run();
    ask();
  }

  @Test
  void opensAgainWhenTheDatabaseGoesAgain() {
    failing(3);
    away = false;
    later.remove().run();
    failing(3);
    assertTrue(guard.open());
    assertEquals(1, later.size());
  }

  @Test
  void passesAnUnknownOutcomeOnAsItIs() {
    var unknown = new LogUnavailable.OutcomeUnknown("no answer", null);
    for (int i = 0; i < 3; i++) {
      assertSame(unknown, assertThrows(LogUnavailable.class, () -> guard.ahead(failure(unknown))));
    }
    assertTrue(guard.open());
  }

  @Test
  void takesARefusalForAnAnswer() {
    var full = new LogUnavailable.Refused("disk full", null);
    for (int i = 0; i < 5; i++) {
      assertSame(full, assertThrows(LogUnavailable.class, () -> guard.ahead(failure(full))));
    }
    assertFalse(guard.open());
  }

  @Test
  void takesAFaultOfOursForNoFailureOfTheDatabase() {
    for (int i = 0; i < 5; i++) {
      assertThrows(
          IllegalStateException.class, () -> guard.ask(failure(new IllegalStateException("bug"))));
    }
    assertFalse(guard.open());
  }

  private static Supplier<Object> failure(RuntimeException failure) {
    return () -> {
      throw failure;
    };
  }

  /** Readers that hang leave the way free for a commit, and do not open the breaker by that. */
  @Test
  void letsCommitsGoAheadOfReaders() throws Exception {
    CountDownLatch hanging = new CountDownLatch(READERS);
    CountDownLatch over = new CountDownLatch(1);
    ExecutorService readers = Executors.newFixedThreadPool(READERS);
    try {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        all.add(
            readers.submit(
                () ->
                    guard.ask(
                        () -> {
                          hanging.countDown();
                          return awaited(over);
                        })));
      }
      hanging.await();
      for (int i = 0; i < 4; i++) {
        assertThrows(LogUnavailable.class, this::ask);
      }
      assertEquals(0, asked, "none of these got a turn");
      assertThrows(LogUnavailable.class, () -> log.head(PageId.random()));
      assertEquals(Map.of(), log.append(List.of()));
      over.countDown();
      for (Future<Boolean> one : all) {
        assertTrue(one.get());
      }
      ask();
    } finally {
      over.countDown();
      readers.shutdownNow();
    }
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException ended) {
      throw new AssertionError(ended);
    }
  }
}
