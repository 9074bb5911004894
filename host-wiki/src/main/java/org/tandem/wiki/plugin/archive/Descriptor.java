package org.tandem.wiki.plugin.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.tandem.api.plugin.ApiVersion;

/**
 * What an archive says of itself in its {@code plugin.properties}.
 *
 * @param id unlike any other plugin's
 * @param main name of the class that is the plugin
 * @param requires versions of the plugin API that it fits; {@code *} for all
 * @param host versions of the wiki that it fits; {@code *} for all
 * @param description one sentence for the admin; empty when there is none
 * @param provider who made it; empty when it does not say
 */
public record Descriptor(
    String id,
    String version,
    String main,
    String requires,
    String host,
    List<Dependency> dependencies,
    String description,
    String provider) {

  /**
   * Another plugin that must run first.
   *
   * @param versions of it that will do; {@code *} for all
   */
  public record Dependency(String plugin, String versions) {

    @Override
    public String toString() {
      return versions.equals("*") ? plugin : plugin + " " + versions;
    }
  }

  private static final String ID = "[a-z0-9][a-z0-9-]{0,39}";
  private static final Pattern PLUGIN_ID = Pattern.compile(ID);
  private static final Pattern VERSION =
      Pattern.compile("(0|[1-9]\\d{0,8})(\\.(0|[1-9]\\d{0,8})){2}([-+][0-9A-Za-z.+-]{1,60})?");
  private static final Pattern CLASS = Pattern.compile("[\\w$.]{1,200}");
  private static final Pattern DEPENDENCY = Pattern.compile("(" + ID + ")(@(.{1,100}))?");
  private static final int LONGEST_TEXT = 300;
  private static final String IN = " in its " + PluginArchive.DESCRIPTOR;

  public Descriptor {
    dependencies = List.copyOf(dependencies);
  }

  /** Either the descriptor, or what is wrong with the first entry that cannot be used. */
  sealed interface Reading {

    record Usable(Descriptor descriptor) implements Reading {}

    /**
     * @param problem goes on a sentence that begins with the archive
     */
    record Unusable(String problem) implements Reading {}
  }

  static Reading of(Properties properties) {
    for (Entry needed : Entry.values()) {
      if (!needed.form.matcher(text(properties, needed.key)).matches()) {
        return new Reading.Unusable("has no usable " + needed.key + IN);
      }
    }
    Optional<List<Dependency>> others = dependencies(text(properties, "plugin.dependencies"));
    if (others.isEmpty()) {
      return new Reading.Unusable("has no usable plugin.dependencies" + IN);
    }
    for (String key : List.of("plugin.requires", "plugin.host")) {
      if (!VersionRange.isRange(range(properties, key))) {
        return new Reading.Unusable(
            "has a "
                + key
                + IN
                + " that is no range of versions like ^"
                + ApiVersion.current()
                + " or >=0.2.0 & <0.4.0");
      }
    }
    return new Reading.Usable(
        new Descriptor(
            text(properties, Entry.ID.key),
            text(properties, Entry.VERSION.key),
            text(properties, Entry.CLASS.key),
            range(properties, "plugin.requires"),
            range(properties, "plugin.host"),
            others.get(),
            shortened(text(properties, "plugin.description")),
            shortened(text(properties, "plugin.provider"))));
  }

  private static Optional<List<Dependency>> dependencies(String list) {
    List<Dependency> found = new ArrayList<>();
    for (String one : list.isEmpty() ? new String[0] : list.split(",", -1)) {
      var matcher = DEPENDENCY.matcher(one.strip());
      if (!matcher.matches()) {
        return Optional.empty();
      }
      if (matcher.group(3) != null && !VersionRange.isRange(matcher.group(3))) {
        return Optional.empty();
      }
      found.add(
          new Dependency(matcher.group(1), Objects.requireNonNullElse(matcher.group(3), "*")));
    }
    return Optional.of(found);
  }

  private static String range(Properties properties, String key) {
    return properties.getProperty(key, "*").strip();
  }

  private static String text(Properties properties, String key) {
    return Objects.toString(properties.getProperty(key), "").strip();
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
  }

  /** What every archive has to say. */
  private enum Entry {
    ID("plugin.id", PLUGIN_ID),
    VERSION("plugin.version", Descriptor.VERSION),
    CLASS("plugin.class", Descriptor.CLASS);

    private final String key;
    private final Pattern form;

    Entry(String key, Pattern form) {
      this.key = key;
      this.form = form;
    }
  }
}
