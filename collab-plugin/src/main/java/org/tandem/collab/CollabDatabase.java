package org.tandem.collab;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.hibernate.SessionFactory;
import org.postgresql.ds.PGSimpleDataSource;
import org.tandem.api.host.Database;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.log.hibernate.LogSessions;
import org.tandem.collab.log.resilience4j.Guard;

/**
 * The plugin's own pools, schema and session factory. Closing ends all of them. What is beside the
 * log has a small pool of its own, so that no storm of it takes the log's connections.
 */
final class CollabDatabase implements AutoCloseable {

  private static final String SCHEMA = "collab";
  private static final int CONNECTIONS = 12;

  /** Connections of the log that reads leave to commits. */
  private static final int RESERVED = 4;

  private static final int BESIDE = 4;
  private static final long WAIT_MILLIS = 2_000;
  private static final long START_MILLIS = 3_000;
  private static final long ALIVE_MILLIS = 1_000;

  /**
   * What a commit may take: a database that is stopped for longer leaves the outcome unknown, and
   * the page is read anew. A disk that is busy with a checkpoint takes a second or two.
   */
  private static final int SOCKET_SECONDS = 5;

  /** Tables that are changed may take their time. */
  private static final int MIGRATION_SECONDS = 600;

  /**
   * What is acknowledged is on disk, whatever the server's default is. A node that is stopped
   * within a transaction, or one that waits for it, does not keep the page's row for longer than
   * this. Nothing bounds a statement, as a commit that waits for a replica would count as done.
   */
  private static final String BEGINNING =
      "set synchronous_commit = on;"
          + " set lock_timeout = '3s';"
          + " set idle_in_transaction_session_timeout = '2s'";

  private final PGSimpleDataSource probed;
  private final HikariDataSource pool;
  private final HikariDataSource beside;
  private final SessionFactory sessions;

  private CollabDatabase(
      PGSimpleDataSource probed,
      HikariDataSource pool,
      HikariDataSource beside,
      SessionFactory sessions) {
    this.probed = probed;
    this.pool = pool;
    this.beside = beside;
    this.sessions = sessions;
  }

  static CollabDatabase open(Database database) throws PluginRefusal {
    RetryingPostgres postgres = new RetryingPostgres(WAIT_MILLIS);
    address(postgres, database, SOCKET_SECONDS);
    HikariDataSource pool;
    try {
      pool = new HikariDataSource(pool(postgres, "collab", CONNECTIONS));
    } catch (HikariPool.PoolInitializationException away) {
      throw PluginRefusal.ofNode(
          "Co-editing cannot reach the database: " + firstLine(String.valueOf(away.getMessage())));
    }
    HikariDataSource beside = null;
    boolean opened = false;
    try {
      PGSimpleDataSource patient = new PGSimpleDataSource();
      address(patient, database, MIGRATION_SECONDS);
      migrate(patient);
      PGSimpleDataSource probed = new PGSimpleDataSource();
      address(probed, database, SOCKET_SECONDS);
      beside = new HikariDataSource(pool(postgres, "collab-beside", BESIDE));
      CollabDatabase open =
          new CollabDatabase(probed, pool, beside, LogSessions.over(pool, SCHEMA));
      opened = true;
      return open;
    } catch (FlywayException refused) {
      // A node that went on alone would save pages past the others.
      throw PluginRefusal.ofNode(
          "Co-editing cannot bring its tables up to date: " + firstLine(refused.getMessage()));
    } finally {
      if (!opened) {
        if (beside != null) {
          beside.close();
        }
        pool.close();
      }
    }
  }

  private static String firstLine(String text) {
    return text.lines().filter(line -> !line.isBlank()).findFirst().orElse("no reason given");
  }

  private static void address(PGSimpleDataSource postgres, Database database, int socketSeconds) {
    postgres.setURL(database.url());
    postgres.setUser(database.user());
    postgres.setPassword(database.password());
    postgres.setApplicationName("tandem-collab");
    postgres.setConnectTimeout((int) (WAIT_MILLIS / 1_000));
    postgres.setSocketTimeout(socketSeconds);
    postgres.setTcpKeepAlive(true);
  }

  private static HikariConfig pool(DataSource postgres, String name, int connections) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(postgres);
    config.setPoolName(name);
    config.setMaximumPoolSize(connections);
    // Filled by those that ask, and kept: see RetryingPostgres.
    config.setMinimumIdle(0);
    config.setIdleTimeout(0);
    config.setConnectionTimeout(WAIT_MILLIS);
    config.setValidationTimeout(ALIVE_MILLIS);
    config.setInitializationFailTimeout(START_MILLIS);
    config.setConnectionInitSql(BEGINNING);
    return config;
  }

  private static void migrate(DataSource database) {
    Flyway.configure(CollabDatabase.class.getClassLoader())
        .dataSource(database)
        .schemas(SCHEMA)
        .locations("classpath:db/collab")
        .load()
        .migrate();
  }

  /** Keeps this database's being away from those that ask it for the log. */
  Guard guard(Guard.Later later) {
    return guard("The log's database", CONNECTIONS - RESERVED, later);
  }

  /**
   * The same for another way to it.
   *
   * @param atOnce how many may ask at once
   */
  Guard guard(String name, int atOnce, Guard.Later later) {
    return new Guard(name, atOnce, System::nanoTime, this::probe, later);
  }

  /** By no pool, as that may be waiting before it tries again itself. */
  private void probe() {
    try (Connection answered = probed.getConnection()) {
      answered.isValid((int) (ALIVE_MILLIS / 1_000));
    } catch (SQLException away) {
      throw new LogUnavailable("the database is away", away);
    }
  }

  /** For what is not the log. */
  HikariDataSource pool() {
    return beside;
  }

  SessionFactory sessions() {
    return sessions;
  }

  @Override
  public void close() {
    sessions.close();
    beside.close();
    pool.close();
  }
}
