package org.tandem.wiki.plugin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.wiki.installation.ActOutcome;
import org.tandem.wiki.installation.Condition;
import org.tandem.wiki.installation.NodePlugin;
import org.tandem.wiki.installation.PluginState;
import org.tandem.wiki.installation.StoredArchive;
import org.tandem.wiki.installation.WantedPlugin;
import org.tandem.wiki.plugin.archive.ArchiveFiles;
import org.tandem.wiki.plugin.archive.PluginArchive;

/**
 * What admins have done with plugins: a change is tried on this node, then written where all nodes
 * see it. When it refuses, everything is as before. Threads: one at a time.
 */
final class PluginActs {

  private static final Logger LOG = LoggerFactory.getLogger(PluginActs.class);

  /** Deletes what the plugin of an archive has stored in the database. */
  @FunctionalInterface
  interface Deletion {
    void of(PluginArchive archive) throws PluginRefusal;
  }

  private final Plugins.Places places;
  private final ArchiveFiles files;
  private final NodePlugins node;
  private final Contributions contributions;
  private final NodeReports reports;

  /** Whether the plugins of this node have been started once. */
  private boolean serving;

  PluginActs(
      Plugins.Places places,
      ArchiveFiles files,
      NodePlugins node,
      Contributions contributions,
      NodeReports reports) {
    this.places = places;
    this.files = files;
    this.node = node;
    this.contributions = contributions;
    this.reports = reports;
  }

  /** From now on a plugin that ends its node only refuses. */
  void serves() {
    serving = true;
  }

  /**
   * Installs an archive, in place of one with the same id.
   *
   * @param enable false: one that is installed already stays as it is, enabled or not
   * @return with a notice when it was no upgrade
   */
  ActOutcome.Done install(PluginArchive offered, boolean enable, String by) throws PluginRefusal {
    Fit.check(offered.descriptor());
    PluginArchive copy = files.keep(offered);
    StoredArchive stored = new StoredArchive(copy.sha256(), copy.version(), copy.size());
    places.archives().store(copy.file(), stored, by);
    Optional<WantedPlugin> before = places.registry().plugin(copy.id());
    if (before.filter(now -> now.archive().equals(stored) && isDone(now)).isPresent()) {
      return new ActOutcome.Done(
          copy.id(),
          copy.id()
              + " "
              + copy.version()
              + " runs already, from this very archive: nothing was changed.");
    }
    WantedPlugin next =
        before.isEmpty()
            ? first(copy.id(), stored)
            : with(before.get(), enable ? PluginState.ENABLED : before.get().state(), stored);
    if (before.isEmpty() && !serving) {
      // It is started with all others: one that fails then is there all the same, with its reason.
      enter(next, by);
    } else if (next.isEnabled()) {
      tryOut(next, by);
      settle();
    } else {
      node.stop(changed(next, by));
      settle();
    }
    return new ActOutcome.Done(copy.id(), before.map(old -> notice(old, stored)).orElse(""));
  }

  private static String notice(WantedPlugin old, StoredArchive now) {
    boolean lower = old.state() != PluginState.REMOVED && now.compareVersion(old.archive()) < 0;
    return lower
        ? old.id()
            + " was taken down from "
            + old.archive().version()
            + " to "
            + now.version()
            + ": its page offers the way back."
        : "";
  }

  /** Has it wanted for the first time, as another node may have done that starts just now. */
  private void enter(WantedPlugin next, String by) throws PluginRefusal {
    Optional<WantedPlugin> entered = places.registry().change(next, by);
    if (entered.isEmpty() && !known(next.id()).archive().hash().equals(next.archive().hash())) {
      throw PluginRefusal.ofPlugin(
          "Another node has installed another archive of the plugin " + next.id() + " just now.");
    }
  }

  private static WantedPlugin first(String id, StoredArchive archive) {
    return new WantedPlugin(
        id, PluginState.ENABLED, archive, Optional.empty(), 0, Instant.EPOCH, "");
  }

  private static WantedPlugin with(WantedPlugin before, PluginState state, StoredArchive archive) {
    boolean same = before.archive().equals(archive);
    return new WantedPlugin(
        before.id(),
        state,
        archive,
        same ? before.former() : Optional.of(before.archive()),
        before.change(),
        before.changedAt(),
        before.changedBy());
  }

  /** Has this node run it, and then all; when this node cannot, it goes on as it was. */
  private void tryOut(WantedPlugin next, String by) throws PluginRefusal {
    node.check(next);
    Optional<Have> old = node.of(next.id());
    boolean done = false;
    boolean heldBack = contributions.isHeldBack();
    contributions.holdBack(heldBack || contributions.ordersChanges(next.id()));
    try {
      node.start(next);
      node.confirm(changed(next, by));
      done = true;
    } catch (PluginRefusal refused) {
      throw refused.endsNode() && serving
          ? PluginRefusal.ofPlugin(String.valueOf(refused.getMessage()))
          : refused;
    } finally {
      if (!done) {
        restore(next.id(), old.orElse(null));
      }
      contributions.holdBack(heldBack);
    }
  }

