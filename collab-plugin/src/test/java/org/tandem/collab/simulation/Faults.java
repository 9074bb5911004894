package org.tandem.collab.simulation;

import java.util.List;

/** What goes wrong, at random times: each fault ends after a while, and others come meanwhile. */
final class Faults {

  private static final int SHORT = 3_000;
  private static final int LONG = 40_000;
  private static final int CLOCK_OFF = 120_000;

  private final Simulation world;
  private final Scheduler scheduler;
  private final Profile profile;
  private final Scheduler.Actor fate;

  Faults(Simulation world, Profile profile) {
    this.world = world;
    this.scheduler = world.scheduler;
    this.profile = profile;
    this.fate = scheduler.actor("fate");
  }

  void start() {
    next();
  }

  private void next() {
    fate.in(
        scheduler.between(1, 2 * profile.faultEvery()),
        () -> {
          if (!world.quiet()) {
            strike();
            next();
          }
        });
  }

  private void strike() {
    int place = scheduler.random.nextInt(world.nodes().size());
    SimulatedNode node = world.nodes().get(place);
    SimulatedClient client = world.oneOf(world.clients());
    List<Runnable> faults =
        List.of(
            () -> kill(place, node),
            () -> stop(place, node),
            () -> pause(node),
            this::split,
            this::databaseAway,
            () -> cutFromDatabase(node),
            () -> node.clockError(scheduler.between(-CLOCK_OFF, CLOCK_OFF)),
            client::cut,
            () -> client.journey(lasting()));
    world.oneOf(faults).run();
  }

  private int lasting() {
    return scheduler.between(1, scheduler.chance(0.5) ? SHORT : LONG);
  }

  private void after(int millis, Runnable end) {
    fate.in(
        millis,
        () -> {
          if (!world.quiet()) {
            end.run();
          }
        });
  }

  private void kill(int place, SimulatedNode node) {
    if (node.process().dead()) {
      return;
    }
    scheduler.note(node, "killed");
    node.process().kill();
    world.network().changed();
    for (SimulatedClient client : world.clients()) {
      if (scheduler.chance(0.8)) {
        client.device.in(scheduler.between(1, 500), () -> client.reset(node));
      }
    }
    startAgain(place, node);
  }

  private void stop(int place, SimulatedNode node) {
    if (node.process().dead() || node.process().paused()) {
      return;
    }
    scheduler.note(node, "is stopped");
    node.stop();
    startAgain(place, node);
  }

  /** A node that was stopped may still be handing over: it is started once it has ended. */
  private void startAgain(int place, SimulatedNode node) {
    after(
        lasting(),
        () -> {
          if (world.nodes().get(place) != node) {
            return;
          }
          if (node.process().dead()) {
            world.start(place);
          } else {
            startAgain(place, node);
          }
        });
  }

  private void pause(SimulatedNode node) {
    if (node.process().dead()) {
      return;
    }
    scheduler.note(node, "paused");
    node.process().pause();
    world.network().changed();
    after(
        lasting(),
        () -> {
          scheduler.note(node, "goes on");
          node.process().resume();
          world.network().changed();
        });
  }

  private void split() {
    world.network().split();
    after(lasting(), world.network()::heal);
  }

  private void databaseAway() {
    world.database().away(true);
    after(lasting(), () -> world.database().away(false));
  }

  private void cutFromDatabase(SimulatedNode node) {
    scheduler.note(node, "cut from the database");
    node.log().away(true);
    after(lasting(), () -> node.log().away(false));
  }
}
