package org.tandem.wiki.plugin;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tandem.api.plugin.Health;

@Timeout(60)
class PluginHealthTest {

  private static final Health WELL = new Health(true, "All is well.");
  private static final Duration AT_ONCE = Duration.ofMillis(PluginHealth.PATIENCE_MS / 2);

  private final PluginHealth health = new PluginHealth();
  private final Semaphore may = new Semaphore(0);
  private final AtomicInteger answers = new AtomicInteger();

  private List<Health> of(String plugin) {
    return health.ask(plugin::equals).of(plugin);
  }

  private Health answer() {
    may.acquireUninterruptibly();
    answers.incrementAndGet();
    return WELL;
  }

  /** Each look at the page waited two seconds for it. */
  @Test
  void oneThatHangsIsWaitedForOnce() {
    health.register("late", this::answer);
    may.release();
    assertEquals(List.of(WELL), of("late"));
    assertDoesNotSay(of("late").get(0));
    assertTimeout(AT_ONCE, () -> assertDoesNotSay(of("late").get(0)));
    may.release();
    await().until(() -> answers.get() == 2);
    assertTimeout(
        AT_ONCE,
        () ->
            await()
                .untilAsserted(
                    () -> {
                      String said = of("late").get(0).sentence();
                      assertTrue(said.startsWith("It takes long to say how it is. "), said);
                    }));
    may.release();
  }

  private static void assertDoesNotSay(Health said) {
    assertFalse(said.good());
    assertTrue(
        said.sentence().matches("It does not say how it is. \\d+ s ago it said: All is well."),
        said.sentence());
  }

  @Test
  void oneThatFailsSaysWhyAndThoseBesideItAnswer() {
    health.register(
        "both",
        () -> {
          throw new IllegalStateException("no pulse");
        });
    health.register("both", () -> WELL);
    assertEquals(
        List.of(
            new Health(
                false, "It did not say how it is: java.lang.IllegalStateException: no pulse."),
            WELL),
        of("both"));
    assertEquals(List.of(), of("other"));
  }

  /** Two that hang took twice as long as one. */
  @Test
  void allAreWaitedForTogether() {
    health.register("one", this::answer);
    health.register("two", this::answer);
    assertTimeout(
        Duration.ofMillis(PluginHealth.PATIENCE_MS * 3 / 2),
        () -> {
          PluginHealth.Round round = health.ask(any -> true);
          assertFalse(round.of("one").get(0).good());
          assertFalse(round.of("two").get(0).good());
        });
    may.release(2);
  }
}