  private void restore(String id, @Nullable Have old) {
    try {
      node.restore(id, old);
    } catch (PluginRefusal broken) {
      LOG.error(
          "The plugin {} cannot go on as it was: {}", id, broken.getMessage(), broken.getCause());
    }
    settle();
  }

  private WantedPlugin changed(WantedPlugin next, String by) throws PluginRefusal {
    WantedPlugin changed =
        places
            .registry()
            .change(next, by)
            .orElseThrow(
                () ->
                    PluginRefusal.ofPlugin(
                        "The plugin "
                            + next.id()
                            + " was changed by somebody else just now: look at it again."));
    LOG.info(
        "{}: the plugin {} {} is {}",
        by,
        changed.id(),
        changed.archive().version(),
        changed.state().word());
    return changed;
  }

  /** Has all nodes run it; on this one it has started when this returns. */
  void enable(String id, String by) throws PluginRefusal {
    WantedPlugin now = known(id);
    if (isDone(now)) {
      return;
    }
    tryOut(with(now, PluginState.ENABLED, now.archive()), by);
    settle();
  }

  /** Goes back to the archive before the last upgrade. */
  void rollBack(String id, String by) throws PluginRefusal {
    WantedPlugin now = known(id);
    StoredArchive former =
        now.former()
            .orElseThrow(
                () ->
                    PluginRefusal.ofPlugin(
                        "There is no version of " + id + " before this one: upload it."));
    Fit.check(node.archive(former).descriptor());
    tryOut(with(now, PluginState.ENABLED, former), by);
    settle();
  }

  /** Has all nodes stop it; on this one it has ended when this returns. */
  void disable(String id, String by) throws PluginRefusal {
    end(id, PluginState.DISABLED, by);
  }

  /** The same, and takes it from the list; its data stays. */
  void remove(String id, String by) throws PluginRefusal {
    end(id, PluginState.REMOVED, by);
  }

  private void end(String id, PluginState state, String by) throws PluginRefusal {
    WantedPlugin now = known(id);
    List<String> dependents = node.dependents(id);
    if (!dependents.isEmpty()) {
      throw PluginRefusal.ofPlugin(
          "The plugin "
              + id
              + " is needed by "
              + String.join(", ", dependents)
              + ": disable that first.");
    }
    if (now.state() != state) {
      WantedPlugin changed = changed(with(now, state, now.archive()), by);
      if (contributions.ordersChanges(id)) {
        contributions.holdBack(true);
      }
      node.stop(changed);
      settle();
    }
  }

  private boolean isDone(WantedPlugin enabled) {
    return enabled.isEnabled() && runs(enabled) && runsEverywhere(enabled);
  }

  private boolean runsEverywhere(WantedPlugin one) {
    return Condition.of(one, places.nodes().alive()) == Condition.RUNNING;
  }

  private boolean runs(WantedPlugin one) {
    return node.of(one.id()).filter(Have::isRunning).isPresent();
  }

  private WantedPlugin known(String id) throws PluginRefusal {
    return places
        .registry()
        .plugin(id)
        .orElseThrow(
            () -> PluginRefusal.ofPlugin("There is no plugin " + id + ": install it first."));
  }

  /** Deletes what a removed plugin has stored, and forgets it; all nodes delete their folders. */
  void deleteData(String id, Deletion deletion) throws PluginRefusal {
    WantedPlugin removed = known(id);
    if (removed.state() != PluginState.REMOVED) {
      throw PluginRefusal.ofPlugin("The plugin " + id + " is installed: remove it first.");
    }
    boolean runsElsewhere =
        places.nodes().alive().stream()
            .flatMap(other -> other.of(id).stream())
            .anyMatch(one -> one.state() == NodePlugin.State.RUNNING);
    if (runs(removed) || runsElsewhere) {
      throw PluginRefusal.ofPlugin(
          "A node still runs the plugin " + id + ": try again in a moment.");
    }
    deletion.of(node.archive(removed.archive()));
    if (!places.registry().forget(removed)) {
      throw PluginRefusal.ofPlugin(
          "The data is deleted, but the plugin "
              + id
              + " was brought back meanwhile: disable and enable it, so that it begins anew.");
    }
    node.follow(places.registry().all());
    settle();
  }

  private void settle() {
    node.clearAway();
    reports.tellOrLater();
  }
}
