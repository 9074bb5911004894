package org.tandem.collab;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.document.DocumentCheck;
import org.tandem.api.host.AccessControl;
import org.tandem.api.host.Host;
import org.tandem.api.host.Pages;
import org.tandem.api.plugin.MetricsText;
import org.tandem.api.plugin.PluginContext;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.collab.clock.HybridClock;
import org.tandem.collab.cluster.Cluster;
import org.tandem.collab.cluster.ClusterRefusal;
import org.tandem.collab.cluster.jgroups.JGroupsCluster;
import org.tandem.collab.cluster.jgroups.OwnSecret;
import org.tandem.collab.cluster.postgres.PostgresDoorbell;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.log.hibernate.HibernateCompaction;
import org.tandem.collab.log.hibernate.HibernateLog;
import org.tandem.collab.log.resilience4j.Guard;
import org.tandem.collab.log.resilience4j.GuardedLog;
import org.tandem.collab.protocol.FrameDecoder;
import org.tandem.collab.protocol.Limits;
import org.tandem.collab.runtime.Node;
import org.tandem.collab.runtime.Ports;
import org.tandem.collab.runtime.Threads;
import org.tandem.collab.telemetry.Telemetry;
import org.tandem.collab.telemetry.micrometer.MicrometerTelemetry;
import org.tandem.collab.transport.PageSockets;
import org.tandem.collab.transport.SignInWatch;
import org.tandem.collab.transport.TicketServlet;
import org.tandem.collab.transport.Tickets;

/** Makes the parts, joins them, and ends them in the opposite order. */
final class Wiring implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Wiring.class);

  /** With the log's readers fewer than there are threads for pages. */
  private static final int HOST_QUESTIONS = 16;

  /** What a start waits for pages that are opened before anybody comes. */
  private static final int WARM_UP_SECONDS = 3;

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  private Wiring() {}

  static Wiring start(PluginContext context) throws PluginRefusal {
    Wiring wiring = new Wiring();
    try {
      wiring.build(context);
      return wiring;
    } catch (ClusterRefusal refused) {
      wiring.close();
      // A node beside the cluster would save pages past the others: it must not serve at all.
      throw PluginRefusal.ofNode(refused.getMessage());
    } catch (PluginRefusal refused) {
      wiring.close();
      throw refused;
    } catch (RuntimeException failed) {
      wiring.close();
      log.error("Co-editing failed at its start", failed);
      throw PluginRefusal.ofNode("Co-editing failed at its start, and the log says why: " + failed);
    }
  }

  private void build(PluginContext context) throws PluginRefusal, ClusterRefusal {
    Host host = context.host();
    CollabDatabase database = add(CollabDatabase.open(host.database()));
    Threads threads = add(new Threads());
    MicrometerTelemetry telemetry = add(new MicrometerTelemetry());
    Guard logGuard = database.guard(threads::later);
    Guard hostGuard = database.guard("The wiki's database", HOST_QUESTIONS, threads::later);
    logGuard.listen(open -> telemetry.breaker(Telemetry.Way.LOG, open));
    hostGuard.listen(open -> telemetry.breaker(Telemetry.Way.WIKI, open));
    DatabaseHealth health = new DatabaseHealth();
    logGuard.listen(health.log());
    hostGuard.listen(health.wiki());
    add(context.register(health));
    OperationLog operations = new GuardedLog(new HibernateLog(database.sessions()), logGuard);
    Pages pages = HostPorts.over(host.pages(), hostGuard);
    AccessControl access = HostPorts.over(host.access(), hostGuard);
    Cluster cluster =
        new JGroupsCluster(
            CollabSettings.cluster(context.settings()),
            database.pool(),
            new OwnSecret(context.dataFolder().resolve("cluster-secret")));
    String name = UUID.randomUUID().toString().substring(0, 8);
    HybridClock clock = new HybridClock(name, System::currentTimeMillis);
    Node node =
        new Node(
            new Ports(
                operations,
                new HibernateCompaction(database.sessions()),
                CollabSettings.history(context.settings()),
                cluster,
                new PostgresDoorbell(host.database()),
                pages,
                access,
                clock,
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
                new DocumentCheck(context.hooks()::formats),
                context.hooks(),
                Limits.DEFAULT,
                telemetry),
            threads);
    add(node);
    node.start();
    log.info("This node's stamps carry the name {}", name);
    add(host.access().onChange(node::accessChanged));
    add(host.pages().onDeleted(node::deleted));
    Tickets tickets = new Tickets(database.pool());
    add(host.routes().servlet("collab", new TicketServlet(host, tickets)));
    SignInWatch signIns = new SignInWatch(HostPorts.over(host.signIns(), hostGuard), node);
    signIns.start();
    add(
        host.routes()
            .socket("collab", new PageSockets(host, tickets, node, signIns, Limits.DEFAULT)));
    add(context.register(new Authority(node, operations, access)));
    add(context.register((MetricsText) telemetry::scrape));
    warmUp(node);
    // Ended first: the wiki must not save alone before it has all that was edited together.
    parts.push(node::handOver);
  }

  /**
   * Goes the way of a join before anybody does, since the first takes a JVM many times as long.
   * Only a courtesy: what takes longer goes on by itself.
   */
  private static void warmUp(Node node) {
    new FrameDecoder(Limits.DEFAULT)
        .decode("{\"t\":\"join\",\"client\":\"" + UUID.randomUUID() + "\",\"rev\":null}");
    try {
      node.openNewest().get(WARM_UP_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException late) {
      log.info("The pages that were changed last are not open yet: {}", late.toString());
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  private <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception fault) {
        log.warn("{} did not end well: {}", part.getClass().getSimpleName(), fault.toString());
      }
    }
  }
}
