package org.tandem.wiki.plugin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.wiki.installation.Archives;
import org.tandem.wiki.installation.NodePlugin;
import org.tandem.wiki.installation.PluginState;
import org.tandem.wiki.installation.StoredArchive;
import org.tandem.wiki.installation.WantedPlugin;
import org.tandem.wiki.plugin.archive.ArchiveFiles;
import org.tandem.wiki.plugin.archive.Descriptor;
import org.tandem.wiki.plugin.archive.PluginArchive;
import org.tandem.wiki.plugin.archive.VersionRange;
import org.tandem.wiki.plugin.loading.Declared;

/**
 * The plugins of this node: it makes them as they are wanted. Threads: changed by one thread at a
 * time; what it has can be read by any.
 */
final class NodePlugins {

  private static final Logger LOG = LoggerFactory.getLogger(NodePlugins.class);

  private final PluginStarts starts;
  private final ArchiveFiles files;
  private final Archives archives;

  /** In the order in which they were started. */
  private volatile Map<String, Have> have = Map.of();

  /** Whether the start is over. */
  private boolean serves;

  /** The last refusal of a plugin that says that this node must not run. */
  private @Nullable PluginRefusal ending;

  NodePlugins(PluginStarts starts, ArchiveFiles files, Archives archives) {
    this.starts = starts;
    this.files = files;
    this.archives = archives;
  }

  Map<String, Have> all() {
    return have;
  }

  Optional<Have> of(String id) {
    return Optional.ofNullable(have.get(id));
  }

  /**
   * Makes the node have all plugins as they are wanted, those first that others need. What cannot
   * be made so is off, with its reason.
   *
   * @return whether anything has changed
   */
  boolean follow(List<WantedPlugin> wanted) {
    Map<String, Have> before = have;
    forget(wanted);
    // What stops goes first: it may be in the way of what starts.
    for (WantedPlugin one : wanted) {
      if (!one.isEnabled()) {
        follow(one);
      }
    }
    for (WantedPlugin one : inOrder(wanted)) {
      follow(one);
    }
    boolean changed = !before.equals(have);
    if (changed) {
      clearAway();
    }
    return changed;
  }

  /** The node has started: from now on it goes on whatever a plugin says. */
  void serves() {
    serves = true;
  }

  /** Why this node must not run, as a plugin has said; empty when none has. */
  Optional<PluginRefusal> ending() {
    return Optional.ofNullable(ending);
  }

  /** A plugin that is not in the list any more was removed, and its data is to go too. */
  private void forget(List<WantedPlugin> wanted) {
    Set<String> known = new HashSet<>(wanted.stream().map(WantedPlugin::id).toList());
    for (Have gone : List.copyOf(have.values())) {
      String id = gone.wanted().id();
      if (!known.contains(id)) {
        starts.stop(id);
        put(id, null);
        if (gone.wanted().state() == PluginState.REMOVED) {
          starts.deleteData(id);
        }
      }
    }
  }

  private void follow(WantedPlugin wanted) {
    Optional<Have> now = of(wanted.id());
    if (now.isPresent() && now.get().isDone(wanted)) {
      return;
    }
    try {
      if (wanted.isEnabled()) {
        start(wanted);
      } else {
        stop(wanted);
      }
    } catch (PluginRefusal refusal) {
      if (refusal.endsNode() && !serves) {
        // It ends the start, which tells of it.
        ending = refusal;
      } else if (now.isEmpty() || !now.get().reason().equals(refusal.getMessage())) {
        LOG.warn("{}", refusal.getMessage(), refusal.getCause());
      }
    }
  }

  /**
   * Has it run with the wanted archive; with another it is stopped first.
   *
   * @throws PluginRefusal when it cannot; it is off then, and this node remembers why
   */
  void start(WantedPlugin wanted) throws PluginRefusal {
    Optional<PluginArchive> found = Optional.empty();
    boolean waits = false;
    try {
      PluginArchive archive = archive(wanted.archive());
      found = Optional.of(archive);
      Optional<String> missing = missing(archive.descriptor());
      if (missing.isPresent()) {
        waits = true;
        throw PluginRefusal.ofPlugin(missing.get());
      }
      if (!runs(wanted)) {
        starts.stop(wanted.id());
        starts.check(archive);
        starts.start(archive);
      }
      put(wanted.id(), having(wanted, found, NodePlugin.State.RUNNING, "", false));
    } catch (PluginRefusal refusal) {
      starts.stop(wanted.id());
      put(
          wanted.id(),
          having(
              wanted, found, NodePlugin.State.FAILED, String.valueOf(refusal.getMessage()), waits));
      throw refusal;
    }
  }

  private boolean runs(WantedPlugin wanted) {
    return starts.isRunning(wanted.id())
        && of(wanted.id())
            .filter(now -> now.wanted().archive().equals(wanted.archive()))
            .isPresent();
  }

  /** Has it off; what it says of itself is asked all the same. */
  void stop(WantedPlugin wanted) {
    starts.stop(wanted.id());
    Optional<PluginArchive> found = Optional.empty();
    String reason = "";
    if (wanted.state() == PluginState.DISABLED) {
      try {
        found = Optional.of(archive(wanted.archive()));
      } catch (PluginRefusal missing) {
        reason = String.valueOf(missing.getMessage());
      }
    }
    put(wanted.id(), having(wanted, found, NodePlugin.State.OFF, reason, false));
  }

  /** Has it as it was before something was tried; null for not at all. */
  void restore(String id, @Nullable Have old) throws PluginRefusal {
    if (old == null) {
      starts.stop(id);
      put(id, null);
    } else if (old.isRunning()) {
      start(old.wanted());
    } else {
      starts.stop(id);
      put(id, old);
    }
  }

