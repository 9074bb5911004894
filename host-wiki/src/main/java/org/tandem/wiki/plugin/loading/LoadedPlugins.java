package org.tandem.wiki.plugin.loading;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.pf4j.DefaultPluginManager;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginWrapper;
import org.pf4j.PropertiesPluginDescriptorFinder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.plugin.ApiVersion;
import org.tandem.api.plugin.Maintenance;
import org.tandem.api.plugin.Plugin;
import org.tandem.api.plugin.PluginContext;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.api.plugin.SettingSpec;

/**
 * The plugins that are loaded, each with a class loader of its own. Threads: used by one thread at
 * a time.
 */
public final class LoadedPlugins {

  private static final Duration ASKED = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(LoadedPlugins.class);

  /** Gives a plugin what it sees of its host. */
  @FunctionalInterface
  public interface Contexts {
    /**
     * @param id the plugin's
     * @param declared what can be set for it
     * @throws PluginRefusal when it cannot be started so
     */
    PluginContext of(String id, List<SettingSpec> declared) throws PluginRefusal;
  }

  private final Contexts contexts;
  private final LifeTimes times;
  private final FolderPluginManager pf4j;

  /**
   * @param folder of the unpacked archives
   * @param times that a plugin may take
   */
  public LoadedPlugins(Path folder, Contexts contexts, LifeTimes times) {
    this.contexts = contexts;
    this.times = times;
    this.pf4j = new FolderPluginManager(folder);
    pf4j.setSystemVersion(ApiVersion.current());
  }

  /**
   * Loads and starts the plugin in this folder; it stays loaded only when it has started.
   *
   * @throws PluginRefusal when it refuses or fails
   */
  public void start(String id, Path folder) throws PluginRefusal {
    try {
      pf4j.loadPlugin(folder);
    } catch (PluginRuntimeException failure) {
      throw PluginRefusal.ofPlugin(
          "The plugin " + id + " cannot be loaded: " + failure.getMessage() + ".");
    }
    pf4j.startPlugin(id);
    Optional<PluginRefusal> refusal = hosted(id).flatMap(HostedPlugin::refusal);
    if (refusal.isPresent()) {
      stop(id);
      throw refusal.get();
    }
    if (hosted(id).flatMap(HostedPlugin::started).isEmpty()) {
      stop(id);
      throw PluginRefusal.ofPlugin("The plugin " + id + " has not started, and the log says why.");
    }
  }

  /** Stops and unloads it; does nothing when it is not loaded. */
  public void stop(String id) {
    if (pf4j.getPlugin(id) != null) {
      pf4j.stopPlugin(id);
      if (pf4j.getPluginClassLoader(id) instanceof ArchiveClassLoader classes) {
        classes.sweep();
      }
      pf4j.unloadPlugin(id);
      RecordCaches.renew();
    }
  }

  /**
   * Looks up the class that the plugin in this folder names as its entry; none of its code runs.
   *
   * @throws PluginRefusal when it is not there, or is no plugin
   */
  public void check(String id, Path folder) throws PluginRefusal {
    try (PluginEntry entry = pf4j.entry(folder)) {
      entry.type();
    } catch (ClassNotFoundException missing) {
      throw unusable(id, "is not in the archive");
    } catch (ClassCastException other) {
      throw unusable(id, "does not implement Plugin");
    } catch (NoSuchMethodException hidden) {
      throw unusable(id, "has no public constructor without parameters");
    } catch (LinkageError broken) {
      throw unusable(id, "cannot be loaded: " + broken.getMessage());
    }
  }

  private static PluginRefusal unusable(String id, String why) {
    return PluginRefusal.ofPlugin(
        "The class that the plugin " + id + " names as its plugin.class " + why + ".");
  }

