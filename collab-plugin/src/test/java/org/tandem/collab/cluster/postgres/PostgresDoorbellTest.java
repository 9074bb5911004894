package org.tandem.collab.cluster.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.Database;
import org.tandem.api.host.PageId;
import org.tandem.collab.RealDatabase;
import org.tandem.collab.cluster.Doorbell;
import org.tandem.collab.cluster.DoorbellContract;
import org.tandem.db.DatabaseAddress;

/** The doorbell on a real PostgreSQL. */
class PostgresDoorbellTest extends DoorbellContract {

  private final DatabaseAddress address = RealDatabase.shared().address();
  private final Logger logger = (Logger) LoggerFactory.getLogger(PostgresDoorbell.class);
  private final List<ILoggingEvent> logged = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          logged.add(event);
        }
      };

  @BeforeEach
  void listenToTheLog() {
    appender.setContext(logger.getLoggerContext());
    appender.start();
    logger.addAppender(appender);
    logger.setLevel(Level.INFO);
  }

  @AfterEach
  void listenNoMore() {
    logger.detachAppender(appender);
    logger.setLevel(null);
  }

  private long lines(Level level) {
    return logged.stream().filter(event -> event.getLevel().equals(level)).count();
  }

  @Override
  protected Doorbell bell() {
    return new PostgresDoorbell(new Database(address.url(), address.user(), address.password()));
  }

  private void notify(String payload) throws SQLException {
    try (Connection connection = RealDatabase.shared().pool().getConnection();
        PreparedStatement notify = connection.prepareStatement("select pg_notify(?, ?)")) {
      notify.setString(1, PostgresDoorbell.CHANNEL);
      notify.setString(2, payload);
      notify.execute();
    }
  }

  /** Ends the connections of all doorbells, as a restart of the database does. */
  private static void cutAll() throws SQLException {
    try (Connection connection = RealDatabase.shared().pool().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where application_name = 'tandem-collab-doorbell'");
    }
  }

  @Test
  void ringsOfOnePageGoOutAsFew() throws InterruptedException {
    Doorbell a = bell();
    listen(a, A);
    Ear atB = listen(bell(), B);
    for (int rev = 1; rev <= 100_000; rev++) {
      a.ring(page, rev);
    }
    int heard = atB.until(new Heard(A, page, 100_000)).size();
    assertTrue(heard <= 20, heard + " notifications");
  }

  @Test
  void aLostConnectionComesBackAndTheListenerHearsThatItMissedSomething() throws Exception {
    Doorbell a = bell();
    listen(a, A);
    Ear atB = listen(bell(), B);
    cutAll();
    assertEquals(Heard.MISSED, atB.next());
    a.ring(page, 5);
    assertEquals(new Heard(A, page, 5), atB.next());
    assertEquals(2, lines(Level.WARN), "one line for each of the two");
    assertEquals(2, lines(Level.INFO), "one line for each of the two");
  }

  @Test
  void whatCannotBeReadIsLeftOutAndToldOnce() throws Exception {
    Doorbell a = bell();
    listen(a, A);
    Ear atB = listen(bell(), B);
    for (int i = 0; i < 50; i++) {
      notify("2 whatever comes next " + i);
    }
    a.ring(page, 1);
    assertEquals(new Heard(A, page, 1), atB.next());
    notify("1 x " + PageId.random() + " 1");
    atB.next();
    assertTrue(lines(Level.WARN) <= 2, "one line each and minute: " + logged);
  }

  @Test
  void anOtherSideThatVanishedWithoutAWordIsNoticed() throws Exception {
    try (Freezer way = new Freezer(address)) {
      Doorbell a = bell();
      listen(a, A);
      Ear atB =
          listen(
              new PostgresDoorbell(
                  new Database(way.url(), address.user(), address.password()), 1, 1),
              B);
      way.freeze();
      a.ring(page, 1);
      assertEquals(Heard.MISSED, atB.next());
      a.ring(page, 2);
      atB.until(new Heard(A, page, 2));
    }
  }
}
