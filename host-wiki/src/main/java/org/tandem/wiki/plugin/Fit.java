package org.tandem.wiki.plugin;

import org.pf4j.DefaultVersionManager;
import org.pf4j.VersionManager;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.wiki.plugin.archive.Descriptor;
import org.tandem.wiki.plugin.loading.LoadedPlugins;

/** Whether versions fit: of the plugin API, the wiki and plugins among each other. */
final class Fit {

  private static final VersionManager VERSIONS = new DefaultVersionManager();

  private Fit() {}

  /**
   * @throws PluginRefusal when this wiki is none of those that the plugin is made for
   */
  static void check(Descriptor plugin) throws PluginRefusal {
    String version = LoadedPlugins.API_VERSION;
    if (!is(version, plugin.requires())) {
      throw unfit(plugin, "plugin API " + plugin.requires(), version);
    } else if (!is(version, plugin.host())) {
      throw unfit(plugin, "a wiki of version " + plugin.host(), version);
    }
  }

  private static PluginRefusal unfit(Descriptor plugin, String needed, String found) {
    return PluginRefusal.ofPlugin(
        "The plugin "
            + plugin.id()
            + " "
            + plugin.version()
            + " needs "
            + needed
            + ", and this wiki has "
            + found
            + ": install a version of the plugin that fits.");
  }

  /** Whether the version is in the range; in {@code *} every one is. */
  static boolean is(String version, String range) {
    try {
      return range.equals("*") || VERSIONS.checkVersionConstraint(version, range);
    } catch (RuntimeException noRange) {
      return false;
    }
  }

  /** Whether one version is higher than the other. */
  static boolean isHigher(String version, String than) {
    return VERSIONS.compareVersions(version, than) > 0;
  }
}
