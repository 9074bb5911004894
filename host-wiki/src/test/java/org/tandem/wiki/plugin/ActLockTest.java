package org.tandem.wiki.plugin;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ActLockTest {

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);

  private CompletableFuture<Void> goOn(ActLock lock) throws Exception {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    Thread goesOn = new Thread(() -> lock.run(() -> waitFor(ended)), "goes-on");
    goesOn.setDaemon(true);
    goesOn.start();
    begun.await();
    return ended;
  }

  private void waitFor(CompletableFuture<Void> ended) {
    begun.countDown();
    try {
      end.await();
      ended.complete(null);
    } catch (InterruptedException stopped) {
      ended.completeExceptionally(stopped);
    }
  }

  @Test
  void whatTakesItsTimeIsNotWaitedForByAdministrators() throws Exception {
    ActLock lock = new ActLock(Duration.ofMillis(200));
    CompletableFuture<Void> hangs = goOn(lock);
    assertEquals(Optional.empty(), lock.takeSoon(() -> "done"));
    end.countDown();
    hangs.get(10, TimeUnit.SECONDS);
    await().until(() -> lock.takeSoon(() -> "done").isPresent());
  }

  @Test
  void whatEndsSoonIs() throws Exception {
    ActLock lock = new ActLock(Duration.ofSeconds(50));
    CompletableFuture<Void> soonOver = goOn(lock);
    CompletableFuture<Optional<String>> waits =
        CompletableFuture.supplyAsync(
            () -> lock.takeSoon(() -> lock.take(() -> "done, and again within")));
    end.countDown();
    await().until(soonOver::isDone);
    assertEquals(Optional.of("done, and again within"), waits.get(10, TimeUnit.SECONDS));
  }
}
