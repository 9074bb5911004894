package org.tandem.wiki.plugin;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.wiki.installation.Archives;
import org.tandem.wiki.installation.Condition;
import org.tandem.wiki.installation.NodePlugin;
import org.tandem.wiki.installation.NodeReport;
import org.tandem.wiki.installation.Nodes;
import org.tandem.wiki.installation.PluginState;
import org.tandem.wiki.installation.Registry;
import org.tandem.wiki.installation.StoredArchive;
import org.tandem.wiki.installation.WantedPlugin;
import org.tandem.wiki.maintenance.MaintainedPlugin;
import org.tandem.wiki.plugin.archive.ArchiveFiles;
import org.tandem.wiki.plugin.archive.PluginArchive;
import org.tandem.wiki.settings.AdminSettings;

/**
 * The plugins of this wiki, installed, enabled, upgraded and removed while it runs. What all nodes
 * are to have stands in the database; a change is tried on this node, then written there, and the
 * other nodes follow.
 *
 * <p>Life cycle: {@link #startAll} once, {@link #close} once. Threads: safe for use by any thread,
 * one change at a time; what the node has can be asked while a change goes on. Failure: {@link
 * UncheckedIOException} when the database does not answer; nothing was changed then.
 */
public final class Plugins implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);
  private static final long STOP_SECONDS = 20;
  private static final long BEAT_SECONDS = 5;

  /** What the plugins of a wiki are kept in, of all nodes and of this one. */
  public record Places(Registry registry, Archives archives, Nodes nodes, PluginFolders folders) {}

  private final Places places;
  private final ArchiveFiles files;
  private final NodePlugins node;
  private final Contributions contributions;
  private final AdminSettings settings;
  private final Follower follower;
  private final FolderWatch folder;
  private final ScheduledExecutorService heartbeat =
      Executors.newSingleThreadScheduledExecutor(
          beat -> {
            Thread thread = new Thread(beat, "plugins-heartbeat");
            thread.setDaemon(true);
            return thread;
          });

  /** What the other nodes can know of this one. */
  private List<NodePlugin> reported = List.of();

  public Plugins(
      Places places, PluginStarts starts, Contributions contributions, AdminSettings settings) {
    this.places = places;
    this.files = new ArchiveFiles(places.folders().copies());
    this.node = new NodePlugins(starts, files, places.archives());
    this.contributions = contributions;
    this.settings = settings;
    this.follower = new Follower(places.registry(), this::follow, this::rest);
    this.folder = new FolderWatch(places.folders(), this::offer);
  }

  /**
   * Starts what the wiki is to have and what stands in the plugins folder, and follows the other
   * nodes and watches that folder from now on. What cannot be used is left off, with a line in the
   * log.
   *
   * @throws PluginRefusal when a plugin says that this node must not run
   */
  public synchronized void startAll() throws PluginRefusal {
    List<PluginArchive> offered = folder.begin();
    List<WantedPlugin> wanted = places.registry().all();
    node.follow(
        wanted.stream()
            .filter(one -> offered.stream().noneMatch(offer -> replaces(offer, one)))
            .toList());
    for (PluginArchive offer : offered) {
      try {
        offer(offer, folder.changedAt(offer.file()));
      } catch (PluginRefusal refusal) {
        if (refusal.endsNode()) {
          throw refusal;
        }
        folder.refuse(offer.file(), String.valueOf(refusal.getMessage()));
      }
    }
    node.follow(places.registry().all());
    if (node.ending().isPresent()) {
      throw node.ending().get();
    }
    node.serves();
    report();
    contributions.holdBack(isOrderedElsewhere());
    folder.start();
    follower.start();
    heartbeat.scheduleWithFixedDelay(this::beat, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
  }

  private boolean replaces(PluginArchive offer, WantedPlugin installed) {
    return offer.id().equals(installed.id())
        && Offer.of(offer, folder.changedAt(offer.file()), Optional.of(installed)) != Offer.NONE;
  }

  /** Takes an archive of the plugins folder, if it is one that the admin put there to be used. */
  private synchronized void offer(PluginArchive archive, Instant changedAt) throws PluginRefusal {
    Optional<WantedPlugin> installed = places.registry().plugin(archive.id());
    Offer offer = Offer.of(archive, changedAt, installed);
    if (offer == Offer.OLD) {
      throw PluginRefusal.ofPlugin(
          "The archive "
              + archive.file().getFileName()
              + " is no newer than what is installed of "
              + archive.id()
              + ": upload it on the page Administration to use it all the same.");
    } else if (offer != Offer.NONE) {
      install(archive, offer == Offer.ENABLED, "the plugins folder");
    }
  }

  /** What this node has, the removed ones too. */
  public List<Have> have() {
    return List.copyOf(node.all().values());
  }

  Optional<Have> have(String id) {
    return node.of(id);
  }

  NodePlugins node() {
    return node;
  }

  /** How this node has its plugins, for the others. */
  List<NodePlugin> reports() {
    Optional<String> orders = contributions.orders();
    return node.all().values().stream()
        .map(have -> have.report(orders.filter(have.wanted().id()::equals).isPresent()))
        .toList();
  }

  /** All plugins, running or not, with what they offer to admins. */
  public List<MaintainedPlugin> maintained() {
    return node.all().values().stream()
        .filter(have -> have.wanted().state() != PluginState.REMOVED)
        .map(
            have ->
                new MaintainedPlugin(
                    have.wanted().id(),
                    have.wanted().archive().version(),
                    have.isRunning(),
                    have.declared().maintenance(),
                    ScopedSettings.of(have.wanted().id(), settings, have.declared().settings())))
        .toList();
  }

  /**
   * Installs an archive and starts it, in place of one with the same id. When it refuses,
   * everything is as before.
   *
   * @param by the name of the admin
   * @return the plugin's id
   */
  public synchronized String install(Path file, String by) throws PluginRefusal {
    return install(PluginArchive.read(file), true, by);
  }

  private String install(PluginArchive offered, boolean enable, String by) throws PluginRefusal {
    Fit.check(offered.descriptor());
    PluginArchive copy = files.keep(offered);
    StoredArchive stored = new StoredArchive(copy.sha256(), copy.version(), copy.size());
    places.archives().store(copy.file(), stored, by);
    Optional<WantedPlugin> before = places.registry().plugin(copy.id());
    WantedPlugin next =
        before.isEmpty()
            ? first(copy.id(), stored)
            : with(before.get(), enable ? PluginState.ENABLED : before.get().state(), stored);
    if (before.isEmpty() && !isServing()) {
      // It is started with all others: one that fails then is there all the same, with its reason.
      enter(next, by);
    } else if (next.isEnabled()) {
      tryOut(next, by);
      settle();
    } else {
      node.stop(changed(next, by));
      settle();
    }
    return copy.id();
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
    Optional<Have> old = node.of(next.id());
    boolean done = false;
    boolean heldBack = contributions.isHeldBack();
    contributions.holdBack(heldBack || ordersChanges(next.id()));
    try {
      node.start(next);
      node.confirm(changed(next, by));
      done = true;
    } catch (PluginRefusal refused) {
      throw refused.endsNode() && isServing()
          ? PluginRefusal.ofPlugin(String.valueOf(refused.getMessage()))
          : refused;
    } finally {
      if (!done) {
        restore(next.id(), old.orElse(null));
      }
      contributions.holdBack(heldBack);
    }
  }

  /** Whether this plugin orders the changes of pages, or was the last on this node to do so. */
  private boolean ordersChanges(String id) {
    return contributions.lastAuthority().filter(id::equals).isPresent();
  }

  private boolean isServing() {
    return follower.isStarted();
  }

  private void restore(String id, @Nullable Have old) {
    try {
      node.restore(id, old);
    } catch (PluginRefusal broken) {
      LOG.error("The plugin {} cannot go on as it was: {}", id, broken.getMessage());
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

  /** Tells the other nodes how this one has its plugins, and deletes what nobody wants. */
  private void settle() {
    node.clearAway();
    try {
      report();
    } catch (UncheckedIOException away) {
      LOG.debug("This node's plugins are told to the others by the follower", away);
    }
  }

  /** Tells the others how this node has its plugins, unless they know that already. */
  private void report() {
    List<NodePlugin> now = reports();
    boolean known = places.nodes().seen() && now.equals(reported);
    if (!known) {
      places.nodes().report(now);
      reported = now;
    }
  }

  private WantedPlugin known(String id) throws PluginRefusal {
    return places
        .registry()
        .plugin(id)
        .orElseThrow(
            () -> PluginRefusal.ofPlugin("There is no plugin " + id + ": install it first."));
  }

  /** Has all nodes run it; on this one it has started when this returns. */
  public synchronized void enable(String id, String by) throws PluginRefusal {
    WantedPlugin now = known(id);
    if (now.isEnabled() && runs(now) && runsEverywhere(now)) {
      return;
    }
    tryOut(with(now, PluginState.ENABLED, now.archive()), by);
    settle();
  }

  /** Goes back to the archive before the last upgrade. */
  public synchronized void rollBack(String id, String by) throws PluginRefusal {
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
  public void disable(String id, String by) throws PluginRefusal {
    end(id, PluginState.DISABLED, by);
  }

  /** The same, and takes it from the list; its data stays. */
  public void remove(String id, String by) throws PluginRefusal {
    end(id, PluginState.REMOVED, by);
  }

  private synchronized void end(String id, PluginState state, String by) throws PluginRefusal {
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
      if (ordersChanges(id)) {
        contributions.holdBack(true);
      }
      node.stop(changed);
      settle();
      // Whether others still go on with it is looked at by the follower.
      follower.hurry();
    }
  }

  /** Forgets a plugin whose data is deleted; all nodes delete their folders of it. */
  synchronized void forget(String id) {
    places.registry().forget(id);
    node.follow(places.registry().all());
    settle();
  }

  /** Follows what is wanted; called by the follower, now and then and when something changed. */
  private synchronized Follower.Pace follow() {
    List<WantedPlugin> wanted = places.registry().all();
    if (wanted.stream().anyMatch(one -> ordersChanges(one.id()) && !isDone(one))) {
      // Before it ends or is replaced here: other nodes may still go on with it, or do so already.
      contributions.holdBack(true);
    }
    node.follow(wanted);
    report();
    boolean elsewhere = isOrderedElsewhere();
    contributions.holdBack(elsewhere);
    return elsewhere && contributions.orders().isEmpty() ? Follower.Pace.SOON : Follower.Pace.USUAL;
  }

  private boolean isDone(WantedPlugin one) {
    return node.of(one.id()).filter(now -> now.isDone(one)).isPresent();
  }

  private boolean runsEverywhere(WantedPlugin one) {
    return Condition.of(one, places.nodes().alive()) == Condition.RUNNING;
  }

  private boolean runs(WantedPlugin one) {
    return node.of(one.id()).filter(Have::isRunning).isPresent();
  }

  /** Whether a plugin orders the changes of pages on another node. */
  private boolean isOrderedElsewhere() {
    return places.nodes().alive().stream()
        .filter(other -> !other.node().equals(places.nodes().own()))
        .flatMap((NodeReport other) -> other.plugins().stream())
        .anyMatch(NodePlugin::orders);
  }

  private void rest() {
    places.nodes().sweep();
    places.archives().sweep();
  }

  /** What stands in the plugins folder and was not installed. */
  FolderWatch folder() {
    return folder;
  }

  Places places() {
    return places;
  }

  /** Stops all plugins, the last started first, but waits no longer than 20 s for them. */
  @Override
  public void close() {
    heartbeat.shutdown();
    follower.close();
    folder.close();
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
    try {
      places.nodes().leave();
    } catch (UncheckedIOException away) {
      LOG.debug("The database is away: the others will notice that this node is gone", away);
    }
  }

  /** Without this a plugin that takes its time to start would have the node taken for dead. */
  private void beat() {
    try {
      places.nodes().seen();
    } catch (RuntimeException away) {
      LOG.debug("The other nodes do not hear of this one just now", away);
    }
  }

  private synchronized void stopAll() {
    node.stopAll();
  }
}
