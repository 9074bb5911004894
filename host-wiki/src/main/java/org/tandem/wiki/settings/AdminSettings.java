package org.tandem.wiki.settings;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tandem.api.plugin.Settings;

/**
 * All that the admin has set, each with the place that it was read from, as it stood when it was
 * read.
 */
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

  /** Where all of them are read from. */
  @FunctionalInterface
  interface Source {
    Map<String, SetValue> read() throws StartRefusal;
  }

  private final Map<String, SetValue> values;
  private final Source source;

  AdminSettings(Map<String, SetValue> values, Source source) {
    this.values = Map.copyOf(values);
    this.source = source;
  }

  /**
   * As they stand now: the file's anew, the environment's as ever.
   *
   * @throws StartRefusal when the file cannot be read
   */
  public AdminSettings again() throws StartRefusal {
    return new AdminSettings(source.read(), source);
  }

  /**
   * @param name without {@code tandem.}
   */
  public Optional<SetValue> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Those whose names begin so. */
  public Map<String, SetValue> below(String beginning) {
    Map<String, SetValue> found = new TreeMap<>(values);
    found.keySet().removeIf(name -> !name.startsWith(beginning));
    return found;
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
