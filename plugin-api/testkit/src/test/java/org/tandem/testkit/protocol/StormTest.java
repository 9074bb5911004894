package org.tandem.testkit.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tandem.api.host.PageId;
import org.tandem.testkit.WikiClient;

/** One page's storm does not slow other pages: both halves are measured in the same run. */
@ExtendWith(RunningWiki.Extension.class)
class StormTest {

  private static final int WRITERS = 8;
  private static final int CHANGES = 60;

  /** What one change may be slower by: the machine is shared with those who make the storm. */
  private static final int TIMES = 10;

  private static final long AND = Duration.ofMillis(20).toNanos();

  private final WikiClient person;
  private final PageId calm;
  private final PageId stormy;
  private volatile boolean over;

  StormTest(RunningWiki wiki) {
    this.person = wiki.person("editor1");
    this.calm = person.createPage("Calm");
    this.stormy = person.createPage("Stormy");
  }

  @Test
  void aCalmPageIsAcknowledgedAsBefore() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    AtomicInteger acks = new AtomicInteger();
    CountDownLatch blowing = new CountDownLatch(WRITERS * 20);
    try (RawSocket writer = joined(calm, 0);
        RawSocket deaf = joined(stormy, 4_096)) {
      deaf.text(Say.ping("1"));
      write(writer, 1);
      long alone = median(write(writer, 1 + CHANGES));
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(threads.submit(() -> blow(acks, blowing)));
      }
      assertTrue(blowing.await(30, TimeUnit.SECONDS), "there is no storm");
      int before = acks.get();
      long beside = median(write(writer, 1 + 2 * CHANGES));
      int storm = acks.get() - before;
      over = true;
      for (Future<?> each : writers) {
        each.get(30, TimeUnit.SECONDS);
      }
      String measured = "alone " + alone + " ns, beside " + beside + " ns, storm's acks " + storm;
      assertTrue(beside <= TIMES * alone + AND, measured);
      assertTrue(storm > CHANGES, measured);
      assertEquals(
          List.of(),
          writer.heard().stream()
              .filter(frame -> frame.path("t").asText().equals("error"))
              .toList());
      writer.text(Say.ping("1"));
      writer.await("pong");
    } finally {
      over = true;
      threads.shutdownNow();
    }
  }

  private RawSocket joined(PageId page, int receiveBuffer) {
    RawSocket socket =
        RawSocket.open(person, page, RawSocket.headers(person.wiki()), receiveBuffer);
    socket.text(Say.join(UUID.randomUUID()));
    socket.await("joined");
    return socket;
  }

  /** Changes one after the other, each once the one before is acknowledged; what each took. */
  private static long[] write(RawSocket writer, long first) {
    long[] took = new long[CHANGES];
    for (int i = 0; i < CHANGES; i++) {
      long begun = System.nanoTime();
      writer.text(Say.op(first + i, first + i - 1, "x"));
      assertEquals(first + i, writer.await("ack").path("seq").asLong());
      took[i] = System.nanoTime() - begun;
    }
    return took;
  }

  private static long median(long[] took) {
    long[] sorted = took.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Writes as fast as it is answered; whoever is told to wait comes back as somebody else. */
  private void blow(AtomicInteger acks, CountDownLatch blowing) {
    while (!over) {
      try (RawSocket writer = joined(stormy, 0)) {
        long rev = writer.heard().get(writer.heard().size() - 1).path("rev").asLong();
        boolean welcome = true;
        for (long seq = 1; welcome && !over; seq++) {
          writer.text(Say.op(seq, rev, "storm ".repeat(30)));
          var answer = writer.awaitAny("ack", "error");
          welcome = answer.path("t").asText().equals("ack");
          if (welcome) {
            rev = answer.path("rev").asLong();
            acks.incrementAndGet();
            blowing.countDown();
          }
        }
      }
    }
  }
}
