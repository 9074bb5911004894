package org.tandem.wiki.plugin.loading;

import java.util.Optional;
import java.util.regex.Pattern;
import org.tandem.api.plugin.Maintenance;
import org.tandem.api.plugin.MaintenanceReport;
import org.tandem.api.plugin.MaintenanceRun;
import org.tandem.api.plugin.PluginRefusal;

/**
 * A plugin's maintenance as the host holds it: what it says of itself was read once, and it runs
 * with the plugin's class loader as the thread's.
 */
record EnclosedMaintenance(
    PluginEntry entry,
    String name,
    String title,
    String description,
    Optional<String> argument,
    Maintenance offered)
    implements Maintenance {

  private static final Pattern NAME = Pattern.compile("(?=.{1,40}$)[a-z0-9]+(-[a-z0-9]+)*");

  static EnclosedMaintenance of(PluginEntry entry, Maintenance offered) {
    return new EnclosedMaintenance(
        entry, offered.name(), offered.title(), offered.description(), offered.argument(), offered);
  }

  /** Whether it has a name that can be a command's. */
  boolean isWellNamed() {
    return NAME.matcher(name).matches() && !name.equals("help");
  }

  @Override
  public MaintenanceReport run(MaintenanceRun run) throws PluginRefusal {
    return entry.within(() -> offered.run(run));
  }
}
