package org.tandem.collab.simulation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageId;

/** What the wiki and its admins do meanwhile, by the profile: rights, saves, deletions. */
final class SimulatedHost {

  private static final int TOLD_LATE = 1_000;
  private static final int CLEARED_WITHIN = 50;
  private static final List<Access> SOME =
      List.of(Access.EDIT, Access.EDIT, Access.VIEW, Access.NONE);

  private final Simulation world;
  private final Scheduler scheduler;
  private final Profile profile;
  private final Scheduler.Actor host;
  private final Set<PageId> cleared = new HashSet<>();

  SimulatedHost(Simulation world, Profile profile) {
    this.world = world;
    this.scheduler = world.scheduler;
    this.profile = profile;
    this.host = scheduler.actor("host");
  }

  void start() {
    every(profile.rightsEvery(), this::changeRight);
    every(profile.kept(), this::deleteHistory);
    every(profile.savesEvery(), () -> world.oneOf(world.savers()).save());
    every(3 * profile.savesEvery(), () -> world.oneOf(world.savers()).saveAlone());
    if (profile.deletes()) {
      host.in(scheduler.between(1, profile.seconds() * 1_000), this::deletePage);
    }
  }

  private void every(int millis, Runnable task) {
    if (millis > 0) {
      host.in(
          scheduler.between(1, 2 * millis),
          () -> {
            if (!world.quiet()) {
              task.run();
              every(millis, task);
            }
          });
    }
  }

  private void changeRight() {
    SimulatedClient client = world.oneOf(world.clients());
    Access access = world.oneOf(SOME);
    change(client, access);
  }

  private void change(SimulatedClient client, Access access) {
    scheduler.note(client.device, "gets " + access);
    world.rights().change(client.page, client.user.id(), access);
  }

  /** Most people get their rights back. */
  void peace() {
    for (SimulatedClient client : world.clients()) {
      Access now = world.rights().truth(client.page, client.user.id());
      if (!now.allows(Access.EDIT) && scheduler.chance(0.8)) {
        change(client, Access.EDIT);
      }
    }
  }

  private void deleteHistory() {
    long before = SimulatedNode.EPOCH + scheduler.now() - profile.kept();
    world.pages().forEach(page -> world.database().delete(page, before));
  }

  private void deletePage() {
    PageId page = world.oneOf(world.pages());
    scheduler.note(host, "deletes " + page);
    world.wiki().delete(page);
    for (SimulatedNode node : world.nodes()) {
      node.process().in(scheduler.between(1, TOLD_LATE), () -> tell(node, page));
    }
  }

  private void tell(SimulatedNode node, PageId page) {
    node.node().deleted(page);
    if (node.log().reached()) {
      node.process()
          .in(
              CLEARED_WITHIN,
              () -> {
                if (node.log().reached()) {
                  cleared.add(page);
                }
              });
    }
  }

  /** Whether a node heard that the page is deleted, and had the time to delete its log. */
  boolean cleared(PageId page) {
    return cleared.contains(page);
  }
}