  /**
   * What the plugin in this folder says of itself. It is made for it and not started, from classes
   * of its own that end with the answer.
   *
   * @throws PluginRefusal when it cannot be asked
   */
  public Declared declared(String id, Path folder) throws PluginRefusal {
    List<Declared> answer = new CopyOnWriteArrayList<>();
    List<Throwable> failures = new CopyOnWriteArrayList<>();
    try (PluginEntry entry = pf4j.entry(folder)) {
      TimeBox.ends(
          ASKED,
          "plugin-ask-" + id,
          entry.classes(),
          () -> ask(id, folder, entry, answer, failures));
    } catch (RuntimeException failure) {
      failures.add(failure);
    }
    if (!answer.isEmpty()) {
      return answer.get(0);
    } else if (failures.isEmpty()) {
      throw PluginRefusal.ofPlugin(
          "The plugin "
              + id
              + " does not answer within "
              + ASKED.toSeconds()
              + " s what it offers.");
    }
    PluginRefusal refusal =
        PluginRefusal.ofPlugin("The plugin " + id + " failed when asked what it offers.");
    refusal.initCause(failures.get(0));
    throw refusal;
  }

  private void ask(
      String id, Path folder, PluginEntry entry, List<Declared> answer, List<Throwable> failures) {
    try {
      Plugin plugin = entry.make();
      answer.add(
          new Declared(
              enclosed(id, folder, plugin.maintenance()),
              plugin.settings(),
              plugin
                  .dataDeletion()
                  .map(
                      offered ->
                          EnclosedMaintenance.of(
                              () -> pf4j.entry(folder),
                              one -> one.dataDeletion().stream().toList(),
                              offered))));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError failure) {
      failures.add(failure);
    }
  }

  private List<Maintenance> enclosed(String id, Path folder, List<Maintenance> offered) {
    Map<String, Maintenance> byName = new LinkedHashMap<>();
    for (Maintenance maintenance : offered) {
      EnclosedMaintenance enclosed =
          EnclosedMaintenance.of(() -> pf4j.entry(folder), Plugin::maintenance, maintenance);
      if (!enclosed.isWellNamed() || byName.putIfAbsent(enclosed.name(), enclosed) != null) {
        LOG.warn("The plugin {} offers a maintenance with an unfit name: {}", id, enclosed.name());
      }
    }
    return List.copyOf(byName.values());
  }

  private Optional<HostedPlugin> hosted(String id) {
    return pf4j.getPlugin(id).getPlugin() instanceof HostedPlugin plugin
        ? Optional.of(plugin)
        : Optional.empty();
  }

  /** PF4J with our class loader and our entry class; its constructor calls these methods. */
  private final class FolderPluginManager extends DefaultPluginManager {

    FolderPluginManager(Path folder) {
      super(folder);
    }

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
      return new PropertiesPluginDescriptorFinder() {

        /** What needs what is looked after by the host; PF4J would stop others by itself. */
        @Override
        protected PluginDescriptor createPluginDescriptor(Properties properties) {
          Properties alone = new Properties();
          alone.putAll(properties);
          alone.remove(PLUGIN_DEPENDENCIES);
          return super.createPluginDescriptor(alone);
        }
      };
    }

    @Override
    protected PluginFactory createPluginFactory() {
      return this::host;
    }

    private HostedPlugin host(PluginWrapper wrapper) {
      return new HostedPlugin(wrapper, contexts, times);
    }

    @Override
    protected PluginLoader createPluginLoader() {
      return new PluginLoader() {
        @Override
        public boolean isApplicable(Path folder) {
          return true;
        }

        @Override
        public ClassLoader loadPlugin(Path folder, PluginDescriptor descriptor) {
          return classes(folder, descriptor);
        }
      };
    }

    private ClassLoader classes(Path folder, PluginDescriptor descriptor) {
      ArchiveClassLoader loader =
          new ArchiveClassLoader(this, descriptor, LoadedPlugins.class.getClassLoader());
      loader.addArchive(folder);
      return loader;
    }

    /** The entry of the plugin in this folder, with a class loader of its own. */
    PluginEntry entry(Path folder) {
      PluginDescriptor descriptor = getPluginDescriptorFinder().find(folder);
      return new PluginEntry(classes(folder, descriptor), descriptor.getPluginClass());
    }
  }
}
