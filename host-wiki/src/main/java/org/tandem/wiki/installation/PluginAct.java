package org.tandem.wiki.installation;

import java.util.Optional;

/**
 * What was done with a plugin, as the audit has it.
 *
 * @param word for programs
 * @param detail for people
 */
record PluginAct(String word, String detail) {

  /**
   * What made of one state the other.
   *
   * @param before empty for a plugin that was never there
   */
  static PluginAct of(Optional<WantedPlugin> before, WantedPlugin now) {
    String version = now.id() + " " + now.archive().version();
    if (now.state() == PluginState.REMOVED) {
      return new PluginAct("plugin.remove", version);
    } else if (before.filter(old -> old.state() != PluginState.REMOVED).isEmpty()) {
      return new PluginAct("plugin.install", version);
    }
    WantedPlugin old = before.get();
    if (!old.archive().equals(now.archive())) {
      boolean back = old.former().filter(now.archive()::equals).isPresent();
      return new PluginAct(
          back ? "plugin.roll-back" : change(old.archive().compareVersion(now.archive())),
          now.id() + " " + old.archive().version() + " to " + now.archive().version());
    }
    return new PluginAct(now.isEnabled() ? "plugin.enable" : "plugin.disable", version);
  }

  private static String change(int order) {
    if (order == 0) {
      return "plugin.replace";
    }
    return order < 0 ? "plugin.upgrade" : "plugin.downgrade";
  }
}
