package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ThreadsTest {

  /** More than there are threads, so that some wait. */
  private static final int TURNS = 4 * (4 + Runtime.getRuntime().availableProcessors());

  private static final int COMMITS = 40;
  private static final int LAST = 10;

  @Test
  void commitsComeLessOftenWhileTurnsWaitForAThread() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    BlockingQueue<Long> begun = new LinkedBlockingQueue<>();
    try (Threads threads = new Threads()) {
      for (int i = 0; i < TURNS; i++) {
        threads.mailboxes().execute(() -> await(busy));
      }
      List<Long> times = new ArrayList<>();
      for (int i = 0; i < COMMITS; i++) {
        threads.commits().execute(() -> begun.add(System.nanoTime()));
        times.add(begun.take());
      }
      busy.countDown();
      // Several, as a thread that is held up before it looks at the clock makes one gap shorter.
      long gap = (times.get(COMMITS - 1) - times.get(COMMITS - 1 - LAST)) / LAST;
      assertTrue(gap > CommitPace.LONGEST / 2, "the last ones were " + gap + " ns apart");
    }
  }

  /** What does not end by itself is told to, and what waits behind it never begins. */
  @Test
  void theEndWaitsForTheBackgroundNoLongerThanItSays() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    AtomicBoolean later = new AtomicBoolean();
    Threads threads = new Threads();
    threads
        .background()
        .execute(
            () -> {
              begun.countDown();
              await(new CountDownLatch(1));
              if (Thread.currentThread().isInterrupted()) {
                interrupted.countDown();
              }
            });
    threads.later(1_000, () -> later.set(true));
    begun.await();
    long before = System.nanoTime();
    threads.close();
    long took = System.nanoTime() - before;
    assertTrue(took >= TimeUnit.SECONDS.toNanos(Threads.LAST_WORK), "it took " + took + " ns");
    assertTrue(interrupted.await(10, TimeUnit.SECONDS));
    assertFalse(later.get());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
