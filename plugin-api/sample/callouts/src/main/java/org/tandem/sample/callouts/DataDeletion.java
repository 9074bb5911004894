package org.tandem.sample.callouts;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.tandem.api.plugin.Maintenance;
import org.tandem.api.plugin.MaintenanceReport;
import org.tandem.api.plugin.MaintenanceRun;
import org.tandem.api.plugin.PluginRefusal;

/**
 * Deletes the plugin's schema. Callouts and mentions stand in the pages, and stay there: without
 * the plugin lines are plain ones, and mentions are shown as placeholders.
 */
final class DataDeletion implements Maintenance {

  @Override
  public String name() {
    return "delete-data";
  }

  @Override
  public String title() {
    return "Delete what the callouts keep";
  }

  @Override
  public String description() {
    return "Deletes the list of mentions that were told to people. The pages are not changed.";
  }

  @Override
  public MaintenanceReport run(MaintenanceRun run) throws PluginRefusal {
    try (Connection connection = Store.source(run.database()).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("drop schema if exists callouts cascade");
      return MaintenanceReport.good("The callouts keep nothing any more.");
    } catch (SQLException away) {
      throw PluginRefusal.ofPlugin("The database does not answer: try again later.");
    }
  }
}
