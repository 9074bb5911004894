package org.tandem.wiki.plugin;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.wiki.installation.ActOutcome;
import org.tandem.wiki.installation.Archives;
import org.tandem.wiki.installation.Nodes;
import org.tandem.wiki.installation.PluginState;
import org.tandem.wiki.installation.Registry;
import org.tandem.wiki.installation.WantedPlugin;
import org.tandem.wiki.maintenance.MaintainedPlugin;
import org.tandem.wiki.plugin.archive.ArchiveFiles;
import org.tandem.wiki.plugin.archive.PluginArchive;

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
  private final NodePlugins node;
  private final NodeReports reports;
  private final PluginActs acts;
  private final Contributions contributions;
  private final PluginStarts starts;
  private final Follower follower;
  private final FolderWatch folder;
  private final ActLock acting = new ActLock(ActLock.SOON);
  private final ScheduledExecutorService heartbeat =
      Executors.newSingleThreadScheduledExecutor(
          beat -> {
            Thread thread = new Thread(beat, "plugins-heartbeat");
            thread.setDaemon(true);
            return thread;
          });

  /** Whether its plugins are being stopped for good. */
  private volatile boolean closing;

  public Plugins(Places places, PluginStarts starts, Contributions contributions) {
    this.places = places;
    ArchiveFiles files = new ArchiveFiles(places.folders().copies());
    this.node = new NodePlugins(starts, files, places.archives());
    this.reports = new NodeReports(places.nodes(), node, contributions);
    this.acts = new PluginActs(places, files, node, contributions, reports);
    this.contributions = contributions;
    this.starts = starts;
    this.follower = new Follower(places.registry(), this::follow, this::rest);
    this.folder = new FolderWatch(places.folders(), this::offer, this::runs);
  }

  /**
   * Starts what the wiki is to have and what stands in the plugins folder, and follows the other
   * nodes and watches that folder from now on. What cannot be used is left off, with a line in the
   * log.
   *
   * @throws PluginRefusal when a plugin says that this node must not run
   */
  public void startAll() throws PluginRefusal {
    acting.run(this::start);
  }

  private void start() throws PluginRefusal {
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
        folder.refuse(offer.file(), refusal);
      }
    }
    node.follow(places.registry().all());
    if (node.ending().isPresent()) {
      throw node.ending().get();
    }
    node.serves();
    acts.serves();
    reports.tell();
    contributions.holdBack(reports.isOrderedElsewhere());
    folder.start();
    follower.start();
    heartbeat.scheduleWithFixedDelay(this::beat, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
  }

  private boolean runs(String id) {
    return node.of(id).filter(Have::isRunning).isPresent();
  }

  private boolean replaces(PluginArchive offer, WantedPlugin installed) {
    return offer.id().equals(installed.id())
        && Offer.of(offer, folder.changedAt(offer.file()), Optional.of(installed), Optional.empty())
            != Offer.NONE;
  }

  /** Takes an archive of the plugins folder, if it is one that the admin put there to be used. */
  private void offer(PluginArchive archive, Instant changedAt) throws PluginRefusal {
    acting.run(() -> consider(archive, changedAt));
  }

  private void consider(PluginArchive archive, Instant changedAt) throws PluginRefusal {
    Optional<WantedPlugin> installed = places.registry().plugin(archive.id());
    Offer offer =
        Offer.of(archive, changedAt, installed, places.registry().forgottenAt(archive.id()));
    if (offer == Offer.OLD) {
      throw PluginRefusal.ofPlugin(
          "The archive "
              + archive.file().getFileName()
              + " is no newer than what is installed of "
              + archive.id()
              + ": upload it on the page Administration to use it all the same.");
    } else if (offer == Offer.FORGOTTEN) {
      throw PluginRefusal.ofPlugin(
          "The plugin "
              + archive.id()
              + " was removed with its data after "
              + archive.file().getFileName()
              + " was put there: upload it, or put it there anew, to have it again.");
    } else if (offer != Offer.NONE) {
      acts().install(archive, offer == Offer.ENABLED, "the plugins folder");
    } else {
      folder.passOver(archive, Offer.whyNone(installed));
    }
  }

  /** Why an archive of the plugins folder is not used, as things stand now. */
  Optional<String> whyPassedOver(PluginArchive archive) {
    return Offer.whyNone(places.registry().plugin(archive.id()));
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

  NodeReports reports() {
    return reports;
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
                    settings(have)))
        .toList();
  }

  private ScopedSettings settings(Have have) {
    String id = have.wanted().id();
    return ScopedSettings.of(id, starts.settings(id), have.declared().settings());
  }

  /**
   * Installs an archive and starts it, in place of one with the same id. When it refuses,
   * everything is as before.
   *
   * @param by the name of the admin
   * @return the plugin's id
   */
  public String install(Path file, String by) throws PluginRefusal {
    return installed(file, by).plugin();
  }

  /** The same with what there is to say of it. */
  ActOutcome.Done installed(Path file, String by) throws PluginRefusal {
    return acting.take(() -> acts().install(PluginArchive.read(file), true, by));
  }

  /** Has all nodes run it; on this one it has started when this returns. */
  public void enable(String id, String by) throws PluginRefusal {
    acting.run(() -> acts().enable(id, by));
  }

  /** Goes back to the archive before the last upgrade. */
  public void rollBack(String id, String by) throws PluginRefusal {
    acting.run(() -> acts().rollBack(id, by));
  }

  /** Has all nodes stop it; on this one it has ended when this returns. */
  public void disable(String id, String by) throws PluginRefusal {
    acting.run(() -> acts().disable(id, by));
    // Whether others still go on with it is looked at by the follower.
    follower.hurry();
  }

  /** The same, and takes it from the list; its data stays. */
  public void remove(String id, String by) throws PluginRefusal {
    acting.run(() -> acts().remove(id, by));
    follower.hurry();
  }

  /** Deletes what a removed plugin has stored, and forgets the plugin on all nodes. */
  void deleteData(String id, PluginActs.Deletion deletion) throws PluginRefusal {
    acting.run(() -> acts().deleteData(id, deletion));
  }

  /** Is held while something is done; who holds it may do what is above. */
  ActLock acting() {
    return acting;
  }

  /** An act that waited while the node began to stop would start a plugin again. */
  private PluginActs acts() throws PluginRefusal {
    if (closing) {
      throw PluginRefusal.ofPlugin("This node is stopping: try again in a minute.");
    }
    return acts;
  }

  /** Follows what is wanted; called by the follower, now and then and when something changed. */
  private Follower.Pace follow() {
    return acting.take(this::lookAfterAll);
  }

  private Follower.Pace lookAfterAll() {
    if (closing) {
      return Follower.Pace.USUAL;
    }
    List<WantedPlugin> wanted = places.registry().all();
    if (wanted.stream().anyMatch(one -> contributions.ordersChanges(one.id()) && !isDone(one))) {
      // Before it ends or is replaced here: other nodes may still go on with it, or do so already.
      contributions.holdBack(true);
    }
    node.follow(wanted);
    reports.tell();
    boolean elsewhere = reports.isOrderedElsewhere();
    contributions.holdBack(elsewhere);
    return elsewhere && contributions.orders().isEmpty() ? Follower.Pace.SOON : Follower.Pace.USUAL;
  }

  private boolean isDone(WantedPlugin one) {
    return node.of(one.id()).filter(now -> now.isDone(one)).isPresent();
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
    closing = true;
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

  private void stopAll() {
    acting.run(node::stopAll);
  }
}
