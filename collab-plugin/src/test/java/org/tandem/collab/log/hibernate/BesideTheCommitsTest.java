package org.tandem.collab.log.hibernate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.collab.Clients;
import org.tandem.collab.RealDatabase;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;
import org.tandem.db.DatabaseAddress;

/**
 * What is done to a page beside its commits held the page's head from its first statement to its
 * flush, and with it the one statement by which a node appends to all of its pages.
 */
@Timeout(60)
class BesideTheCommitsTest {

  private static final Delta START = Delta.builder().insert("start\n").build();
  private static final Delta LETTER = Delta.builder().insert("x").build();
  private static final String IS_STUCK =
      "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query ilike ?";

  private final PageId page = PageId.random();
  private final ClientId client = Clients.fresh();
  private final UserId user = UserId.random();
  private final HibernateLog log = new HibernateLog(RealDatabase.shared().sessions());
  private final HibernateCompaction compaction =
      new HibernateCompaction(RealDatabase.shared().sessions());
  private final ExecutorService beside = Executors.newSingleThreadExecutor();

  @BeforeEach
  void create() {
    log.create(page, 0, START);
    append(0, 10);
    log.published(page, 10);
  }

  @AfterEach
  void end() throws InterruptedException {
    beside.shutdown();
    assertTrue(beside.awaitTermination(30, TimeUnit.SECONDS));
  }

  private boolean append(long head, int count) {
    List<Revision> revisions =
        LongStream.rangeClosed(head + 1, head + count)
            .mapToObj(
                rev -> new Revision(rev, client, rev, user, LETTER, new Stamp(rev << 16, "n")))
            .toList();
    var append = new OperationLog.Append(page, head, revisions);
    return log.append(List.of(append)).equals(Map.of(page, true));
  }

  @Test
  void aSnapshotKeepsNoCommitWaiting() throws Exception {
    try (Connection other =
        holding("insert into collab.snapshot (page, rev, document) values (?, 5, '[]')")) {
      Future<?> snapshot = beside.submit(() -> log.snapshot(page, 5, START));
      awaitStuck("%snapshot%");
      assertTrue(append(10, 1));
      other.rollback();
      snapshot.get();
    }
    assertEquals(
        11,
        log.load(page).orElseThrow().snapshotRev()
            + log.load(page).orElseThrow().revisions().size());
  }

  @Test
  void aDeletionKeepsNoCommitWaiting() throws Exception {
    try (Connection other =
        holding("select 1 from collab.operation where page = ? and rev = 3 for update")) {
      Future<Long> deleted = beside.submit(() -> compaction.delete(page, 8));
      awaitStuck("%operation%");
      assertTrue(append(10, 1));
      other.rollback();
      assertEquals(7, deleted.get());
    }
    assertEquals(11, log.head(page));
  }

  private static Connection connect() throws SQLException {
    DatabaseAddress address = RealDatabase.shared().address();
    return DriverManager.getConnection(address.url(), address.user(), address.password());
  }

  private Connection holding(String sql) throws SQLException {
    Connection connection = connect();
    connection.setAutoCommit(false);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, page.value());
      statement.execute();
    }
    return connection;
  }

  /** Until a statement waits for a lock; those of this test are alone on the database. */
  private static void awaitStuck(String query) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(IS_STUCK)) {
      statement.setString(1, query);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      long stuck = 0;
      while (stuck == 0) {
        assertTrue(System.nanoTime() < end, "nothing waits for a lock");
        try (ResultSet rows = statement.executeQuery()) {
          rows.next();
          stuck = rows.getLong(1);
        }
      }
    }
  }
}
