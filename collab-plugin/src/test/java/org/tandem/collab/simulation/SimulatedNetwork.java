package org.tandem.collab.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tandem.collab.cluster.Cluster;
import org.tandem.collab.cluster.ClusterListener;
import org.tandem.collab.cluster.ClusterMessage;
import org.tandem.collab.cluster.ClusterView;
import org.tandem.collab.cluster.MessageCodec;
import org.tandem.collab.cluster.NodeId;

/**
 * The network between nodes, worse than the port promises: messages come late, and sometimes never,
 * twice, or after later ones; a view is news of some seconds ago.
 */
final class SimulatedNetwork {

  private static final int SLOW = 20;
  private static final int VERY_SLOW = 3_000;
  private static final int NOTICED_AFTER = 4_000;

  private final Scheduler scheduler;
  private double unreliable;
  private final MessageCodec codec = new MessageCodec();
  private final Map<NodeId, Port> ports = new TreeMap<>();
  private final Map<NodeId, Integer> sides = new HashMap<>();

  /**
   * @param unreliable how probable it is of a message that something happens to it
   */
  SimulatedNetwork(Scheduler scheduler, double unreliable) {
    this.scheduler = scheduler;
    this.unreliable = unreliable;
  }

  Cluster port(NodeId self, Scheduler.Actor process) {
    return new Port(self, process);
  }

  /** Splits the nodes in two that do not hear each other. */
  void split() {
    ports.keySet().forEach(node -> sides.put(node, scheduler.between(0, 1)));
    scheduler.note("network", "split " + sides);
    changed();
  }

  void heal() {
    sides.clear();
    scheduler.note("network", "healed");
    changed();
  }

  /**
   * No faults from now on.
   *
   * @param stays but for a split that stays, for which there is the doorbell
   */
  void peace(boolean stays) {
    unreliable = 0;
    heal();
    if (stays) {
      split();
    }
  }

  /** A process stopped, went on or died: the others see it after a while. */
  void changed() {
    ports.values().removeIf(port -> port.process.dead());
    ports.values().forEach(port -> port.look(scheduler.between(200, NOTICED_AFTER)));
  }

  private boolean hear(Port one, Port other) {
    return sides.getOrDefault(one.self, 0).equals(sides.getOrDefault(other.self, 0));
  }

  private final class Port implements Cluster {
    private final NodeId self;
    private final Scheduler.Actor process;
    private final Map<NodeId, Long> arrived = new HashMap<>();
    private @Nullable ClusterListener listener;
    private ClusterView view;

    Port(NodeId self, Scheduler.Actor process) {
      this.self = self;
      this.process = process;
      this.view = new ClusterView(List.of(self));
    }

    @Override
    public void start(ClusterListener hears) {
      listener = hears;
      ports.put(self, this);
      see();
      changed();
    }

    void look(long delay) {
      process.in(delay, this::see);
    }

    private void see() {
      if (ports.get(self) != this) {
        // Not started yet, or closed: it sees what it saw.
        return;
      }
      List<NodeId> seen = new ArrayList<>();
      for (Port port : ports.values()) {
        if (port == this || hear(this, port) && !port.process.paused() && !port.process.dead()) {
          seen.add(port.self);
        }
      }
      ClusterView now = new ClusterView(seen);
      if (!now.equals(view)) {
        List<NodeId> before = view.nodes();
        install(now);
        // Those that this one did not see have a new view too, whether they noticed or not.
        seen.stream()
            .filter(node -> !before.contains(node))
            .map(ports::get)
            .forEach(met -> met.process.in(scheduler.between(1, SLOW), met::again));
      }
    }

    private void again() {
      install(view);
    }

    private void install(ClusterView now) {
      view = now;
      if (listener != null) {
        scheduler.note(self, "sees " + now.nodes());
        listener.view(now);
      }
    }

    @Override
    public NodeId self() {
      return self;
    }

    @Override
    public ClusterView view() {
      return view;
    }

    @Override
    public void send(NodeId to, ClusterMessage message) {
      Port port = ports.get(to);
      if (port != null && port != this) {
        pass(port, codec.encode(message));
      }
    }

    @Override
    public void broadcast(ClusterMessage message) {
      byte[] bytes = codec.encode(message);
      List.copyOf(ports.values()).stream()
          .filter(port -> port != this)
          .forEach(port -> pass(port, bytes));
    }

    private void pass(Port to, byte[] bytes) {
      if (!hear(this, to)) {
        return;
      }
      long at = Math.max(arrived.getOrDefault(to.self, 0L), scheduler.now() + delay());
      if (scheduler.chance(unreliable)) {
        int fate = scheduler.between(0, 2);
        if (fate == 0) {
          return;
        }
        to.process.in(scheduler.between(0, VERY_SLOW), () -> to.take(self, bytes));
        if (fate == 1) {
          return;
        }
      }
      arrived.put(to.self, at);
      to.process.in(at - scheduler.now(), () -> to.take(self, bytes));
    }

    private int delay() {
      return scheduler.between(1, SLOW);
    }

    private void take(NodeId from, byte[] bytes) {
      if (listener != null) {
        listener.message(from, codec.decode(bytes));
      }
    }

    @Override
    public void close() {
      listener = null;
      ports.remove(self);
      changed();
    }
  }
}
