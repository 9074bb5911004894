package org.tandem.wiki.plugin;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tandem.api.plugin.SettingSpec;
import org.tandem.api.plugin.Settings;
import org.tandem.wiki.settings.AdminSettings;

/** The settings that one plugin sees: those that it declares. */
public record ScopedSettings(Settings all, Set<String> names) implements Settings {

  /** Those of these that are not the wiki's own. */
  public static ScopedSettings of(Settings all, List<SettingSpec> declared) {
    return new ScopedSettings(
        all,
        declared.stream()
            .map(SettingSpec::name)
            .filter(name -> !AdminSettings.isOfTheWiki(name))
            .collect(Collectors.toUnmodifiableSet()));
  }

  @Override
  public Optional<String> get(String name) {
    return names.contains(name) ? all.get(name) : Optional.empty();
  }
}
