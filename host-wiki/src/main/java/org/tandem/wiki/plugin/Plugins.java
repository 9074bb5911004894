package org.tandem.wiki.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pf4j.DefaultPluginStatusProvider;
import org.pf4j.PluginStatusProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.wiki.maintenance.MaintainedPlugin;
import org.tandem.wiki.plugin.archive.PluginArchive;

/**
 * The plugins of this wiki, installed, enabled, upgraded and removed while it runs.
 *
 * <p>Life cycle: {@link #startAll} once, {@link #close} once. Threads: safe for use by any thread,
 * one change at a time.
 */
public final class Plugins implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);
  private static final long STOP_SECONDS = 20;

  private final PluginFolders folders;
  private final PluginStarts starts;
  private final PluginStatusProvider status;
  private final Map<String, PluginArchive> installed = new LinkedHashMap<>();

  public Plugins(PluginFolders folders, PluginStarts starts) {
    this.folders = folders;
    this.starts = starts;
    this.status = new DefaultPluginStatusProvider(folders.data());
  }

  /**
   * Starts what stands in the plugins folder. An archive that cannot be used is left off, with a
   * line in the log.
   *
   * @throws PluginRefusal when a plugin says that this node must not run
   */
  public synchronized void startAll() throws PluginRefusal {
    for (Path file : archives()) {
      try {
        PluginArchive archive = PluginArchive.read(file);
        PluginArchive other = installed.putIfAbsent(archive.id(), archive);
        if (other != null) {
          LOG.warn("{} is left off: {} has the same id", file, other.file());
        } else if (!status.isPluginDisabled(archive.id())) {
          starts.start(archive);
        }
      } catch (PluginRefusal refusal) {
        if (refusal.endsNode()) {
          throw refusal;
        }
        LOG.warn("{} is left off: {}", file, refusal.getMessage());
      }
    }
    starts.clearAway(Set.copyOf(installed.values()));
  }

  private List<Path> archives() {
    try {
      return folders.list();
    } catch (IOException unreadable) {
      LOG.warn(
          "The plugins folder {} cannot be read: {}", folders.archives(), unreadable.toString());
      return List.of();
    }
  }

  /** All plugins, running or not. */
  public synchronized List<InstalledPlugin> list() {
    return installed.values().stream()
        .map(
            archive ->
                new InstalledPlugin(
                    archive.id(), archive.version(), starts.isRunning(archive.id())))
        .toList();
  }

  /** All plugins, running or not, with what they offer to admins. */
  public synchronized List<MaintainedPlugin> maintained() {
    return installed.values().stream()
        .map(
            archive ->
                new MaintainedPlugin(
                    archive.id(),
                    archive.version(),
                    starts.isRunning(archive.id()),
                    starts.maintenance(archive)))
        .toList();
  }

  /**
   * Copies an archive into the plugins folder and starts it, in place of one with the same id. When
   * it refuses, everything is as before.
   *
   * @return the plugin's id
   */
  public synchronized String install(Path file) throws PluginRefusal {
    PluginArchive offered = PluginArchive.read(file);
    PluginArchive old = installed.get(offered.id());
    boolean wasRunning = starts.isRunning(offered.id());
    starts.stop(offered.id());
    try {
      starts.start(offered);
      installed.put(offered.id(), keep(offered, old));
      status.enablePlugin(offered.id());
    } catch (PluginRefusal refusal) {
      starts.stop(offered.id());
      if (old != null && wasRunning) {
        starts.start(old);
      }
      throw refusal;
    }
    return offered.id();
  }

  private PluginArchive keep(PluginArchive offered, @Nullable PluginArchive old)
      throws PluginRefusal {
    Path target = folders.archives().resolve(offered.id() + "-" + offered.version() + ".zip");
    try {
      Files.createDirectories(folders.archives());
      Path copy = Files.createTempFile(folders.archives(), "installing", ".part");
      Files.copy(offered.file(), copy, StandardCopyOption.REPLACE_EXISTING);
      Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE);
      if (old != null && !old.file().equals(target)) {
        Files.deleteIfExists(old.file());
      }
    } catch (IOException unwritable) {
      throw PluginRefusal.ofPlugin(
          "The plugins folder "
              + folders.archives()
              + " cannot be written: make it writable for the"
              + " wiki.");
    }
    return new PluginArchive(
        target, offered.id(), offered.version(), offered.hash(), offered.requires());
  }

  /** Stops it and deletes its archive; its data folder stays. Does nothing when it is not there. */
  public synchronized void remove(String id) throws PluginRefusal {
    starts.stop(id);
    PluginArchive archive = installed.remove(id);
    if (archive == null) {
      return;
    }
    try {
      Files.deleteIfExists(archive.file());
    } catch (IOException unwritable) {
      throw PluginRefusal.ofPlugin(
          "The archive "
              + archive.file()
              + " cannot be deleted: delete it by hand, or the plugin"
              + " is back after the next start.");
    }
    status.enablePlugin(id);
    starts.clearAway(Set.copyOf(installed.values()));
  }

  /** Stops it, and leaves it off after a restart of the wiki too. */
  public synchronized void disable(String id) {
    starts.stop(id);
    if (installed.containsKey(id)) {
      status.disablePlugin(id);
    }
  }

  /** Starts it, after a restart of the wiki too; does nothing when it is running. */
  public synchronized void enable(String id) throws PluginRefusal {
    PluginArchive archive = installed.get(id);
    if (archive == null) {
      throw PluginRefusal.ofPlugin("There is no plugin " + id + ": install it first.");
    }
    if (!starts.isRunning(id)) {
      starts.start(archive);
    }
    status.enablePlugin(id);
  }

  /** Stops all plugins, the last started first, but waits no longer than 20 s for them. */
  @Override
  public void close() {
    Thread stopping = new Thread(this::stopAll, "plugins-stop");
    stopping.setDaemon(true);
    stopping.start();
    try {
      stopping.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    if (stopping.isAlive()) {
      LOG.warn("A plugin did not stop within {} s", STOP_SECONDS);
    }
  }

  private synchronized void stopAll() {
    List<String> ids = new ArrayList<>(installed.keySet());
    Collections.reverse(ids);
    ids.forEach(starts::stop);
  }
}
