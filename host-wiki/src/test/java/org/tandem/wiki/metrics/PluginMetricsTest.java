package org.tandem.wiki.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.Registration;

@Timeout(30)
class PluginMetricsTest {

  private final PluginMetrics metrics = new PluginMetrics();
  private final Logger log = (Logger) LoggerFactory.getLogger(PluginMetrics.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    log.addAppender(lines);
  }

  @AfterEach
  void stop() {
    log.detachAppender(lines);
  }

  @Test
  void putsTheTextsBehindEachOther() {
    metrics.register("one", () -> "one_x 1\n");
    metrics.register("two", () -> "two_x 2");
    metrics.register("three", () -> "three_x 3\n");
    assertEquals("one_x 1\ntwo_x 2\nthree_x 3\n", metrics.text());
  }

  @Test
  void asksNoSourceThatWasTakenBack() {
    Registration one = metrics.register("one", () -> "one_x 1\n");
    metrics.register("two", () -> "two_x 2\n");
    one.close();
    one.close();
    assertEquals("two_x 2\n", metrics.text());
  }

  @Test
  void leavesOutASourceThatThrowsWithOneLine() {
    metrics.register(
        "bad",
        () -> {
          throw new IllegalStateException("no figures");
        });
    metrics.register("good", () -> "good_x 1\n");
    assertEquals("good_x 1\n", metrics.text());
    assertEquals(1, lines.list.size());
    assertTrue(lines.list.get(0).getFormattedMessage().contains("bad"));
  }

  /** The thread that hangs is the only one, however often somebody looks. */
  @Test
  void leavesOutASourceThatHangsUntilItAnswers() {
    CountDownLatch hang = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    metrics.register(
        "late",
        () -> {
          asked.incrementAndGet();
          await(hang);
          return "late_x 1\n";
        });
    metrics.register("good", () -> "good_x 1\n");
    assertEquals("good_x 1\n", metrics.text());
    assertEquals("good_x 1\n", metrics.text());
    assertEquals(1, asked.get());
    assertEquals(1, lines.list.size(), "one line, however often somebody looks");
    hang.countDown();
    assertEquals("late_x 1\ngood_x 1\n", metrics.text());
  }

  /** One such line once made all figures of the node unreadable. */
  @Test
  void leavesOutASourceWhoseTextIsNoFigures() {
    AtomicReference<String> said = new AtomicReference<>("odd_x 1\nthis is ! no metric\n");
    metrics.register("odd", said::get);
    metrics.register("good", () -> "good_x{a=\"b c\"} 1.5e-3 1700000000000\n");
    assertEquals("good_x{a=\"b c\"} 1.5e-3 1700000000000\n", metrics.text());
    metrics.text();
    assertEquals(1, lines.list.size());
    assertTrue(lines.list.get(0).getFormattedMessage().contains("this is ! no metric"));
    said.set("# HELP odd_x Odd.\n# TYPE odd_x gauge\n\nodd_x NaN\nodd_y{} +Inf\n");
    assertTrue(metrics.text().startsWith(said.get()));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ended) {
      throw new AssertionError(ended);
    }
  }
}
