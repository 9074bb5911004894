package org.tandem.wiki.plugin;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.api.plugin.SettingSpec;
import org.tandem.api.plugin.Settings;
import org.tandem.wiki.settings.AdminSettings;
import org.tandem.wiki.settings.AdminSettings.SetValue;

/** The settings that one plugin sees: those that it declares. */
public record ScopedSettings(Settings all, Set<String> names) implements Settings {

  /** Co-editing came before there was a rule for names. */
  private static final String CO_EDITING = "collab";

  /** Those of these that are the plugin's own. */
  public static ScopedSettings of(String plugin, Settings all, List<SettingSpec> declared) {
    return new ScopedSettings(
        all,
        declared.stream()
            .map(SettingSpec::name)
            .filter(name -> isOf(plugin, name))
            .collect(Collectors.toUnmodifiableSet()));
  }

  /**
   * Looks whether all of them can be the plugin's: what cannot would never have a value.
   *
   * @throws PluginRefusal that names the first which cannot, and how it must be called
   */
  static void check(String plugin, List<SettingSpec> declared) throws PluginRefusal {
    for (SettingSpec one : declared) {
      if (!isOf(plugin, one.name())) {
        String beginning = beginning(plugin);
        throw PluginRefusal.ofPlugin(
            "The plugin "
                + plugin
                + " declares the setting “"
                + one.name()
                + "”, which is not its own: its settings begin with its id, like “"
                + beginning
                + one.name().substring(one.name().lastIndexOf('.') + 1)
                + "”.");
      }
    }
  }

  /** What is set below the plugin's id, as the admin wrote it, and is none that it declares. */
  static List<String> strays(String plugin, AdminSettings set, List<SettingSpec> declared) {
    Map<String, SetValue> strays = set.below(beginning(plugin));
    declared.forEach(one -> strays.remove(one.name()));
    return strays.values().stream().map(SetValue::writtenAs).toList();
  }

  /** What the names of a plugin's settings begin with. */
  private static String beginning(String plugin) {
    return plugin.replace('-', '.') + ".";
  }

  /**
   * Whether a setting of this name can be the plugin's: it begins with its id, with dots for the
   * hyphens, so that no plugin reads what was set for another one or for the wiki.
   */
  static boolean isOf(String plugin, String name) {
    return name.startsWith(beginning(plugin))
        || (plugin.equals(CO_EDITING) && !AdminSettings.isOfTheWiki(name));
  }

  @Override
  public Optional<String> get(String name) {
    return names.contains(name) ? all.get(name) : Optional.empty();
  }
}
