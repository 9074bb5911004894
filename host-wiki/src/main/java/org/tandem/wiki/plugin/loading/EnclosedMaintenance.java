package org.tandem.wiki.plugin.loading;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.tandem.api.plugin.Maintenance;
import org.tandem.api.plugin.MaintenanceReport;
import org.tandem.api.plugin.MaintenanceRun;
import org.tandem.api.plugin.Plugin;
import org.tandem.api.plugin.PluginRefusal;

/**
 * A plugin's maintenance as the host holds it: what it says of itself was read once, and nothing of
 * the plugin is kept. Each run loads the plugin's classes for itself, so that the plugin may be
 * disabled meanwhile.
 *
 * @param fresh the plugin's classes, loaded once more
 * @param offers what the plugin has of this kind
 */
record EnclosedMaintenance(
    Supplier<PluginEntry> fresh,
    Function<Plugin, List<Maintenance>> offers,
    String name,
    String title,
    String description,
    Optional<String> argument)
    implements Maintenance {

  private static final Pattern NAME = Pattern.compile("(?=.{1,40}$)[a-z0-9]+(-[a-z0-9]+)*");

  static EnclosedMaintenance of(
      Supplier<PluginEntry> fresh,
      Function<Plugin, List<Maintenance>> offers,
      Maintenance offered) {
    return new EnclosedMaintenance(
        fresh, offers, offered.name(), offered.title(), offered.description(), offered.argument());
  }

  /** Whether it has a name that can be a command's. */
  boolean isWellNamed() {
    return NAME.matcher(name).matches() && !name.equals("help");
  }

  @Override
  public MaintenanceReport run(MaintenanceRun run) throws PluginRefusal {
    try (PluginEntry entry = fresh.get()) {
      return entry.within(() -> named(entry).run(run));
    }
  }

  private Maintenance named(PluginEntry entry) {
    try {
      return offers.apply(entry.make()).stream()
          .filter(one -> one.name().equals(name))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("the plugin offers no " + name + " now"));
    } catch (ReflectiveOperationException unusable) {
      throw new IllegalStateException("the plugin cannot be made", unusable);
    }
  }
}
