package org.tandem.wiki.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.wiki.installation.RefusedArchive;
import org.tandem.wiki.plugin.archive.Descriptor;
import org.tandem.wiki.plugin.archive.PluginArchive;

/**
 * Looks into the plugins folder every two seconds: an archive that is new there, and has not
 * changed between two looks, is offered. It is looked at and not listened for, since folders on
 * other machines tell nothing of themselves. One that was refused is offered again when a plugin
 * runs that it needs and that did not run then.
 *
 * <p>Life cycle: {@link #begin} once, then {@link #start}, then {@link #close}. Threads: the first
 * three are called by one thread; what was refused can be asked by any.
 */
final class FolderWatch implements AutoCloseable {

  /** Takes an archive. */
  @FunctionalInterface
  interface Taker {
    void take(PluginArchive archive, Instant changedAt) throws PluginRefusal;
  }

  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
  private static final long LOOK_MS = 2_000;

  /** How a file was at a look. */
  private record Look(long size, Instant changedAt) {}

  private final PluginFolders folders;
  private final Taker taker;
  private final Predicate<String> runs;
  private final Map<Path, Look> seen = new HashMap<>();
  private final Map<Path, Look> taken = new HashMap<>();
  private final Map<Path, String> refused = new ConcurrentSkipListMap<>();
  private final Map<Path, List<String>> missed = new HashMap<>();
  private final Map<Path, PluginArchive> passedOver = new ConcurrentSkipListMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean unreadable;

  /**
   * @param runs whether a plugin runs, by its id
   */
  FolderWatch(PluginFolders folders, Taker taker, Predicate<String> runs) {
    this.folders = folders;
    this.taker = taker;
    this.runs = runs;
  }

  /** The archives that stand there at the start, by file name; of two with one id the first. */
  List<PluginArchive> begin() {
    Map<String, PluginArchive> found = new HashMap<>();
    List<PluginArchive> inOrder = new ArrayList<>();
    looks()
        .forEach(
            (file, look) -> {
              seen.put(file, look);
              taken.put(file, look);
              try {
                PluginArchive archive = PluginArchive.read(file);
                PluginArchive other = found.putIfAbsent(archive.id(), archive);
                if (other != null) {
                  throw PluginRefusal.ofPlugin(
                      file + " is left off: " + other.file() + " has the same id.");
                }
                inOrder.add(archive);
              } catch (PluginRefusal refusal) {
                refuse(file, refusal);
              }
            });
    return inOrder;
  }

  /** When the file was put there, or changed. */
  Instant changedAt(Path file) {
    Look look = seen.get(file);
    return look == null ? Instant.EPOCH : look.changedAt();
  }

  /** Notes why a file is left off. */
  void refuse(Path file, PluginRefusal refusal) {
    String reason = String.valueOf(refusal.getMessage());
    LOG.warn("{} is left off: {}", file, reason, refusal.getCause());
    refused.put(file, reason);
  }

  /**
   * Notes that an archive is what is there already.
   *
   * @param reason why its admin may have expected something else; empty for no reason
   */
  void passOver(PluginArchive archive, Optional<String> reason) {
    reason.ifPresent(why -> LOG.info("{} is passed over: {}", archive.file(), why));
    passedOver.put(archive.file(), archive);
  }

  /** What stands there and changed nothing, by file name. */
  List<PluginArchive> passedOver() {
    return List.copyOf(passedOver.values());
  }

  /** What stands there and was refused, by file name. */
  List<RefusedArchive> refused() {
    return refused.entrySet().stream()
        .map(
            entry ->
                new RefusedArchive(String.valueOf(entry.getKey().getFileName()), entry.getValue()))
        .toList();
  }

  void start() {
    Thread thread = new Thread(this::run, "plugins-folder");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (!closed.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    Map<Path, Look> now = looks();
    seen.keySet().retainAll(now.keySet());
    taken.keySet().retainAll(now.keySet());
    refused.keySet().retainAll(now.keySet());
    passedOver.keySet().retainAll(now.keySet());
    missed.keySet().retainAll(now.keySet());
    missed.forEach(
        (file, ids) -> {
          if (ids.stream().anyMatch(runs)) {
            taken.remove(file);
          }
        });
    now.forEach(
        (file, look) -> {
          boolean still = look.equals(seen.put(file, look));
          if (still && !look.equals(taken.get(file))) {
            take(file, look);
          }
        });
  }

  private void take(Path file, Look look) {
    refused.remove(file);
    missed.remove(file);
    passedOver.remove(file);
    List<String> needed = List.of();
    try {
      PluginArchive archive = PluginArchive.read(file);
      needed =
          archive.descriptor().dependencies().stream().map(Descriptor.Dependency::plugin).toList();
      taker.take(archive, look.changedAt());
      taken.put(file, look);
    } catch (PluginRefusal refusal) {
      taken.put(file, look);
      missed.put(file, needed.stream().filter(id -> !runs.test(id)).toList());
      refuse(file, refusal);
    } catch (RuntimeException away) {
      // It is offered again at the next look.
      LOG.warn("{} cannot be installed just now: {}", file, away.toString());
    }
  }

  private Map<Path, Look> looks() {
    Map<Path, Look> found = new java.util.TreeMap<>();
    try {
      for (Path file : folders.list()) {
        found.put(file, new Look(Files.size(file), Files.getLastModifiedTime(file).toInstant()));
      }
      unreadable = false;
    } catch (IOException | UncheckedIOException failure) {
      if (!unreadable) {
        LOG.warn(
            "The plugins folder {} cannot be read: {}", folders.archives(), failure.toString());
      }
      unreadable = true;
    }
    return found;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
