package org.tandem.wiki.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.plugin.Maintenance;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.wiki.plugin.archive.PluginArchive;
import org.tandem.wiki.plugin.loading.LoadedPlugins;
import org.tandem.wiki.plugin.route.PluginAssets;
import org.tandem.wiki.plugin.route.PluginRoutes;

/** Starts and stops single plugins. Threads: used by one thread at a time. */
public final class PluginStarts {

  private static final Logger LOG = LoggerFactory.getLogger(PluginStarts.class);

  private final HostServices services;
  private final PluginRoutes routes;
  private final PluginAssets assets;
  private final Contributions contributions;
  private final PluginFolders folders;
  private final LoadedPlugins loaded;
  private final PluginClasses classes;
  private final Map<String, PluginScope> scopes = new HashMap<>();

  public PluginStarts(
      HostServices services,
      PluginRoutes routes,
      PluginAssets assets,
      Contributions contributions,
      PluginFolders folders) {
    this.services = services;
    this.routes = routes;
    this.assets = assets;
    this.contributions = contributions;
    this.folders = folders;
    this.loaded =
        new LoadedPlugins(folders.unpacked(), id -> Objects.requireNonNull(scopes.get(id)));
    this.classes = new PluginClasses(folders.unpacked(), loaded);
  }

  boolean isRunning(String id) {
    return scopes.containsKey(id);
  }

  /** Starts it; when it refuses nothing of it is left. */
  void start(PluginArchive archive) throws PluginRefusal {
    Path folder = classes.unpack(archive);
    scopes.put(archive.id(), scope(archive, folder));
    try {
      loaded.start(archive.id(), folder);
    } catch (PluginRefusal refusal) {
      close(archive.id());
      throw refusal;
    }
    LOG.info("The plugin {} {} has started", archive.id(), archive.version());
  }

  private PluginScope scope(PluginArchive archive, Path folder) throws PluginRefusal {
    String place = "/" + archive.id() + "/" + archive.hash() + "/";
    try {
      PluginScope scope =
          new PluginScope(
              archive.id(),
              services,
              routes,
              contributions,
              folders.dataOf(archive.id()),
              "/plugins" + place);
      scope.remembered(assets.serve(place, folder.resolve("web")));
      return scope;
    } catch (IOException unusable) {
      throw PluginRefusal.ofPlugin(
          "The folders of the plugin "
              + archive.id()
              + " cannot be used: "
              + unusable.getMessage()
              + ".");
    }
  }

  /** Stops it; does nothing when it is not running. */
  void stop(String id) {
    if (scopes.containsKey(id)) {
      loaded.stop(id);
      close(id);
      LOG.info("The plugin {} has stopped", id);
    }
  }

  private void close(String id) {
    PluginScope scope = scopes.remove(id);
    if (scope != null) {
      scope.close();
    }
  }

  /** What it offers to admins, whether it runs or not. */
  List<Maintenance> maintenance(PluginArchive archive) {
    return classes.maintenance(archive);
  }

  /** Deletes what was unpacked from other archives. */
  void clearAway(Set<PluginArchive> needed) {
    classes.keepOnly(needed);
  }
}
