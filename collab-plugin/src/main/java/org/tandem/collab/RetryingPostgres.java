package org.tandem.collab;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLState;

/**
 * Connects to a PostgreSQL, and tries again every 100 ms for as long as a pool's callers wait. A
 * pool itself tries ever more seldom, and so would find out seconds late that the database is back.
 * The host's pools do the same by a class of their own: none goes between host and plugin but those
 * of the plugin API, which knows no driver.
 */
final class RetryingPostgres extends PGSimpleDataSource {

  private static final long serialVersionUID = 1L;
  private static final long PAUSE_MILLIS = 100;

  private final long patienceMillis;

  RetryingPostgres(long patienceMillis) {
    this.patienceMillis = patienceMillis;
  }

  @Override
  public Connection getConnection() throws SQLException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    while (true) {
      try {
        return super.getConnection();
      } catch (SQLException failed) {
        if (!isAway(failed) || System.nanoTime() - end > 0) {
          throw failed;
        }
        pause(failed);
      }
    }
  }

  /** A server that starts says so. */
  private static boolean isAway(SQLException failure) {
    String state = failure.getSQLState();
    return PSQLState.isConnectionError(state) || "57P03".equals(state);
  }

  private static void pause(SQLException failed) throws SQLException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      throw failed;
    }
  }
}
