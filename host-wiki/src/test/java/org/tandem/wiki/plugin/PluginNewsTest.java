package org.tandem.wiki.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PluginNewsTest {

  private static void until(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void areToldInOrderAlsoBehindOneThatThrows() {
    List<Integer> told = new CopyOnWriteArrayList<>();
    CountDownLatch all = new CountDownLatch(1);
    try (PluginNews news = new PluginNews("any")) {
      news.tell(
          () -> {
            throw new StackOverflowError("as the test wants");
          });
      IntStream.range(0, 100).forEach(number -> news.tell(() -> told.add(number)));
      news.tell(all::countDown);
      until(all);
    }
    assertEquals(IntStream.range(0, 100).boxed().toList(), List.copyOf(told));
  }

  /**
   * The thread that reads announcements hung with it, and the node heard of no change of rights.
   */
  @Test
  void thatHangHoldUpNeitherWhoTellsNorOtherPlugins() {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(1);
    PluginNews hanging = new PluginNews("hanging");
    try (PluginNews other = new PluginNews("other")) {
      hanging.tell(
          () -> {
            hangs.countDown();
            until(end);
            ended.countDown();
          });
      until(hangs);
      hanging.tell(told::countDown);
      other.tell(told::countDown);
      until(told);
    } finally {
      hanging.close();
    }
    // It was interrupted as the plugin went.
    until(ended);
  }
}
