package org.tandem.wiki.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.wiki.maintenance.MaintainedPlugin;
import org.tandem.wiki.plugin.archive.PluginArchive;
import org.tandem.wiki.plugin.loading.LoadedPlugins;

/** The plugins of a folder for a program that starts none of them. */
public final class IdlePlugins {

  private static final Logger LOG = LoggerFactory.getLogger(IdlePlugins.class);

  private IdlePlugins() {}

  /**
   * What stands in the plugins folder, with what each offers to admins; disabled plugins too. An
   * archive that cannot be used is left out, with a line in the log.
   *
   * @param unpacked an empty folder, which must stay as long as what is returned is used
   */
  public static List<MaintainedPlugin> of(Path archives, Path unpacked) {
    LoadedPlugins loaded =
        new LoadedPlugins(
            unpacked,
            id -> {
              throw new IllegalStateException("no plugin starts here");
            });
    PluginClasses classes = new PluginClasses(unpacked, loaded);
    Map<String, MaintainedPlugin> found = new LinkedHashMap<>();
    for (Path file : files(new PluginFolders(archives, unpacked, unpacked))) {
      try {
        PluginArchive archive = PluginArchive.read(file);
        // The first of two with one id, as in the wiki.
        found.computeIfAbsent(
            archive.id(),
            id -> new MaintainedPlugin(id, archive.version(), false, classes.maintenance(archive)));
      } catch (PluginRefusal refusal) {
        LOG.warn("{} is left off: {}", file, refusal.getMessage());
      }
    }
    return List.copyOf(found.values());
  }

  private static List<Path> files(PluginFolders folders) {
    try {
      return folders.list();
    } catch (IOException unreadable) {
      LOG.warn(
          "The plugins folder {} cannot be read: {}", folders.archives(), unreadable.toString());
      return List.of();
    }
  }
}
