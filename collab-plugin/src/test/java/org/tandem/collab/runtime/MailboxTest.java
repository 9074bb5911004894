package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MailboxTest {

  private final Threads threads = new Threads();
  private final Mailbox mailbox = new Mailbox(threads);
  private final List<Thread> ran = new ArrayList<>();

  @AfterEach
  void stop() {
    threads.close();
  }

  private void note() {
    ran.add(Thread.currentThread());
  }

  @Test
  void runsOnTheThreadThatIsLent() {
    mailbox.postAndRun(this::note);
    mailbox.postAndRun(() -> mailbox.postAndRun(this::note));
    assertEquals(List.of(Thread.currentThread(), Thread.currentThread()), ran);
    assertEquals(0, mailbox.size());
  }

  @Test
  void leavesALetterToWhoIsAtWork() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    mailbox.post(
        () -> {
          begun.countDown();
          await(goOn);
          note();
        });
    assertTrue(begun.await(10, TimeUnit.SECONDS));
    mailbox.postAndRun(
        () -> {
          note();
          done.countDown();
        });
    assertEquals(1, mailbox.size());
    goOn.countDown();
    assertTrue(done.await(10, TimeUnit.SECONDS));
    assertSame(ran.get(0), ran.get(1));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /** A thread that is lent is given back, however much comes. */
  @Test
  void takesABoundedNumberOnTheThreadThatIsLent() throws InterruptedException {
    int many = 1_000;
    CountDownLatch all = new CountDownLatch(many);
    mailbox.postAndRun(
        () -> {
          for (int i = 0; i < many; i++) {
            mailbox.post(
                () -> {
                  note();
                  all.countDown();
                });
          }
        });
    assertTrue(all.await(10, TimeUnit.SECONDS));
    long here = ran.stream().filter(Thread.currentThread()::equals).count();
    assertTrue(here < many, here + " letters on the caller's thread");
    assertEquals(many, ran.size());
  }

  /** However many letters bring new ones about, a page waits for one turn of each of the others. */
  @Test
  void aPageWaitsForOneBoundedTurnOfAStorm() {
    Queued workers = new Queued();
    Mailbox storm = new Mailbox(workers);
    AtomicInteger before = new AtomicInteger();
    blow(storm, before::incrementAndGet);
    AtomicBoolean calm = new AtomicBoolean();
    new Mailbox(workers).post(() -> calm.set(true));
    while (!calm.get() && before.get() < 10_000) {
      workers.turns.remove().run();
    }
    assertTrue(before.get() <= 100, before + " letters of the storm went before");
  }

  private static void blow(Mailbox storm, Runnable each) {
    storm.post(
        () -> {
          each.run();
          blow(storm, each);
        });
  }

  /** A thread once went on with the page it had as long as that had letters. */
  @Test
  void moreStormsThanThreadsLeaveAPageItsTurn() throws InterruptedException {
    int storms = 4 * Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
    CountDownLatch blowing = new CountDownLatch(10_000);
    for (int i = 0; i < storms; i++) {
      blow(new Mailbox(threads), blowing::countDown);
    }
    assertTrue(blowing.await(10, TimeUnit.SECONDS));
    CountDownLatch calm = new CountDownLatch(1);
    mailbox.post(calm::countDown);
    assertTrue(calm.await(10, TimeUnit.SECONDS));
  }

  /** Turns in the order they came, on the test's thread. */
  private static final class Queued implements Workers {

    private final Queue<Runnable> turns = new ArrayDeque<>();

    @Override
    public Executor mailboxes() {
      return turns::add;
    }

    @Override
    public Executor commits() {
      return Runnable::run;
    }

    @Override
    public Executor background() {
      return Runnable::run;
    }

    @Override
    public void later(long millis, Runnable task) {}

    @Override
    public void close() {}
  }

  @Test
  void letsGoWhatComesAfterTheEnd() {
    threads.close();
    mailbox.post(this::note);
    assertEquals(List.of(), ran);
  }
}
