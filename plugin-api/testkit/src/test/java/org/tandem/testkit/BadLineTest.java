package org.tandem.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BadLineTest {

  private static final int FRAMES = 300;

  /** What arrives at the wiki of so many frames: their numbers, and {@code -1} for each break. */
  private static List<Integer> sent(Network network, long seed) throws InterruptedException {
    BadLine line = new BadLine(network, new SplittableRandom(seed));
    List<Integer> arrived = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < FRAMES; i++) {
      int number = i;
      line.toWiki(() -> arrived.add(number), () -> arrived.add(-1));
    }
    network.loss(0);
    CountDownLatch end = new CountDownLatch(1);
    line.toWiki(end::countDown, () -> {});
    assertTrue(end.await(20, TimeUnit.SECONDS));
    return List.copyOf(arrived);
  }

  @Test
  void framesTakeTheirTimeAndArriveInOrder() throws Exception {
    try (Network network = Network.of(1).delay(Duration.ofMillis(5), Duration.ofMillis(40))) {
      long begun = System.nanoTime();
      assertEquals(IntStream.range(0, FRAMES).boxed().toList(), sent(network, 1));
      assertTrue(System.nanoTime() - begun >= TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  @Test
  void theSameSeedBreaksTheSameFramesBeforeOrBehind() throws Exception {
    try (Network network = Network.of(1)) {
      List<Integer> once = sent(network.loss(0.1), 42);
      assertEquals(once, sent(network.loss(0.1), 42));
      assertNotEquals(once, sent(network.loss(0.1), 43));
      long breaks = once.stream().filter(number -> number < 0).count();
      long lost = FRAMES - (once.size() - breaks);
      assertTrue(lost > 0 && lost < breaks && breaks < FRAMES / 4, once::toString);
    }
  }

  @Test
  void noNetworkIsMadeThatLetsNobodyIn() {
    try (Network network = Network.of(1)) {
      assertThrows(IllegalArgumentException.class, () -> network.loss(1));
      assertThrows(
          IllegalArgumentException.class,
          () -> network.delay(Duration.ofMillis(2), Duration.ofMillis(1)));
    }
  }
}