  /** The same at another count of changes: what was tried here has become what is wanted. */
  void confirm(WantedPlugin wanted) {
    of(wanted.id()).ifPresent(now -> put(wanted.id(), now.at(wanted)));
  }

  /** This node's copy of an archive. */
  PluginArchive archive(StoredArchive stored) throws PluginRefusal {
    return files.get(stored.hash(), file -> archives.write(stored, file));
  }

  /** What the plugin needs and does not run on this node, in a sentence; empty when all does. */
  Optional<String> missing(Descriptor plugin) {
    for (Descriptor.Dependency needed : plugin.dependencies()) {
      Optional<Have> other = of(needed.plugin()).filter(Have::isRunning);
      if (other.isEmpty()
          || !VersionRange.contains(needed.versions(), other.get().wanted().archive().version())) {
        return Optional.of(
            "The plugin "
                + plugin.id()
                + " needs the plugin "
                + needed
                + (other.isEmpty()
                    ? ", which does not run: install and enable that one first."
                    : ", and "
                        + other.get().wanted().archive().version()
                        + " runs: install a version that fits first."));
      }
    }
    return Optional.empty();
  }

  /** The plugins that run on this node and need this one. */
  List<String> dependents(String id) {
    return running()
        .filter(archive -> needs(archive, id).findAny().isPresent())
        .map(PluginArchive::id)
        .toList();
  }

  /**
   * Looks whether it could run here, before anything is stopped for it.
   *
   * @throws PluginRefusal when it cannot, or when another could not go on beside it
   */
  void check(WantedPlugin next) throws PluginRefusal {
    PluginArchive archive = archive(next.archive());
    Optional<String> unfit = missing(archive.descriptor()).or(() -> unfitFor(next));
    if (unfit.isPresent()) {
      throw PluginRefusal.ofPlugin(unfit.get());
    }
    starts.check(archive);
  }

  /** Which running plugin could not go on beside this version of one that it needs, if any. */
  private Optional<String> unfitFor(WantedPlugin next) {
    String version = next.archive().version();
    return running()
        .flatMap(
            archive ->
                needs(archive, next.id())
                    .filter(needed -> !VersionRange.contains(needed.versions(), version))
                    .map(
                        needed ->
                            "The plugin "
                                + archive.id()
                                + " needs "
                                + needed
                                + ", and this is "
                                + version
                                + ": disable "
                                + archive.id()
                                + " first, or install a version of it that fits."))
        .findFirst();
  }

  private Stream<PluginArchive> running() {
    return have.values().stream().filter(Have::isRunning).flatMap(one -> one.archive().stream());
  }

  private static Stream<Descriptor.Dependency> needs(PluginArchive archive, String id) {
    return archive.descriptor().dependencies().stream()
        .filter(needed -> needed.plugin().equals(id));
  }

  /** Those that are to run, each behind the ones that it needs. */
  private List<WantedPlugin> inOrder(List<WantedPlugin> wanted) {
    Map<String, WantedPlugin> left = new TreeMap<>();
    wanted.stream().filter(WantedPlugin::isEnabled).forEach(one -> left.put(one.id(), one));
    List<WantedPlugin> ordered = new ArrayList<>();
    while (!left.isEmpty()) {
      List<WantedPlugin> next =
          left.values().stream().filter(one -> needed(one).noneMatch(left::containsKey)).toList();
      // Plugins that need each other in a circle: none of them will find its like running.
      List<WantedPlugin> taken = next.isEmpty() ? List.copyOf(left.values()) : next;
      ordered.addAll(taken);
      taken.forEach(one -> left.remove(one.id()));
    }
    return ordered;
  }

  private Stream<String> needed(WantedPlugin one) {
    try {
      return archive(one.archive()).descriptor().dependencies().stream()
          .map(Descriptor.Dependency::plugin);
    } catch (PluginRefusal missing) {
      return Stream.empty();
    }
  }

  private Have having(
      WantedPlugin wanted,
      Optional<PluginArchive> archive,
      NodePlugin.State state,
      String reason,
      boolean waits) {
    boolean failed = state == NodePlugin.State.FAILED && !waits;
    Declared declared =
        archive
            .map(one -> failed ? starts.declaredOfFailed(one) : starts.declared(one))
            .orElse(Declared.NOTHING);
    return new Have(wanted, archive, state, reason, waits, declared);
  }

  private void put(String id, @Nullable Have now) {
    Map<String, Have> next = new LinkedHashMap<>(have);
    next.remove(id);
    if (now != null) {
      next.put(id, now);
    }
    have = Collections.unmodifiableMap(next);
  }

  /** Deletes the copies of archives that nobody wants any more. */
  void clearAway() {
    Set<PluginArchive> needed = new HashSet<>();
    Set<String> hashes = new HashSet<>();
    for (Have one : have.values()) {
      one.archive().ifPresent(needed::add);
      hashes.add(one.wanted().archive().hash());
      one.wanted().former().map(StoredArchive::hash).ifPresent(hashes::add);
    }
    starts.clearAway(needed);
    try {
      files.remember(
          needed.stream()
              .sorted(Comparator.comparing(PluginArchive::id))
              .map(PluginArchive::sha256)
              .toList());
      files.keepOnly(hashes);
    } catch (IOException inUse) {
      LOG.warn("Copies of former plugins cannot be deleted: {}", inUse.getMessage());
    }
  }

  /** Stops all, the last started first. */
  void stopAll() {
    List<String> ids = new ArrayList<>(have.keySet());
    Collections.reverse(ids);
    ids.forEach(starts::stop);
  }
}
