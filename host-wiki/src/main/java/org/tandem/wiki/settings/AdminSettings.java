package org.tandem.wiki.settings;

import java.util.Map;
import java.util.Optional;
import org.tandem.api.plugin.Settings;

/** All that the admin has set, each with the place that it was read from. */
public final class AdminSettings implements Settings {

  /**
   * A value that is set.
   *
   * @param writtenAs its name as the admin wrote it: {@code tandem.port} in the properties file,
   *     {@code TANDEM_PORT} in the environment
   */
  public record SetValue(String text, String writtenAs) {

    public boolean isOfEnvironment() {
      return writtenAs.startsWith("TANDEM_");
    }
  }

  private final Map<String, SetValue> values;

  AdminSettings(Map<String, SetValue> values) {
    this.values = Map.copyOf(values);
  }

  /**
   * @param name without {@code tandem.}
   */
  public Optional<SetValue> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  @Override
  public Optional<String> get(String name) {
    return find(name).map(SetValue::text);
  }

  /** Whether the name is one of the wiki's own, which no plugin may read. */
  public static boolean isOfTheWiki(String name) {
    return KnownSettings.isOfTheWiki(name);
  }
}
