package org.tandem.collab.maintenance;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.Consumer;
import org.hibernate.SessionFactory;
import org.postgresql.ds.PGSimpleDataSource;
import org.tandem.api.host.Database;
import org.tandem.api.host.PageId;
import org.tandem.api.plugin.MaintenanceRun;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.collab.log.Compaction;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.log.hibernate.HibernateCompaction;
import org.tandem.collab.log.hibernate.LogSessions;

/**
 * The log's tables as a maintenance sees them: one connection at a time, none between two
 * transactions, so that it takes nothing away from a wiki that runs beside it.
 */
final class LogTables implements AutoCloseable {

  /** The whole report where there is nothing to work on. */
  static final String NO_PAGES = "Nobody has edited a page together yet: there is nothing to do.";

  private static final String SCHEMA = "collab";
  private static final int CONNECT_SECONDS = 5;
  private static final int ANSWER_SECONDS = 600;
  private static final int PAGES_AT_ONCE = 100;

  private final SessionFactory sessions;
  private final Compaction compaction;

  private LogTables(SessionFactory sessions) {
    this.sessions = sessions;
    this.compaction = new HibernateCompaction(sessions);
  }

  static LogTables open(Database database) throws PluginRefusal {
    PGSimpleDataSource postgres = source(database);
    requireTables(postgres);
    return new LogTables(LogSessions.over(postgres, SCHEMA));
  }

  /** Connections that nobody keeps. */
  static PGSimpleDataSource source(Database database) {
    PGSimpleDataSource postgres = new PGSimpleDataSource();
    postgres.setURL(database.url());
    postgres.setUser(database.user());
    postgres.setPassword(database.password());
    postgres.setApplicationName("tandem-maintenance");
    postgres.setConnectTimeout(CONNECT_SECONDS);
    postgres.setSocketTimeout(ANSWER_SECONDS);
    return postgres;
  }

  /** Migrations belong to the plugin's start, which tells the other nodes of them. */
  private static void requireTables(PGSimpleDataSource postgres) throws PluginRefusal {
    try (Connection connection = postgres.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select to_regclass('collab.run') is not null")) {
      if (row.next() && row.getBoolean(1)) {
        return;
      }
    } catch (SQLException away) {
      throw PluginRefusal.ofPlugin("The database does not answer: " + away.getMessage());
    }
    throw PluginRefusal.ofPlugin(
        "The tables of this version of co-editing are not there yet: start the wiki with it once.");
  }

  SessionFactory sessions() {
    return sessions;
  }

  Compaction compaction() {
    return compaction;
  }

  /** The one page that the admin named; empty for all. */
  static Optional<PageId> page(MaintenanceRun run) throws PluginRefusal {
    if (run.argument().isEmpty()) {
      return Optional.empty();
    }
    Optional<PageId> page = PageId.parse(run.argument().get());
    if (page.isEmpty()) {
      throw PluginRefusal.ofPlugin(
          "A page's id looks like 3f0c1b52-8d0e-4c8e-9d51-0d7b4e1c2a3f, which this does not: "
              + run.argument().get());
    }
    return page;
  }

  /**
   * Calls for the one page or for each, until all are done or the admin cancels.
   *
   * @throws PluginRefusal when the log does not know the one page, or the database is gone
   */
  void forEach(Optional<PageId> one, MaintenanceRun run, Consumer<PageId> work)
      throws PluginRefusal {
    try {
      if (one.isPresent()) {
        if (compaction.size(one.get()).equals(Compaction.Size.NONE)) {
          throw PluginRefusal.ofPlugin("Nobody has edited a page " + one.get() + " together yet.");
        }
        work.accept(one.get());
      } else {
        all(run, work);
      }
    } catch (LogUnavailable away) {
      throw PluginRefusal.ofPlugin("This stopped before its end: " + away.getMessage());
    }
  }

  private void all(MaintenanceRun run, Consumer<PageId> work) {
    Optional<PageId> last = Optional.empty();
    while (!run.cancelled()) {
      var pages = compaction.pages(last, PAGES_AT_ONCE);
      if (pages.isEmpty()) {
        return;
      }
      for (PageId page : pages) {
        if (run.cancelled()) {
          return;
        }
        work.accept(page);
      }
      last = Optional.of(pages.get(pages.size() - 1));
    }
  }

  @Override
  public void close() {
    sessions.close();
  }
}
