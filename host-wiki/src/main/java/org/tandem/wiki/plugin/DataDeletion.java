package org.tandem.wiki.plugin;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.Database;
import org.tandem.api.plugin.Maintenance;
import org.tandem.api.plugin.MaintenanceReport;
import org.tandem.api.plugin.MaintenanceRun;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.api.plugin.Settings;
import org.tandem.wiki.plugin.loading.Declared;

/** One run of what deletes a plugin's data in the database. */
record DataDeletion(Database database, Settings settings) implements MaintenanceRun {

  private static final Logger LOG = LoggerFactory.getLogger(DataDeletion.class);

  /**
   * Deletes what the plugin has stored; does nothing for one that stores nothing.
   *
   * @throws PluginRefusal when the plugin refuses, or fails
   */
  static void run(String id, Declared plugin, Settings all, Database database)
      throws PluginRefusal {
    Optional<Maintenance> deletion = plugin.dataDeletion();
    if (deletion.isEmpty()) {
      return;
    }
    MaintenanceReport report;
    try {
      report =
          deletion
              .get()
              .run(new DataDeletion(database, ScopedSettings.of(id, all, plugin.settings())));
    } catch (RuntimeException | LinkageError failure) {
      LOG.error("The deletion of a plugin's data failed", failure);
      throw PluginRefusal.ofPlugin(
          "The data was not deleted, and the log says why: try again, or ask who made the plugin.");
    }
    if (!report.good()) {
      throw PluginRefusal.ofPlugin(report.lines().get(0));
    }
  }

  @Override
  public Optional<String> argument() {
    return Optional.empty();
  }

  @Override
  public void progress(String sentence) {
    LOG.info("{}", sentence);
  }

  @Override
  public boolean cancelled() {
    return false;
  }
}
