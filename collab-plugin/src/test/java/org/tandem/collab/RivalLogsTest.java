package org.tandem.collab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.Database;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.log.hibernate.HibernateLog;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;
import org.tandem.db.DatabaseAddress;

/** Two nodes that both believe to own the same pages, each with a pool of its own. */
class RivalLogsTest {

  private static final int PAGES = 40;
  private static final int ROUNDS = 25;
  private static final int RIVALS = 8;

  private final UserId user = UserId.random();

  /**
   * Both name the pages in opposite orders. A deadlock would be told as a refusal, and fail the
   * test; and of all who want a head exactly one gets it.
   */
  @Test
  void waitForEachOtherInOneOrderAndOneWinsEachHead() throws Exception {
    DatabaseAddress address = RealDatabase.shared().address();
    Database second = new Database(address.url(), address.user(), address.password());
    ExecutorService threads = Executors.newFixedThreadPool(RIVALS);
    try (CollabDatabase other = CollabDatabase.open(second)) {
      OperationLog one = new HibernateLog(RealDatabase.shared().sessions());
      OperationLog two = new HibernateLog(other.sessions());
      List<PageId> pages = Stream.generate(PageId::random).limit(PAGES).sorted().toList();
      pages.forEach(page -> one.create(page, 0, Delta.builder().insert("\n").build()));
      assertTimeoutPreemptively(
          Duration.ofMinutes(1),
          () -> {
            for (int head = 0; head < ROUNDS; head++) {
              fight(threads, one, two, pages, head);
            }
          });
      for (PageId page : pages) {
        assertEquals(ROUNDS, one.head(page));
        assertEquals(ROUNDS, one.revisions(page, 0, ROUNDS + 1).size());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void fight(
      ExecutorService threads, OperationLog one, OperationLog two, List<PageId> pages, long head)
      throws Exception {
    List<PageId> backwards = new ArrayList<>(pages);
    Collections.reverse(backwards);
    List<Callable<Map<PageId, Boolean>>> rivals = new ArrayList<>();
    for (int i = 0; i < RIVALS; i++) {
      boolean first = i % 2 == 0;
      // Not all want all: whoever comes later finds some heads moved and others not.
      List<OperationLog.Append> appends =
          (first ? pages : backwards)
              .subList(0, i < 2 ? PAGES : PAGES * 2 / 3).stream()
                  .map(page -> append(page, head))
                  .toList();
      rivals.add(() -> (first ? one : two).append(appends));
    }
    List<PageId> won = new ArrayList<>();
    for (Future<Map<PageId, Boolean>> rival : threads.invokeAll(rivals)) {
      rival.get().forEach((page, moved) -> won.addAll(moved ? List.of(page) : List.of()));
    }
    Collections.sort(won);
    assertEquals(pages, won);
  }

  private OperationLog.Append append(PageId page, long head) {
    ClientId client = Clients.fresh();
    Delta delta = Delta.builder().insert("x").build();
    Revision revision = new Revision(head + 1, client, 1, user, delta, new Stamp(head + 1, "node"));
    return new OperationLog.Append(page, head, List.of(revision));
  }
}
