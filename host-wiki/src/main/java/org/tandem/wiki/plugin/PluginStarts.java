package org.tandem.wiki.plugin;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.tandem.api.plugin.PluginContext;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.api.plugin.SettingSpec;
import org.tandem.wiki.installation.Contribution;
import org.tandem.wiki.installation.UnderWay;
import org.tandem.wiki.plugin.archive.PluginArchive;
import org.tandem.wiki.plugin.archive.UnpackedFolders;
import org.tandem.wiki.plugin.loading.Declared;
import org.tandem.wiki.plugin.loading.LifeTimes;
import org.tandem.wiki.plugin.loading.LoadedPlugins;
import org.tandem.wiki.plugin.route.PluginAssets;
import org.tandem.wiki.plugin.route.PluginRoutes;
import org.tandem.wiki.settings.AdminSettings;
import org.tandem.wiki.settings.StartRefusal;

/**
 * Starts and stops single plugins. Threads: used by one thread at a time; what is registered can be
 * asked by any.
 */
public final class PluginStarts {

  private static final Logger LOG = LoggerFactory.getLogger(PluginStarts.class);

  private final HostServices services;
  private final PluginRoutes routes;
  private final PluginAssets assets;
  private final Contributions contributions;
  private final PluginFolders folders;
  private final LoadedPlugins loaded;
  private final PluginClasses classes;
  private final Map<String, PluginScope> scopes = new ConcurrentHashMap<>();
  private final LifeTimes times;
  private volatile Optional<UnderWay> underWay = Optional.empty();

  public PluginStarts(
      HostServices services,
      PluginRoutes routes,
      PluginAssets assets,
      Contributions contributions,
      PluginFolders folders,
      LifeTimes times) {
    this.services = services;
    this.routes = routes;
    this.assets = assets;
    this.contributions = contributions;
    this.folders = folders;
    this.times = times;
    this.loaded = new LoadedPlugins(folders.unpacked(), this::context, times);
    this.classes = new PluginClasses(folders.unpacked(), loaded);
  }

  private PluginContext context(String id, List<SettingSpec> declared) throws PluginRefusal {
    ScopedSettings.check(id, declared);
    PluginScope scope = Objects.requireNonNull(scopes.get(id));
    scope.declare(declared);
    List<String> strays = ScopedSettings.strays(id, settings(id), declared);
    if (!strays.isEmpty()) {
      LOG.warn(
          "Set and without effect, as the plugin {} has no such setting: {}",
          id,
          String.join(", ", strays));
    }
    return scope;
  }

  boolean isRunning(String id) {
    return scopes.containsKey(id);
  }

  /**
   * Looks whether it can be made at all, before anything is stopped for it.
   *
   * @throws PluginRefusal when its class is not there, or is no plugin
   */
  void check(PluginArchive archive) throws PluginRefusal {
    loaded.check(archive.id(), classes.unpack(archive));
  }

  /** Starts it; when it refuses nothing of it is left. */
  void start(PluginArchive archive) throws PluginRefusal {
    Path folder = classes.unpack(archive);
    boolean hadData = Files.exists(folders.data().resolve(archive.id()));
    scopes.put(archive.id(), scope(archive, folder));
    begin(UnderWay.Step.STARTING, archive.id(), archive.version(), times.start());
    try {
      loaded.start(archive.id(), folder);
    } catch (PluginRefusal refusal) {
      close(archive.id());
      if (!hadData) {
        dropEmptyData(archive.id());
      }
      throw refusal;
    } finally {
      underWay = Optional.empty();
    }
    LOG.info("The plugin {} {} has started", archive.id(), archive.version());
  }

  /** Of a plugin that never ran here nothing is left but what it has written. */
  private void dropEmptyData(String id) {
    try {
      Files.deleteIfExists(folders.data().resolve(id));
    } catch (DirectoryNotEmptyException written) {
      LOG.debug("The plugin {} has written something before it was refused", id);
    } catch (IOException inUse) {
      LOG.warn("The data folder of the plugin {} cannot be deleted: {}", id, inUse.getMessage());
    }
  }

  private PluginScope scope(PluginArchive archive, Path folder) throws PluginRefusal {
    String place = "/" + archive.id() + "/" + archive.hash() + "/";
    AdminSettings set = set();
    try {
      PluginScope scope =
          new PluginScope(
              archive.id(),
              archive.version(),
              services,
              set,
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

  private AdminSettings set() throws PluginRefusal {
    try {
      return services.settings().again();
    } catch (StartRefusal unreadable) {
      throw PluginRefusal.ofPlugin(String.valueOf(unreadable.getMessage()));
    }
  }

  /**
   * What is set for the plugin: as it was read when it was started, and as it is now for one that
   * does not run.
   */
  AdminSettings settings(String id) {
    PluginScope scope = scopes.get(id);
    if (scope != null) {
      return scope.set();
    }
    try {
      return services.settings().again();
    } catch (StartRefusal unreadable) {
      // Its start would say so; until then it is as it was when the node started.
      return services.settings();
    }
  }

  /** Stops it; does nothing when it is not running. */
  void stop(String id) {
    PluginScope scope = scopes.get(id);
    if (scope != null) {
      begin(UnderWay.Step.STOPPING, id, scope.version(), times.stop());
      try {
        loaded.stop(id);
        close(id);
      } finally {
        underWay = Optional.empty();
      }
      LOG.info("The plugin {} has stopped", id);
    }
  }

  private void begin(UnderWay.Step step, String id, String version, Duration most) {
    underWay = Optional.of(new UnderWay(id, version, step, Instant.now(), most.toSeconds()));
  }

  /** What is started or stopped just now. */
  Optional<UnderWay> underWay() {
    return underWay;
  }

  private void close(String id) {
    PluginScope scope = scopes.remove(id);
    if (scope != null) {
      scope.close();
    }
  }

  /** What it says of itself, whether it runs or not. */
  Declared declared(PluginArchive archive) {
    return classes.declared(archive);
  }

  /** The same of a plugin that has failed at its start, of which the log tells by itself. */
  Declared declaredOfFailed(PluginArchive archive) {
    return classes.declared(archive, Level.DEBUG);
  }

  /** What it has registered; nothing when it does not run. */
  List<Contribution> contributed(String id) {
    PluginScope scope = scopes.get(id);
    return scope == null ? List.of() : scope.contributed();
  }

  /** Deletes what was unpacked from other archives. */
  void clearAway(Set<PluginArchive> needed) {
    classes.keepOnly(needed);
  }

  /** Deletes the plugin's own files on this node. */
  void deleteData(String id) {
    try {
      UnpackedFolders.delete(folders.data().resolve(id));
    } catch (IOException inUse) {
      LOG.warn("The data folder of the plugin {} cannot be deleted: {}", id, inUse.getMessage());
    }
  }
}
