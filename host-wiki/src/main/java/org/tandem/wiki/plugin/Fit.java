package org.tandem.wiki.plugin;

import org.tandem.api.plugin.ApiVersion;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.wiki.plugin.archive.Descriptor;
import org.tandem.wiki.plugin.archive.VersionRange;

/** Whether a plugin fits this wiki, whose version is that of its plugin API. */
final class Fit {

  private Fit() {}

  /**
   * @throws PluginRefusal when this wiki is none of those that the plugin is made for
   */
  static void check(Descriptor plugin) throws PluginRefusal {
    String version = ApiVersion.current();
    if (!VersionRange.contains(plugin.requires(), version)) {
      throw unfit(plugin, "plugin API " + plugin.requires(), version);
    } else if (!VersionRange.contains(plugin.host(), version)) {
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
}
