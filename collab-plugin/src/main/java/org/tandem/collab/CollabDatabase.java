package org.tandem.collab;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.hibernate.SessionFactory;
import org.postgresql.ds.PGSimpleDataSource;
import org.tandem.api.host.Database;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.collab.log.hibernate.LogSessions;

/** The plugin's own pool, schema and session factory. Closing ends all three. */
final class CollabDatabase implements AutoCloseable {

  private static final String SCHEMA = "collab";
  private static final int CONNECTIONS = 12;
  private static final long WAIT_MILLIS = 3_000;
  private static final int SOCKET_SECONDS = 20;

  private final HikariDataSource pool;
  private final SessionFactory sessions;

  private CollabDatabase(HikariDataSource pool, SessionFactory sessions) {
    this.pool = pool;
    this.sessions = sessions;
  }

  static CollabDatabase open(Database database) throws PluginRefusal {
    HikariDataSource pool;
    try {
      pool = new HikariDataSource(pool(database));
    } catch (HikariPool.PoolInitializationException away) {
      throw PluginRefusal.ofNode(
          "Co-editing cannot reach the database: " + firstLine(String.valueOf(away.getMessage())));
    }
    boolean opened = false;
    try {
      migrate(postgres(database));
      CollabDatabase open = new CollabDatabase(pool, LogSessions.over(pool, SCHEMA));
      opened = true;
      return open;
    } catch (FlywayException refused) {
      // A node that went on alone would save pages past the others.
      throw PluginRefusal.ofNode(
          "Co-editing cannot bring its tables up to date: " + firstLine(refused.getMessage()));
    } finally {
      if (!opened) {
        pool.close();
      }
    }
  }

  private static String firstLine(String text) {
    return text.lines().filter(line -> !line.isBlank()).findFirst().orElse("no reason given");
  }

  private static PGSimpleDataSource postgres(Database database) {
    PGSimpleDataSource postgres = new PGSimpleDataSource();
    postgres.setURL(database.url());
    postgres.setUser(database.user());
    postgres.setPassword(database.password());
    postgres.setApplicationName("tandem-collab");
    postgres.setConnectTimeout((int) (WAIT_MILLIS / 1_000));
    postgres.setSocketTimeout(SOCKET_SECONDS);
    postgres.setTcpKeepAlive(true);
    return postgres;
  }

  private static HikariConfig pool(Database database) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(postgres(database));
    config.setPoolName("collab");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(WAIT_MILLIS);
    config.setInitializationFailTimeout(WAIT_MILLIS);
    // What is acknowledged is on disk, whatever the server's default is; and a node that stops in a
    // transaction must not hold its pages' rows, or the next owner waits for it.
    config.setConnectionInitSql(
        "set synchronous_commit = on; set idle_in_transaction_session_timeout = '2s'");
    return config;
  }

  /** Not by the pool: a lock is held idle while a long migration runs. */
  private static void migrate(DataSource database) {
    Flyway.configure(CollabDatabase.class.getClassLoader())
        .dataSource(database)
        .schemas(SCHEMA)
        .locations("classpath:db/collab")
        .load()
        .migrate();
  }

  HikariDataSource pool() {
    return pool;
  }

  SessionFactory sessions() {
    return sessions;
  }

  @Override
  public void close() {
    sessions.close();
    pool.close();
  }
}
