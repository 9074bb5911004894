package org.tandem.collab.log.hibernate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.collab.Clients;
import org.tandem.collab.RealDatabase;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.page.Mark;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;

class AppendStatementTest {

  private static final Delta START = Delta.builder().insert("\n").build();

  private final HibernateLog log = new HibernateLog(RealDatabase.shared().sessions());
  private final UserId user = UserId.random();

  private PageId created() {
    PageId page = PageId.random();
    log.create(page, 0, START);
    return page;
  }

  private Revision revision(long rev, ClientId client, long seq, String text) {
    Delta delta = Delta.builder().insert(text, Attributes.of(Map.of("note", text))).build();
    return new Revision(rev, client, seq, user, delta, new Stamp(-rev, "node \"{1},\\ 2\""));
  }

  /** Each is a word of the database's array syntax, of its escapes, or of JSON's. */
  @Test
  void keepsEveryCharacter() {
    PageId page = created();
    List<String> texts =
        List.of("NULL", "{", "}", "{a,b}", ",", "\"", "\\", "\\\"", "'", "''", "$1 ? :page ??");
    List<String> more =
        List.of(
            "\0",
            "a\0b",
            "\n\r\t",
            "\u007f\u0085\u2028",
            "\ufffd\uffff\ufeff",
            "\ud83d\ude00",
            " ");
    List<Revision> revisions = new ArrayList<>();
    for (String text : texts) {
      revisions.add(revision(revisions.size() + 1, Clients.fresh(), 1, text));
    }
    for (String text : more) {
      revisions.add(revision(revisions.size() + 1, Clients.fresh(), 1, text));
    }
    assertEquals(
        Map.of(page, true), log.append(List.of(new OperationLog.Append(page, 0, revisions))));
    assertEquals(revisions, log.revisions(page, 0, 99));
    assertEquals(
        revisions.get(revisions.size() - 1).stamp(),
        log.load(page).orElseThrow().stamp().orElseThrow());
  }

  @Test
  void marksTheLastOfEachClientOfEachPage() {
    PageId page = created();
    PageId other = created();
    ClientId one = Clients.fresh();
    ClientId two = Clients.fresh();
    Revision last = revision(3, one, 8, "c");
    Revision between = revision(2, two, 1, "b");
    Revision elsewhere = revision(1, one, 9, "d");
    log.append(
        List.of(
            new OperationLog.Append(page, 0, List.of(revision(1, one, 7, "a"), between, last)),
            new OperationLog.Append(other, 0, List.of(elsewhere))));
    assertEquals(Mark.of(last), log.mark(page, one));
    assertEquals(Mark.of(between), log.mark(page, two));
    assertEquals(Mark.of(elsewhere), log.mark(other, one));
  }

  /** More than any plan of the database expects, each third not where it is expected. */
  @Test
  void appendsToManyPagesAndLeavesTheFencedOnes() {
    List<PageId> pages = IntStream.range(0, 500).mapToObj(i -> created()).toList();
    ClientId client = Clients.fresh();
    for (int round = 0; round < 7; round++) {
      List<OperationLog.Append> appends = new ArrayList<>();
      for (int i = 0; i < pages.size(); i++) {
        long head = i % 3 == 0 ? 90 + round : round;
        appends.add(
            new OperationLog.Append(
                pages.get(i), head, List.of(revision(head + 1, client, round + 1, "x"))));
      }
      Map<PageId, Boolean> committed = log.append(appends);
      for (int i = 0; i < pages.size(); i++) {
        assertEquals(i % 3 != 0, committed.get(pages.get(i)));
      }
    }
    assertEquals(0, log.head(pages.get(0)));
    assertEquals(List.of(), log.revisions(pages.get(0), 0, 999));
    assertEquals(Mark.NONE, log.mark(pages.get(0), client));
    assertEquals(7, log.head(pages.get(499)));
    assertEquals(7, log.revisions(pages.get(499), 0, 999).size());
  }

  @Test
  void storesNothingOfABatchThatIsRefused() {
    PageId page = created();
    PageId other = created();
    ClientId client = Clients.fresh();
    log.append(List.of(new OperationLog.Append(page, 0, List.of(revision(1, client, 1, "a")))));
    List<OperationLog.Append> twice =
        List.of(
            new OperationLog.Append(other, 0, List.of(revision(1, client, 1, "b"))),
            new OperationLog.Append(page, 1, List.of(revision(1, client, 2, "a"))));
    assertThrows(LogUnavailable.Refused.class, () -> log.append(twice));
    assertEquals(0, log.head(other));
    assertEquals(1, log.head(page));
    assertTrue(log.append(twice.subList(0, 1)).get(other));
  }

  @Test
  void takesAPageOnceInOneAppend() {
    PageId page = created();
    List<OperationLog.Append> twice =
        List.of(
            new OperationLog.Append(page, 0, List.of(revision(1, Clients.fresh(), 1, "a"))),
            new OperationLog.Append(page, 1, List.of(revision(2, Clients.fresh(), 1, "b"))));
    assertThrows(IllegalArgumentException.class, () -> log.append(twice));
    assertFalse(log.load(page).orElseThrow().stamp().isPresent());
  }
}
