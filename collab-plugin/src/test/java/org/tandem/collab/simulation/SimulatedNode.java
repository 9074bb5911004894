package org.tandem.collab.simulation;

import java.util.Optional;
import org.tandem.api.document.DocumentCheck;
import org.tandem.api.document.format.Formats;
import org.tandem.collab.clock.HybridClock;
import org.tandem.collab.cluster.Cluster;
import org.tandem.collab.cluster.ClusterRefusal;
import org.tandem.collab.cluster.NodeId;
import org.tandem.collab.protocol.Limits;
import org.tandem.collab.runtime.Node;
import org.tandem.collab.runtime.Ports;
import org.tandem.collab.telemetry.Telemetry;

/** One life of a node: the real one, with a process that can be stopped and killed. */
final class SimulatedNode {

  /** Few, so that they do not all have a change in one turn. */
  private static final int READERS_AT_ONCE = 2;

  private static final long HAND_OVER = 10_000;
  static final long EPOCH = 1_700_000_000_000L;

  private final Scheduler.Actor process;
  private final Cluster cluster;
  private final FaultyLog log;
  private final SimulatedRights.OfNode rights;
  private final Node node;
  private long clockError;

  SimulatedNode(
      String name,
      Scheduler scheduler,
      SimulatedNetwork network,
      SimulatedDoorbell doorbell,
      FaultyLog log,
      SimulatedWiki wiki,
      SimulatedRights rights,
      Told told,
      boolean checks,
      Variant variant) {
    this.process = scheduler.actor(name);
    this.log = log;
    this.rights = rights.node(process, log);
    this.cluster = network.port(new NodeId(name), process);
    this.node =
        new Node(
            new Ports(
                variant.of(log, process),
                log,
                Optional.empty(),
                cluster,
                variant.of(doorbell.bell(process, log)),
                wiki,
                variant.of(this.rights),
                new HybridClock(name, () -> EPOCH + scheduler.now() + clockError),
                scheduler::now,
                new DocumentCheck(Formats.builtIn()),
                variant.of(new SimulatedHooks(scheduler, process, told, checks)),
                Limits.DEFAULT,
                Telemetry.SILENT),
            new SimulatedWorkers(scheduler, process),
            READERS_AT_ONCE);
  }

  void start() {
    try {
      node.start();
      rights.onChange(node::accessChanged);
    } catch (ClusterRefusal never) {
      throw new AssertionError(never);
    }
  }

  /**
   * Ends as an admin ends it: {@link Node#handOver} without its waiting, which gives up after a
   * while, and then the end of all work.
   */
  void stop() {
    process.in(
        0,
        () -> {
          node.drain().thenCompose(drained -> node.leave()).thenRun(node::close);
          process.in(HAND_OVER, node::close);
        });
  }

  Scheduler.Actor process() {
    return process;
  }

  Node node() {
    return node;
  }

  SimulatedRights.OfNode rights() {
    return rights;
  }

  FaultyLog log() {
    return log;
  }

  /** The wall clock is wrong by so many milliseconds from now on. */
  void clockError(long millis) {
    clockError = millis;
  }

  @Override
  public String toString() {
    return process.toString();
  }
}
