package org.tandem.wiki.plugin.loading;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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
import org.tandem.api.plugin.Maintenance;
import org.tandem.api.plugin.PluginContext;
import org.tandem.api.plugin.PluginRefusal;

/**
 * The plugins that are loaded, each with a class loader of its own. Threads: used by one thread at
 * a time.
 */
public final class LoadedPlugins {

  /** The version of the plugin API that archives name in {@code plugin.requires}. */
  public static final String API_VERSION = "0.1.0";

  private static final Logger LOG = LoggerFactory.getLogger(LoadedPlugins.class);

  private final Function<String, PluginContext> contexts;
  private final FolderPluginManager pf4j;

  /**
   * @param folder of the unpacked archives
   * @param contexts gives a plugin, by its id, what it sees of its host
   */
  public LoadedPlugins(Path folder, Function<String, PluginContext> contexts) {
    this.contexts = contexts;
    this.pf4j = new FolderPluginManager(folder);
    pf4j.setSystemVersion(API_VERSION);
  }

  /** Whether plugins with this requirement fit the host. */
  public boolean fits(String requires) {
    try {
      return requires.equals("*")
          || pf4j.getVersionManager().checkVersionConstraint(API_VERSION, requires);
    } catch (RuntimeException noConstraint) {
      return false;
    }
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
  }

  /** Stops and unloads it; does nothing when it is not loaded. */
  public void stop(String id) {
    if (pf4j.getPlugin(id) != null) {
      pf4j.stopPlugin(id);
      pf4j.unloadPlugin(id);
    }
  }

  /**
   * What the plugin in this folder offers to admins. It is not started for it, and its classes are
   * loaded once more beside those of the plugin that may run.
   *
   * @throws PluginRefusal when it cannot be asked
   */
  public List<Maintenance> maintenance(String id, Path folder) throws PluginRefusal {
    try {
      PluginEntry entry = pf4j.entry(folder);
      return entry.within(() -> enclosed(id, entry, entry.make().maintenance()));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError failure) {
      LOG.error("The plugin {} failed when asked for its maintenance", id, failure);
      throw PluginRefusal.ofPlugin(
          "The plugin " + id + " failed when asked for its maintenance: " + failure + ".");
    }
  }

  private static List<Maintenance> enclosed(
      String id, PluginEntry entry, List<Maintenance> offered) {
    Map<String, Maintenance> byName = new LinkedHashMap<>();
    for (Maintenance maintenance : offered) {
      EnclosedMaintenance enclosed = EnclosedMaintenance.of(entry, maintenance);
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
      return new PropertiesPluginDescriptorFinder();
    }

    @Override
    protected PluginFactory createPluginFactory() {
      return this::host;
    }

    private HostedPlugin host(PluginWrapper wrapper) {
      return new HostedPlugin(wrapper, contexts.apply(wrapper.getPluginId()));
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
