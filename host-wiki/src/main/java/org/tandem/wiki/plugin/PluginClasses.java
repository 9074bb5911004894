package org.tandem.wiki.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.wiki.plugin.archive.PluginArchive;
import org.tandem.wiki.plugin.archive.UnpackedFolders;
import org.tandem.wiki.plugin.loading.Declared;
import org.tandem.wiki.plugin.loading.LoadedPlugins;

/**
 * The archives' classes on disk, and what plugins say of themselves. Threads: used by one thread at
 * a time; the maintenance by any.
 */
final class PluginClasses {

  private static final Logger LOG = LoggerFactory.getLogger(PluginClasses.class);

  private final UnpackedFolders unpacked;
  private final LoadedPlugins loaded;

  PluginClasses(Path folder, LoadedPlugins loaded) {
    this.unpacked = new UnpackedFolders(folder);
    this.loaded = loaded;
  }

  /** The folder of an archive that fits this wiki, unpacked. */
  Path unpack(PluginArchive archive) throws PluginRefusal {
    Fit.check(archive.descriptor());
    return unpacked.unpack(archive);
  }

  /** What the plugin offers; nothing, and a line in the log, when it cannot be asked. */
  Declared declared(PluginArchive archive) {
    return declared(archive, Level.WARN);
  }

  /**
   * The same of a plugin that has just failed, which was told already.
   *
   * @param told how the log is to tell that it cannot be asked
   */
  Declared declared(PluginArchive archive, Level told) {
    try {
      return loaded.declared(archive.id(), unpack(archive));
    } catch (PluginRefusal refusal) {
      LOG.atLevel(told)
          .setCause(refusal.getCause())
          .log("{} says nothing of itself: {}", archive.file(), refusal.getMessage());
      return Declared.NOTHING;
    }
  }

  /** Deletes what was unpacked from other archives. */
  void keepOnly(Set<PluginArchive> needed) {
    try {
      unpacked.keepOnly(needed);
    } catch (IOException inUse) {
      LOG.warn("Files of former plugins cannot be deleted: {}", inUse.getMessage());
    }
  }
}
