package org.tandem.collab.log.hibernate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.collab.Clients;
import org.tandem.collab.RealDatabase;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.log.LogDamaged;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;

/** A log of runs, rows and snapshots; one thing in it is damaged, and is named. */
class LogCheckTest {

  private static final int PACKED = 1_200;
  private static final int HEAD = 1_500;

  private final HibernateLog log = new HibernateLog(RealDatabase.shared().sessions());
  private final LogCheck check = new LogCheck(RealDatabase.shared().sessions());
  private final PageId page = PageId.random();

  @BeforeEach
  void write() {
    ClientId client = Clients.fresh();
    UserId user = UserId.random();
    log.create(page, 0, Delta.builder().insert("start\n").build());
    List<Revision> revisions = new ArrayList<>();
    for (long rev = 1; rev <= HEAD; rev++) {
      Delta delta = Delta.builder().insert("x").build();
      revisions.add(new Revision(rev, client, rev, user, delta, new Stamp(rev << 16, "n")));
    }
    log.append(List.of(new OperationLog.Append(page, 0, revisions)));
    for (long rev : List.of(1_100L, 1_300L)) {
      log.snapshot(page, rev, log.documentAt(page, rev).orElseThrow());
    }
    HibernateCompaction compaction = new HibernateCompaction(RealDatabase.shared().sessions());
    while (compaction.pack(page, PACKED, 1).more()) {
      // on to the next run
    }
  }

  @AfterEach
  void forget() {
    log.forget(page);
  }

  private List<String> damages() {
    return check.check(page).orElseThrow().damages();
  }

  private void damage(String sql) throws Exception {
    try (Connection connection = RealDatabase.shared().pool().getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, page.value());
      assertTrue(statement.executeUpdate() > 0, "nothing was damaged");
    }
  }

  @Test
  void findsNothingWhereAllIsWell() {
    assertEquals(new LogCheck.Findings(HEAD, 0, List.of()), check.check(page).orElseThrow());
  }

  @Test
  void knowsNoPageThatIsNotThere() {
    assertEquals(Optional.empty(), check.check(PageId.random()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          update collab.operation set delta = '[{"insert":"y"}]' where rev = 1250 and page = ? \
          | revision 1250 of page
          update collab.operation set delta = 'junk', checksum = null where rev = 1250 and page = ? \
          | revision 1250 of page
          update collab.operation set seq = 0 where rev = 1500 and page = ? | revision 1500 of page
          update collab.operation set seq = 1499, checksum = null where rev = 1500 and page = ? \
          | revision 1500 is change 1499 of client
          delete from collab.operation where rev = 1250 and page = ? \
          | revisions 1250 to 1250 are missing
          delete from collab.operation where rev = 1500 and page = ? \
          | revisions 1500 to 1500 are missing
          update collab.operation set delta = '[{"retain":99999},{"insert":"y"}]', checksum = null \
          where rev = 1250 and page = ? | revision 1250 does not fit
          update collab.run set revisions = '\\x01' where last_rev = 1000 and page = ? \
          | the run of revisions 1 to 1000
          delete from collab.run where last_rev = 1200 and page = ? \
          | revisions 1001 to 1200 are missing
          update collab.snapshot set document = '[{"insert":"y\\n"}]' where rev = 1300 and page = ? \
          | the snapshot at revision 1300
          update collab.snapshot set document = '[{"insert":"y\\n"}]', checksum = null \
          where rev = 1300 and page = ? | the snapshot at revision 1300 is not what
          delete from collab.snapshot where rev = 0 and page = ? | no whole snapshot at revision 0
          update collab.page_head set rev = 1400 where page = ? | the head stands at revision 1400
          update collab.page_head set stamp = 7 where page = ? | the head has another stamp
          update collab.client_mark set seq = 7 where page = ? | the mark of client
          delete from collab.client_mark where page = ? | has no mark
          """)
  void namesWhatIsDamaged(String sql, String named) throws Exception {
    damage(sql);
    List<String> damages = damages();
    assertEquals(1, damages.size(), damages::toString);
    assertTrue(damages.get(0).contains(named), damages::toString);
    assertTrue(damages.get(0).startsWith("page " + page), damages::toString);
  }

  @Test
  void whoReadsADamagedRowIsToldWhichOne() throws Exception {
    damage("update collab.operation set node = 'other' where rev = 1400 and page = ?");
    LogDamaged told = assertThrows(LogDamaged.class, () -> log.load(page));
    assertTrue(told.getMessage().contains("revision 1400 of page " + page), told::getMessage);
    assertEquals(1_399 - 1_300, log.revisions(page, 1_300, 1_399).size());
  }
}
