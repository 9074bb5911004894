package org.tandem.sample.callouts;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.Database;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.api.plugin.PluginRefusal;

/**
 * The plugin's tables, in a schema of its own. Threads: safe for use by any thread.
 *
 * <p>Life cycle: from {@link #open} to {@link #close}, which ends its pool and its thread.
 *
 * <p>Failure: {@link UncheckedIOException} when the database does not answer.
 */
final class Store implements Notifier.Told, AutoCloseable {

  static final String SCHEMA = "callouts";

  private static final Logger LOG = LoggerFactory.getLogger(Store.class);
  private static final int CONNECTIONS = 2;
  private static final int WAIT_SECONDS = 2;

  /** Mentions of one person by another within an hour: fewer than the wiki takes of all. */
  private static final int MOST_OF_AN_AUTHOR = 20;

  private final HikariDataSource pool;
  private final ExecutorService later =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "callouts"));

  private Store(HikariDataSource pool) {
    this.pool = pool;
  }

  static Store open(Database database) throws PluginRefusal {
    PGSimpleDataSource postgres = source(database);
    HikariConfig config = new HikariConfig();
    config.setDataSource(postgres);
    config.setPoolName(SCHEMA);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(WAIT_SECONDS));
    try {
      Flyway.configure(Store.class.getClassLoader())
          .dataSource(postgres)
          .schemas(SCHEMA)
          .locations("classpath:db/callouts")
          .load()
          .migrate();
      return new Store(new HikariDataSource(config));
    } catch (FlywayException | HikariPool.PoolInitializationException refused) {
      LOG.error("The tables of the callouts cannot be opened", refused);
      throw PluginRefusal.ofPlugin(
          "The callouts cannot open their tables: the wiki's log says why.");
    }
  }

  /** The wiki's database, one connection at a time. */
  static PGSimpleDataSource source(Database database) {
    PGSimpleDataSource postgres = new PGSimpleDataSource();
    postgres.setURL(database.url());
    postgres.setUser(database.user());
    postgres.setPassword(database.password());
    postgres.setApplicationName("tandem-callouts");
    postgres.setConnectTimeout(WAIT_SECONDS);
    return postgres;
  }

  /** What mentions are sealed with. */
  byte[] sealKey() {
    return run(
        "select key from callouts.seal",
        statement -> {
          try (ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getBytes(1);
          }
        });
  }

  @Override
  public boolean note(PageId page, Mention mention, UserId author) {
    return run(
        """
        insert into callouts.told (page, mention, person, author)
        select ?, ?, person, author from (values (?::uuid, ?::uuid)) as this (person, author)
        where person = author or ? > (
          select count(*) from callouts.told as earlier
          where earlier.person = this.person and earlier.author = this.author
            and earlier.told_at > now() - interval '1 hour')
        on conflict do nothing
        """,
        statement -> {
          statement.setObject(1, page.value());
          statement.setObject(2, mention.id());
          statement.setObject(3, mention.user().value());
          statement.setObject(4, author.value());
          statement.setInt(5, MOST_OF_AN_AUTHOR);
          return statement.executeUpdate() == 1;
        });
  }

  @Override
  public void takeBack(PageId page, Mention mention) {
    run(
        "delete from callouts.told where page = ? and mention = ?",
        statement -> {
          statement.setObject(1, page.value());
          statement.setObject(2, mention.id());
          return statement.executeUpdate();
        });
  }

  /** The page is gone. Returns at once; what fails is logged, and left behind. */
  void forget(PageId page) {
    later.execute(
        () -> {
          try {
            run(
                "delete from callouts.told where page = ?",
                statement -> {
                  statement.setObject(1, page.value());
                  return statement.executeUpdate();
                });
          } catch (UncheckedIOException away) {
            LOG.warn("What was told of the deleted page {} stays", page, away);
          }
        });
  }

  /** Work with a statement. */
  private interface Work<T> {
    T with(PreparedStatement statement) throws SQLException;
  }

  private <T> T run(String sql, Work<T> work) {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      return work.with(statement);
    } catch (SQLException away) {
      throw new UncheckedIOException(new IOException("the database does not answer", away));
    }
  }

  @Override
  public void close() {
    later.shutdown();
    try {
      later.awaitTermination(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    pool.close();
  }
}
