package org.tandem.collab.maintenance;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.tandem.api.plugin.Maintenance;
import org.tandem.api.plugin.MaintenanceReport;
import org.tandem.api.plugin.MaintenanceRun;
import org.tandem.api.plugin.PluginRefusal;

/**
 * Deletes the operation log with all that belongs to it. It refuses while the log holds changes
 * that the wiki has not got, as after a node that was killed.
 */
public final class DeleteData implements Maintenance {

  @Override
  public String name() {
    return "delete-data";
  }

  @Override
  public String title() {
    return "Delete the operation log";
  }

  @Override
  public String description() {
    return "Deletes every stored change. The pages stay as the wiki shows them, with its versions.";
  }

  @Override
  public MaintenanceReport run(MaintenanceRun run) throws PluginRefusal {
    try (Connection connection = LogTables.source(run.database()).getConnection();
        Statement statement = connection.createStatement()) {
      long behind = unpublished(statement);
      if (behind > 0) {
        throw PluginRefusal.ofPlugin(
            "The log holds changes of "
                + behind
                + " pages that the wiki does not have yet: bring co-editing back and disable it"
                + " again, then they are there.");
      }
      statement.execute("drop schema if exists collab cascade");
      return MaintenanceReport.good("The operation log is deleted.");
    } catch (SQLException away) {
      throw PluginRefusal.ofPlugin("The database does not answer: " + away.getMessage());
    }
  }

  private static long unpublished(Statement statement) throws SQLException {
    try (ResultSet there =
        statement.executeQuery("select to_regclass('collab.page_head') is not null")) {
      if (!there.next() || !there.getBoolean(1)) {
        return 0;
      }
    }
    try (ResultSet count =
        statement.executeQuery("select count(*) from collab.page_head where published_rev < rev")) {
      count.next();
      return count.getLong(1);
    }
  }
}
