package org.tandem.wiki.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.plugin.Maintenance;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.wiki.plugin.archive.PluginArchive;
import org.tandem.wiki.plugin.archive.UnpackedFolders;
import org.tandem.wiki.plugin.loading.LoadedPlugins;

/**
 * The archives' classes on disk, and what plugins offer to admins without being started. Threads:
 * used by one thread at a time; the maintenance by any.
 */
final class PluginClasses {

  private static final Logger LOG = LoggerFactory.getLogger(PluginClasses.class);

  private final UnpackedFolders unpacked;
  private final LoadedPlugins loaded;

  /**
   * By the folder of the archive: one more class loader for each archive, not for each question.
   */
  private final Map<String, List<Maintenance>> maintenance = new HashMap<>();

  PluginClasses(Path folder, LoadedPlugins loaded) {
    this.unpacked = new UnpackedFolders(folder);
    this.loaded = loaded;
  }

  /** The folder of an archive that fits this wiki, unpacked. */
  Path unpack(PluginArchive archive) throws PluginRefusal {
    if (!loaded.fits(archive.requires())) {
      throw PluginRefusal.ofPlugin(
          "The plugin "
              + archive.id()
              + " "
              + archive.version()
              + " needs plugin API "
              + archive.requires()
              + ", and this wiki has "
              + LoadedPlugins.API_VERSION
              + ": install a version of the plugin that fits.");
    }
    return unpacked.unpack(archive);
  }

  /** What the plugin offers; nothing, and a line in the log, when it cannot be asked. */
  List<Maintenance> maintenance(PluginArchive archive) {
    return maintenance.computeIfAbsent(archive.folderName(), folder -> ask(archive));
  }

  private List<Maintenance> ask(PluginArchive archive) {
    try {
      return loaded.maintenance(archive.id(), unpack(archive));
    } catch (PluginRefusal refusal) {
      LOG.warn("{} offers no maintenance: {}", archive.file(), refusal.getMessage());
      return List.of();
    }
  }

  /** Deletes what was unpacked from other archives. */
  void keepOnly(Set<PluginArchive> needed) {
    maintenance
        .keySet()
        .retainAll(needed.stream().map(PluginArchive::folderName).collect(Collectors.toSet()));
    try {
      unpacked.keepOnly(needed);
    } catch (IOException inUse) {
      LOG.warn("Files of former plugins cannot be deleted: {}", inUse.getMessage());
    }
  }
}
