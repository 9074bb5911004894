package org.tandem.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Opens pools on a database that was found fit: reachable, PostgreSQL 15 or later, durable. */
public final class DatabasePool {

  private static final int OLDEST = 15;
  private static final long WAIT_MILLIS = 5_000;
  private static final long ALIVE_MILLIS = 1_000;

  /** Threads that serve others wait for an answer no longer than this. */
  private static final int SOCKET_SECONDS = 10;

  private DatabasePool() {}

  /**
   * @param name shown in logs and in {@code pg_stat_activity}
   * @param connections at most
   * @throws DatabaseRefusal when the database does not answer within 5 s or is not fit
   */
  public static HikariDataSource open(DatabaseAddress address, String name, int connections)
      throws DatabaseRefusal {
    HikariDataSource pool;
    try {
      pool = new HikariDataSource(config(address, name, connections));
    } catch (HikariPool.PoolInitializationException | IllegalArgumentException away) {
      throw new DatabaseRefusal(
          "The database " + address.place() + " is not reachable: " + reason(away) + ".");
    }
    try {
      check(pool);
    } catch (DatabaseRefusal refused) {
      pool.close();
      throw refused;
    }
    return pool;
  }

  private static String reason(Throwable fault) {
    Throwable root = fault;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage() == null ? root.toString() : root.getMessage();
    return message.strip().lines().findFirst().orElse("no reason given").replaceAll("\\.$", "");
  }

  private static HikariConfig config(DatabaseAddress address, String name, int connections) {
    RetryingPostgres postgres = new RetryingPostgres(WAIT_MILLIS);
    postgres.setURL(address.url());
    postgres.setUser(address.user());
    postgres.setPassword(address.password());
    postgres.setApplicationName(name);
    postgres.setConnectTimeout((int) (WAIT_MILLIS / 1_000));
    postgres.setSocketTimeout(SOCKET_SECONDS);
    postgres.setTcpKeepAlive(true);
    HikariConfig config = new HikariConfig();
    config.setDataSource(postgres);
    config.setPoolName(name);
    config.setMaximumPoolSize(connections);
    // Filled by those that ask, and kept: see RetryingPostgres.
    config.setMinimumIdle(0);
    config.setIdleTimeout(0);
    config.setValidationTimeout(ALIVE_MILLIS);
    config.setConnectionTimeout(WAIT_MILLIS);
    config.setInitializationFailTimeout(WAIT_MILLIS);
    // What was answered is on disk, whatever the server's default is.
    config.setConnectionInitSql("set synchronous_commit = on");
    return config;
  }

  private static void check(HikariDataSource pool) throws DatabaseRefusal {
    try (Connection connection = pool.getConnection()) {
      int version = connection.getMetaData().getDatabaseMajorVersion();
      if (version < OLDEST) {
        throw new DatabaseRefusal(
            "The database is PostgreSQL " + version + ", and " + OLDEST + " or later is needed.");
      }
      Optional<String> missing = Durability.missing(connection);
      if (missing.isPresent()) {
        throw new DatabaseRefusal(
            "The database runs with "
                + missing.get()
                + " off and would lose edits at a power cut: set "
                + missing.get()
                + " = on in postgresql.conf.");
      }
    } catch (SQLException away) {
      throw new DatabaseRefusal("The database does not answer: " + reason(away) + ".");
    }
  }
}
