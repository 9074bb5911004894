package org.tandem.collab.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.collab.Clients;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.page.Mark;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;

/** What every operation log does. */
public abstract class OperationLogContract {

  private static final Delta START = Delta.builder().insert("start\n").build();

  private final PageId page = PageId.random();
  private final ClientId client = Clients.fresh();
  private final UserId user = UserId.random();

  protected abstract OperationLog log();

  private Revision revision(long rev, long seq, String text) {
    Delta delta = Delta.builder().insert(text, Attributes.of(Map.of("bold", true))).build();
    return new Revision(rev, client, seq, user, delta, new Stamp(rev << 16, "node"));
  }

  private boolean append(long head, Revision... revisions) {
    return log().append(List.of(new OperationLog.Append(page, head, List.of(revisions)))).get(page);
  }

  @Test
  void knowsNoPageBeforeItIsCreated() {
    assertEquals(Optional.empty(), log().load(page));
    assertEquals(-1, log().head(page));
    assertEquals(Optional.empty(), log().documentAt(page, 0));
    assertEquals(List.of(), log().revisions(page, 0, 9));
    assertEquals(Mark.NONE, log().mark(page, client));
    assertFalse(append(0, revision(1, 1, "a")));
  }

  @Test
  void createsAPageOnce() {
    log().create(page, 7, START);
    log().create(page, 9, Delta.builder().insert("other\n").build());
    assertEquals(
        Optional.of(new OperationLog.StoredPage(7, START, List.of(), 7, 7, Optional.empty())),
        log().load(page));
  }

  @Test
  void givesBackWhatWasAppended() {
    log().create(page, 0, START);
    Revision first = revision(1, 1, "a");
    Revision second = revision(2, 2, "\ud83d\ude00\"\\");
    assertTrue(append(0, first, second));
    Revision third = revision(3, 3, "c");
    assertTrue(append(2, third));
    assertEquals(List.of(first, second, third), log().load(page).orElseThrow().revisions());
    assertEquals(List.of(second), log().revisions(page, 1, 2));
    assertEquals(List.of(third), log().revisions(page, 2, Long.MAX_VALUE));
    assertEquals(Mark.of(third), log().mark(page, client));
    assertEquals(Optional.of(third.stamp()), log().load(page).orElseThrow().stamp());
    assertEquals(3, log().head(page));
    assertEquals(
        Optional.of(START.compose(first.delta()).compose(second.delta())),
        log().documentAt(page, 2));
    assertEquals(Optional.empty(), log().documentAt(page, 4));
  }

  @Test
  void appendsOnlyToTheExpectedHead() {
    log().create(page, 0, START);
    assertTrue(append(0, revision(1, 1, "a")));
    assertFalse(append(0, revision(1, 1, "b")));
    assertFalse(append(2, revision(3, 2, "b")));
    assertEquals(List.of(revision(1, 1, "a")), log().revisions(page, 0, 9));
    assertEquals(Mark.of(revision(1, 1, "a")), log().mark(page, client));
  }

  @Test
  void leavesFencedPagesAloneAndAppendsToTheOthers() {
    PageId other = PageId.random();
    log().create(page, 0, START);
    log().create(other, 0, START);
    append(0, revision(1, 1, "a"));
    Map<PageId, Boolean> committed =
        log()
            .append(
                List.of(
                    new OperationLog.Append(page, 0, List.of(revision(1, 1, "late"))),
                    new OperationLog.Append(other, 0, List.of(revision(1, 1, "b")))));
    assertEquals(Map.of(page, false, other, true), committed);
    assertEquals(1, log().revisions(other, 0, 9).size());
  }

  @Test
  void letsOneOfManyWinTheHead() throws Exception {
    log().create(page, 0, START);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> rivals =
          LongStream.rangeClosed(1, 8)
              .<Callable<Boolean>>mapToObj(i -> () -> append(0, revisionOf(Clients.fresh(), i)))
              .toList();
      int winners = 0;
      for (Future<Boolean> rival : threads.invokeAll(rivals)) {
        winners += rival.get() ? 1 : 0;
      }
      assertEquals(1, winners);
      assertEquals(1, log().revisions(page, 0, 9).size());
    } finally {
      threads.shutdownNow();
    }
  }

  private Revision revisionOf(ClientId author, long i) {
    return new Revision(
        1, author, 1, user, Delta.builder().insert("x" + i).build(), new Stamp(i, "node"));
  }

  @Test
  void startsFromTheNewestSnapshot() {
    log().create(page, 0, START);
    append(0, revision(1, 1, "a"), revision(2, 2, "b"), revision(3, 3, "c"));
    Delta second = log().documentAt(page, 2).orElseThrow();
    log().snapshot(page, 2, second);
    log().snapshot(page, 2, second);
    OperationLog.StoredPage stored = log().load(page).orElseThrow();
    assertEquals(2, stored.snapshotRev());
    assertEquals(second, stored.document());
    assertEquals(List.of(revision(3, 3, "c")), stored.revisions());
    assertEquals(
        Optional.of(START.compose(revision(1, 1, "a").delta())), log().documentAt(page, 1));
  }

  @Test
  void remembersWhatTheWikiHas() {
    log().create(page, 0, START);
    assertFalse(log().unpublished().contains(page));
    append(0, revision(1, 1, "a"), revision(2, 2, "b"));
    assertTrue(log().unpublished().contains(page));
    log().published(page, 2);
    log().published(page, 1);
    assertFalse(log().unpublished().contains(page));
    assertEquals(2, log().load(page).orElseThrow().publishedRev());
  }

  /** Later stamps than any other test's, whose pages are in the same database. */
  @Test
  void tellsWhichPagesWereChangedLast() {
    PageId older = PageId.random();
    PageId untouched = PageId.random();
    long late = 1L << 60;
    for (PageId created : List.of(page, older, untouched)) {
      log().create(created, 0, START);
    }
    for (PageId changed : List.of(page, older)) {
      Revision first =
          new Revision(1, client, 1, user, START, new Stamp(late + (changed == page ? 1 : 0), "n"));
      log().append(List.of(new OperationLog.Append(changed, 0, List.of(first))));
    }
    assertEquals(List.of(page, older), log().newest(2));
    assertEquals(List.of(page), log().newest(1));
    assertFalse(log().newest(1_000).contains(untouched));
    log().forget(page);
    log().forget(older);
    assertFalse(log().newest(2).contains(page));
  }

  @Test
  void forgetsAPage() {
    log().create(page, 0, START);
    append(0, revision(1, 1, "a"));
    log().forget(page);
    assertEquals(Optional.empty(), log().load(page));
    assertEquals(Mark.NONE, log().mark(page, client));
    log().snapshot(page, 1, START);
    log().create(page, 5, START);
    assertEquals(5, log().load(page).orElseThrow().snapshotRev(), "nothing came back");
    assertEquals(Optional.empty(), log().documentAt(page, 1));
  }
}
