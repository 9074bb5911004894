package org.tandem.collab.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.collab.Clients;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.page.Mark;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;

/** What compaction does, and that nobody who reads or writes beside it sees any of it. */
public abstract class CompactionContract {

  private static final Delta START = Delta.builder().insert("start\n").build();
  private static final long EPOCH = 1_700_000_000_000L;

  private final PageId page = PageId.random();
  private final UserId user = UserId.random();
  private final List<ClientId> clients = List.of(Clients.fresh(), Clients.fresh(), Clients.fresh());
  private final List<Revision> revisions = new ArrayList<>();

  protected abstract OperationLog log();

  protected abstract Compaction compaction();

  /** A page that three clients have typed on, a letter a second. */
  private void write(int count) {
    log().create(page, 0, START);
    List<Revision> more = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long rev = revisions.size() + 1;
      int client = (int) (rev % clients.size());
      Revision revision =
          new Revision(
              rev,
              clients.get(client),
              (rev + clients.size() - 1) / clients.size(),
              user,
              Delta.builder().retain((int) (rev % 5)).insert("x").build(),
              new Stamp((EPOCH + rev * 1_000) << 16 | rev % 3, client == 0 ? "n1" : "n2"));
      revisions.add(revision);
      more.add(revision);
    }
    long head = revisions.size() - count;
    assertTrue(
        log().append(List.of(new OperationLog.Append(page, head, more))).getOrDefault(page, false));
  }

  private void packAll(long upTo) {
    boolean more = true;
    while (more) {
      more = compaction().pack(page, upTo, 1).more();
    }
  }

  private Delta document(long rev) {
    Delta document = START;
    for (Revision revision : revisions.subList(0, (int) rev)) {
      document = document.compose(revision.delta());
    }
    return document;
  }

  @Test
  void packsWhatIsOldAndAnswersAsBefore() {
    write(2_700);
    log().snapshot(page, 1_200, document(1_200));
    assertEquals(new Compaction.Packed(1_000, true), compaction().pack(page, 2_500, 1));
    assertEquals(new Compaction.Packed(1_000, true), compaction().pack(page, 2_500, 1));
    assertEquals(new Compaction.Packed(500, false), compaction().pack(page, 2_500, 1));
    assertEquals(Compaction.Packed.NOTHING, compaction().pack(page, 2_500, 1));
    assertEquals(revisions, log().revisions(page, 0, Long.MAX_VALUE));
    assertEquals(revisions.subList(999, 1_001), log().revisions(page, 999, 1_001));
    assertEquals(revisions.subList(2_499, 2_501), log().revisions(page, 2_499, 2_501));
    assertEquals(revisions.subList(10, 20), log().revisions(page, 10, 20));
    assertEquals(List.of(), log().revisions(page, 2_700, Long.MAX_VALUE));
    for (long rev : List.of(0L, 1L, 1_000L, 1_500L, 2_700L)) {
      assertEquals(Optional.of(document(rev)), log().documentAt(page, rev));
    }
    assertEquals(2_700, log().head(page));
    assertEquals(Mark.of(revisions.get(2_699)), log().mark(page, revisions.get(2_699).client()));
    assertEquals(revisions.subList(1_200, 2_700), log().load(page).orElseThrow().revisions());
  }

  @Test
  void fillsTheLastRun() {
    write(900);
    packAll(300);
    packAll(800);
    write(700);
    packAll(1_500);
    assertEquals(revisions, log().revisions(page, 0, Long.MAX_VALUE));
    assertEquals(1_500, compaction().size(page).packed());
    assertEquals(100, compaction().size(page).single());
  }

  @Test
  void leavesFewForLater() {
    write(150);
    assertEquals(Compaction.Packed.NOTHING, compaction().pack(page, 99, 100));
    assertEquals(new Compaction.Packed(100, false), compaction().pack(page, 100, 100));
    assertEquals(Compaction.Packed.NOTHING, compaction().pack(page, 150, 100));
  }

  @Test
  void makesItManyTimesSmaller() {
    write(2_000);
    Compaction.Size before = compaction().size(page);
    packAll(2_000);
    Compaction.Size after = compaction().size(page);
    assertEquals(0, after.single());
    assertEquals(2_000, after.packed());
    assertTrue(after.packedBytes() * 3 < before.singleBytes(), before + " became " + after);
  }

  @Test
  void keepsTheLowestSnapshotAndSomeOfTheOthers() {
    write(12_000);
    for (long rev = 1_000; rev <= 12_000; rev += 1_000) {
      log().snapshot(page, rev, log().documentAt(page, rev).orElseThrow());
    }
    packAll(11_500);
    assertEquals(12_000, log().load(page).orElseThrow().snapshotRev());
    // 0, 5000, 10000 and those above what is packed
    assertEquals(4, compaction().size(page).snapshots());
    assertEquals(Optional.of(document(4_321)), log().documentAt(page, 4_321));
  }

  @Test
  void twoAtOncePackEachRevisionOnce() throws Exception {
    write(3_000);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Void> packing =
          () -> {
            packAll(3_000);
            return null;
          };
      for (Future<Void> done : threads.invokeAll(List.of(packing, packing, packing, packing))) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    packAll(3_000);
    assertEquals(revisions, log().revisions(page, 0, Long.MAX_VALUE));
    assertEquals(0, compaction().size(page).single());
  }

  @Test
  void nobodyWhoReadsSeesAGap() throws Exception {
    write(2_000);
    AtomicBoolean packed = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      Callable<Integer> reading =
          () -> {
            int reads = 0;
            while (!packed.get() || reads == 0) {
              assertEquals(revisions, log().revisions(page, 0, Long.MAX_VALUE));
              assertEquals(revisions, log().load(page).orElseThrow().revisions());
              reads++;
            }
            return reads;
          };
      List<Future<Integer>> readers =
          List.of(threads.submit(reading), threads.submit(reading), threads.submit(reading));
      for (long upTo = 40; upTo <= 2_000; upTo += 40) {
        compaction().pack(page, upTo, 1);
      }
      packed.set(true);
      for (Future<Integer> reader : readers) {
        assertTrue(reader.get() > 0);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void deletesWhatIsOlderThanATime() {
    write(2_500);
    packAll(2_000);
    log().published(page, 2_400);
    assertEquals(0, compaction().delete(page, EPOCH));
    assertEquals(1_499, compaction().delete(page, EPOCH + 1_500_000));
    assertEquals(revisions.subList(1_499, 2_500), log().revisions(page, 0, Long.MAX_VALUE));
    assertEquals(Optional.empty(), log().documentAt(page, 1_498));
    assertEquals(Optional.of(document(1_499)), log().documentAt(page, 1_499));
    assertEquals(Optional.of(document(2_500)), log().documentAt(page, 2_500));
    assertEquals(Mark.of(revisions.get(2_499)), log().mark(page, revisions.get(2_499).client()));
    assertEquals(2_500, log().head(page));
    assertEquals(0, compaction().delete(page, EPOCH + 1_500_000));
  }

  @Test
  void deletesABoundedNumberAtOnce() {
    write(12_000);
    log().published(page, 12_000);
    assertEquals(10_000, compaction().delete(page, Long.MAX_VALUE >> 17));
    assertEquals(revisions.subList(10_000, 12_000), log().revisions(page, 0, Long.MAX_VALUE));
    assertEquals(2_000, compaction().delete(page, Long.MAX_VALUE >> 17));
    assertEquals(0, compaction().delete(page, Long.MAX_VALUE >> 17));
    assertEquals(document(12_000), log().load(page).orElseThrow().document());
  }

  @Test
  void deletesNothingThatTheWikiDoesNotHave() {
    write(300);
    log().published(page, 200);
    assertEquals(200, compaction().delete(page, Long.MAX_VALUE >> 17));
    assertEquals(revisions.subList(200, 300), log().load(page).orElseThrow().revisions());
    assertEquals(0, compaction().delete(page, Long.MAX_VALUE >> 17));
  }

  @Test
  void keepsTheMarksOfThoseWhoseChangesAreGone() {
    write(30);
    log().published(page, 30);
    compaction().delete(page, Long.MAX_VALUE >> 17);
    for (ClientId client : clients) {
      assertEquals(10, log().mark(page, client).seq());
    }
    assertEquals(List.of(), log().load(page).orElseThrow().revisions());
    assertEquals(document(30), log().load(page).orElseThrow().document());
  }

  /** A slow node's snapshot once took the place of the one that the page begins with. */
  @Test
  void takesNoSnapshotFromBeforeThePagesBeginning() {
    write(300);
    log().published(page, 200);
    compaction().delete(page, Long.MAX_VALUE >> 17);
    log().snapshot(page, 100, document(100));
    log().snapshot(page, 300, document(300));
    packAll(300);
    assertEquals(Optional.empty(), log().documentAt(page, 100));
    assertEquals(Optional.of(document(200)), log().documentAt(page, 200));
    assertEquals(Optional.of(document(250)), log().documentAt(page, 250));
  }

  @Test
  void namesEachPageOnce() {
    Set<PageId> made = new HashSet<>();
    for (int i = 0; i < 7; i++) {
      PageId one = PageId.random();
      made.add(one);
      log().create(one, 0, START);
    }
    Set<PageId> seen = new HashSet<>();
    Optional<PageId> last = Optional.empty();
    while (true) {
      List<PageId> next = compaction().pages(last, 3);
      if (next.isEmpty()) {
        break;
      }
      for (PageId one : next) {
        assertTrue(seen.add(one), "twice: " + one);
      }
      last = Optional.of(next.get(next.size() - 1));
    }
    assertTrue(seen.containsAll(made));
  }

  @Test
  void knowsNothingOfAPageThatIsNotThere() {
    assertEquals(Compaction.Packed.NOTHING, compaction().pack(page, 9, 1));
    assertEquals(0, compaction().delete(page, EPOCH));
    assertEquals(Compaction.Size.NONE, compaction().size(page));
    assertFalse(compaction().pages(Optional.empty(), 10_000).contains(page));
  }
}
