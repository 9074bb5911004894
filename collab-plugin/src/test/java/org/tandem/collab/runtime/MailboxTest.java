package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

  @Test
  void letsGoWhatComesAfterTheEnd() {
    threads.close();
    mailbox.post(this::note);
    assertEquals(List.of(), ran);
  }
}
