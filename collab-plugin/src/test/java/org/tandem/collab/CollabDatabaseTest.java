package org.tandem.collab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.log.hibernate.HibernateLog;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;

class CollabDatabaseTest {

  private final PageId page = PageId.random();

  /**
   * A node that is stopped, or whose machine is gone without a word, between the move of a page's
   * head and its commit. The next owner waited for the row's lock for as long as the first was
   * stopped.
   */
  @Test
  void aNodeThatStopsInTheMidstOfATransactionDoesNotHoldThePage() throws SQLException {
    HibernateLog log = new HibernateLog(RealDatabase.shared().sessions());
    log.create(page, 0, Delta.builder().insert("\n").build());
    Connection stopped = RealDatabase.shared().pool().getConnection();
    stopped.setAutoCommit(false);
    try (Statement statement = stopped.createStatement()) {
      statement.executeUpdate("update collab.page_head set rev = 5 where page = '" + page + "'");
    }
    Map<PageId, Boolean> committed =
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> log.append(List.of(first())));
    assertEquals(Map.of(page, true), committed);
    assertThrows(SQLException.class, stopped::commit, "it wakes up too late");
    assertEquals(1, log.head(page));
  }

  private OperationLog.Append first() {
    Revision revision =
        new Revision(
            1,
            new ClientId(UUID.randomUUID()),
            1,
            UserId.random(),
            Delta.builder().insert("a").build(),
            new Stamp(1, "node"));
    return new OperationLog.Append(page, 0, List.of(revision));
  }
}
