package org.tandem.collab.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.tandem.api.host.Access;
import org.tandem.api.host.AccessChange;
import org.tandem.api.host.AccessControl;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;
import org.tandem.api.host.UserId;
import org.tandem.collab.log.LogUnavailable;

/**
 * Who may do what, as the host keeps it, and as each node knows it: an answer may be half a second
 * old, and the news of a change comes late, in another order, or only as the news that any right
 * may have changed.
 */
final class SimulatedRights {

  private static final int OLD = 500;
  private static final int LATE = 1_000;
  private static final int LOST = 10_000;

  private record Right(PageId page, UserId user) {}

  private record Answer(Access access, long at) {}

  private final Scheduler scheduler;
  private final SimulatedWiki wiki;
  private final Map<Right, Access> rights = new HashMap<>();
  private final List<OfNode> nodes = new ArrayList<>();

  SimulatedRights(Scheduler scheduler, SimulatedWiki wiki) {
    this.scheduler = scheduler;
    this.wiki = wiki;
  }

  Access truth(PageId page, UserId user) {
    return wiki.isDeleted(page)
        ? Access.NONE
        : rights.getOrDefault(new Right(page, user), Access.EDIT);
  }

  boolean everChanged(PageId page, UserId user) {
    return rights.containsKey(new Right(page, user));
  }

  void change(PageId page, UserId user, Access access) {
    rights.put(new Right(page, user), access);
    nodes.removeIf(node -> node.process.dead());
    nodes.forEach(node -> node.revoked.remove(new Right(page, user)));
    for (OfNode node : nodes) {
      boolean lost = scheduler.chance(0.1);
      AccessChange change =
          lost
              ? new AccessChange(Optional.empty(), Optional.empty())
              : new AccessChange(Optional.of(page), Optional.of(user));
      node.process.in(scheduler.between(1, lost ? LOST : LATE), () -> node.hear(change));
    }
  }

  OfNode node(Scheduler.Actor process, FaultyLog log) {
    OfNode node = new OfNode(process, log);
    nodes.add(node);
    return node;
  }

  /** What one node knows. */
  final class OfNode implements AccessControl {
    private final Scheduler.Actor process;
    private final FaultyLog log;
    private final Map<Right, Answer> answers = new HashMap<>();
    private final Set<Right> revoked = new HashSet<>();
    private Consumer<AccessChange> listener = change -> {};

    OfNode(Scheduler.Actor process, FaultyLog log) {
      this.process = process;
      this.log = log;
    }

    private void hear(AccessChange change) {
      answers.clear();
      rights.forEach(
          (right, access) -> {
            boolean of = change.page().isEmpty() || change.page().get().equals(right.page);
            if (of && !access.allows(Access.EDIT)) {
              revoked.add(right);
            }
          });
      listener.accept(change);
    }

    /** Whether this node heard that the user may not edit the page, which is still so. */
    boolean revoked(PageId page, UserId user) {
      return revoked.contains(new Right(page, user)) && !truth(page, user).allows(Access.EDIT);
    }

    @Override
    public Access access(PageId page, UserId user) {
      Right right = new Right(page, user);
      Answer known = answers.get(right);
      if (known != null && scheduler.now() - known.at <= OLD) {
        return known.access;
      }
      if (!log.reached()) {
        throw new LogUnavailable("the wiki's database is away, as the seed wants", null);
      }
      Access now = truth(page, user);
      answers.put(right, new Answer(now, scheduler.now()));
      return now;
    }

    @Override
    public Registration onChange(Consumer<AccessChange> hears) {
      listener = hears;
      return () -> listener = change -> {};
    }
  }
}
