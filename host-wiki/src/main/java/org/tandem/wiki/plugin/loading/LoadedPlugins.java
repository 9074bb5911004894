package org.tandem.wiki.plugin.loading;

import java.nio.file.Path;
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
import org.tandem.api.plugin.PluginContext;
import org.tandem.api.plugin.PluginRefusal;

/**
 * The plugins that are loaded, each with a class loader of its own. Threads: used by one thread at
 * a time.
 */
public final class LoadedPlugins {

  /** The version of the plugin API that archives name in {@code plugin.requires}. */
  public static final String API_VERSION = "0.1.0";

  private final Function<String, PluginContext> contexts;
  private final DefaultPluginManager pf4j;

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
          ArchiveClassLoader loader =
              new ArchiveClassLoader(
                  FolderPluginManager.this, descriptor, LoadedPlugins.class.getClassLoader());
          loader.addArchive(folder);
          return loader;
        }
      };
    }
  }
}
