package org.tandem.collab.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.collab.log.InMemoryLog;

/** One world, made from a seed: some minutes of writing under faults, then peace, then judgment. */
final class Simulation {

  private static final Delta EMPTY_PAGE = Delta.builder().insert("\n").build();
  private static final int PEACE = 200_000;
  private static final int SETTLES_WITHIN = 100;

  final Scheduler scheduler;
  final Invariants invariants;
  private final Profile profile;
  private final Variant variant;
  private final SimulatedNetwork network;
  private final FaultyLog.Database database;
  private final SimulatedDoorbell doorbell;
  private final SimulatedWiki wiki = new SimulatedWiki();
  private final SimulatedRights rights;
  private final SimulatedHost host;
  private final Told told;
  private final List<Saver> savers = new ArrayList<>();
  private final List<PageId> pages = new ArrayList<>();
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final List<SimulatedClient> clients = new ArrayList<>();
  private int lives;
  private boolean quiet;

  /**
   * @param variant what all its nodes are
   */
  Simulation(long seed, Variant variant) {
    this.variant = variant;
    scheduler = new Scheduler(seed);
    profile = Profile.of(scheduler);
    scheduler.note("world", profile.toString());
    network = new SimulatedNetwork(scheduler, profile.unreliable());
    doorbell = new SimulatedDoorbell(scheduler);
    InMemoryLog log = new InMemoryLog();
    if (variant == Variant.COMPACTION_WITHOUT_REGARD_TO_READERS) {
      log.packedFirst();
    }
    if (variant == Variant.DELETION_OF_MARKS) {
      log.deletesMarks();
    }
    rights = new SimulatedRights(scheduler, wiki);
    host = new SimulatedHost(this, profile);
    database = new FaultyLog.Database(scheduler, log, profile.unsure());
    told = new Told(log, database);
    invariants = new Invariants(log, database, told);
  }

  /** Runs a world to its end. */
  void run() {
    for (int i = 0; i < profile.pages(); i++) {
      PageId page = new PageId(uuid());
      pages.add(page);
      wiki.add(page, EMPTY_PAGE);
    }
    for (int i = 0; i < profile.nodes(); i++) {
      start(i);
    }
    for (int i = 0; i < profile.clients(); i++) {
      SimulatedClient client = new SimulatedClient(this, "c" + i, oneOf(pages));
      clients.add(client);
      client.start();
    }
    for (int i = 0; i < pages.size(); i++) {
      boolean broken = variant == Variant.SAVE_REPEATED_AS_ANOTHER;
      savers.add(new Saver(this, i, pages.get(i), broken));
    }
    new Faults(this, profile).start();
    host.start();
    scheduler.runUntil(profile.seconds() * 1_000L);
    peace();
    invariants.judge(this);
  }

  private void peace() {
    scheduler.note("world", "peace");
    quiet = true;
    database.peace();
    network.peace(scheduler.chance(0.5));
    for (SimulatedNode node : nodes) {
      node.log().away(false);
      node.process().resume();
    }
    startTheDead();
    network.changed();
    host.peace();
    clients.forEach(SimulatedClient::comeHome);
    long end = scheduler.now() + PEACE;
    while (scheduler.now() < end && !settled()) {
      scheduler.runUntil(scheduler.now() + SETTLES_WITHIN);
      // One that was being stopped as peace came has ended meanwhile.
      startTheDead();
    }
  }

  private void startTheDead() {
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).process().dead()) {
        start(i);
      }
    }
  }

  private boolean settled() {
    return savers.stream().allMatch(Saver::settled)
        && clients.stream().allMatch(client -> client.settled() && isAtHead(client))
        && pages.stream().allMatch(page -> wiki.savedAlone(page).isEmpty() || nobodyIsOn(page));
  }

  /** What was saved alone waits for the next who comes. */
  private boolean nobodyIsOn(PageId page) {
    return clients.stream().noneMatch(client -> client.page.equals(page) && !client.shutOut());
  }

  private boolean isAtHead(SimulatedClient client) {
    return client.shutOut() || wiki.isDeleted(client.page) || client.rev() == head(client);
  }

  private long head(SimulatedClient client) {
    return invariants.head(client.page);
  }

  /** Starts a node, in the place of one that ended. */
  void start(int place) {
    String name = "n" + place + "-" + ++lives;
    scheduler.note(name, "starts");
    var log = new FaultyLog(database);
    var node =
        new SimulatedNode(
            name, scheduler, network, doorbell, log, wiki, rights, told, profile.checks(), variant);
    if (place < nodes.size()) {
      told.died(nodes.get(place).toString());
      nodes.set(place, node);
    } else {
      nodes.add(node);
    }
    node.start();
  }

  // --- what clients and faults ask --------------------------------------------------------------

  UUID uuid() {
    return new UUID(scheduler.random.nextLong(), scheduler.random.nextLong());
  }

  <T> T oneOf(List<T> all) {
    return all.get(scheduler.random.nextInt(all.size()));
  }

  /** A node as a load balancer without knowledge picks it: it may be stopped, or dead. */
  SimulatedNode anyNode() {
    return oneOf(nodes);
  }

  List<SimulatedNode> nodes() {
    return nodes;
  }

  List<SimulatedClient> clients() {
    return clients;
  }

  List<Saver> savers() {
    return savers;
  }

  List<PageId> pages() {
    return pages;
  }

  SimulatedHost host() {
    return host;
  }

  /** Whether a plugin checks changes. */
  boolean checks() {
    return profile.checks();
  }

  SimulatedWiki wiki() {
    return wiki;
  }

  SimulatedRights rights() {
    return rights;
  }

  SimulatedNetwork network() {
    return network;
  }

  FaultyLog.Database database() {
    return database;
  }

  /** Whether everybody has stopped writing. */
  boolean quiet() {
    return quiet;
  }

  int pace() {
    return scheduler.between(1, 2 * profile.pace());
  }

  /** Whether a new connection has a slow reader. */
  boolean slow() {
    return scheduler.chance(0.05);
  }
}
