package org.tandem.wiki.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.wiki.maintenance.MaintainedPlugin;
import org.tandem.wiki.plugin.archive.ArchiveFiles;
import org.tandem.wiki.plugin.archive.PluginArchive;
import org.tandem.wiki.plugin.loading.Declared;
import org.tandem.wiki.plugin.loading.LifeTimes;
import org.tandem.wiki.plugin.loading.LoadedPlugins;
import org.tandem.wiki.settings.AdminSettings;

/** The plugins of a folder for a program that starts none of them. */
public final class IdlePlugins {

  private static final Logger LOG = LoggerFactory.getLogger(IdlePlugins.class);

  private IdlePlugins() {}

  /**
   * The plugins that the wiki had when it ran last, with what each offers to admins; disabled
   * plugins too. Before its first start, those in the plugins folder. An archive that cannot be
   * used is left out, with a line in the log.
   *
   * @param data the wiki's data folder
   * @param unpacked an empty folder, which must stay as long as what is returned is used
   */
  public static List<MaintainedPlugin> of(
      Path archives, Path data, Path unpacked, AdminSettings settings) {
    LoadedPlugins loaded =
        new LoadedPlugins(
            unpacked,
            (id, declared) -> {
              throw new IllegalStateException("no plugin starts here");
            },
            LifeTimes.USUAL);
    PluginClasses classes = new PluginClasses(unpacked, loaded);
    Map<String, MaintainedPlugin> found = new LinkedHashMap<>();
    for (Path file : files(archives, data)) {
      try {
        PluginArchive archive = PluginArchive.read(file);
        // The first of two with one id, as in the wiki.
        found.computeIfAbsent(
            archive.id(), id -> maintained(archive, classes.declared(archive), settings));
      } catch (PluginRefusal refusal) {
        LOG.warn("{} is left off: {}", file, refusal.getMessage());
      }
    }
    return List.copyOf(found.values());
  }

  private static MaintainedPlugin maintained(
      PluginArchive archive, Declared declared, AdminSettings settings) {
    return new MaintainedPlugin(
        archive.id(),
        archive.version(),
        false,
        declared.maintenance(),
        ScopedSettings.of(archive.id(), settings, declared.settings()));
  }

  private static List<Path> files(Path archives, Path data) {
    PluginFolders folders = PluginFolders.of(archives, data);
    try {
      Optional<List<Path>> inUse = new ArchiveFiles(folders.copies()).remembered();
      return inUse.isPresent() ? inUse.get() : folders.list();
    } catch (IOException unreadable) {
      LOG.warn("The plugins in {} cannot be read: {}", archives, unreadable.toString());
      return List.of();
    }
  }
}
