package org.tandem.testkit.inside;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.tandem.api.plugin.Maintenance;
import org.tandem.api.plugin.Plugin;
import org.tandem.api.plugin.PluginContext;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.api.plugin.SettingSpec;

/**
 * The entry of an archive that holds tests: starts the plugin's own entry, if it has one, and
 * serves the test runner beside it.
 */
public final class TestedPlugin implements Plugin {

  /** A resource of the archive: what the packager found and chose. */
  public static final String PROPERTIES = "tandem-testkit.properties";

  /** The prefix of the runner's route. */
  public static final String ROUTE = "route";

  /** The class name of the plugin's own entry; empty for none. */
  public static final String ENTRY = "entry";

  private static volatile @Nullable PluginContext running;

  private @Nullable Plugin tested;

  /** What the plugin was started with, for the tests. */
  static PluginContext context() {
    PluginContext context = running;
    if (context == null) {
      throw new IllegalStateException("the plugin under test does not run");
    }
    return context;
  }

  @Override
  public void start(PluginContext context) throws PluginRefusal {
    Properties properties = properties();
    String entry = properties.getProperty(ENTRY);
    if (!entry.isEmpty()) {
      Plugin made = make(entry);
      made.start(context);
      tested = made;
    }
    running = context;
    context.host().routes().servlet(properties.getProperty(ROUTE), new InsideRunner());
  }

  @Override
  public void stop() {
    running = null;
    if (tested != null) {
      tested.stop();
      tested = null;
    }
  }

  @Override
  public List<Maintenance> maintenance() {
    String entry = properties().getProperty(ENTRY);
    return entry.isEmpty() ? List.of() : make(entry).maintenance();
  }

  @Override
  public List<SettingSpec> settings() {
    String entry = properties().getProperty(ENTRY);
    return entry.isEmpty() ? List.of() : make(entry).settings();
  }

  @Override
  public Optional<Maintenance> dataDeletion() {
    String entry = properties().getProperty(ENTRY);
    return entry.isEmpty() ? Optional.empty() : make(entry).dataDeletion();
  }

  private static Plugin make(String entry) {
    try {
      return Class.forName(entry).asSubclass(Plugin.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException unusable) {
      throw new IllegalStateException("plugin.class " + entry + " cannot be made", unusable);
    }
  }

  private static Properties properties() {
    Properties properties = new Properties();
    try (InputStream stream = TestedPlugin.class.getClassLoader().getResourceAsStream(PROPERTIES)) {
      properties.load(stream);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return properties;
  }
}
