package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.Op;
import org.tandem.api.host.PageId;
import org.tandem.collab.clock.HybridClock;
import org.tandem.collab.cluster.Cluster;
import org.tandem.collab.cluster.ClusterView;
import org.tandem.collab.cluster.LoopNetwork;
import org.tandem.collab.cluster.NodeId;
import org.tandem.collab.cluster.Ownership;
import org.tandem.collab.log.InMemoryLog;

/**
 * Three nodes in one process, on an in-memory log and network, for tests of the runtime. Threads:
 * one test's.
 */
class ThreeNodes {

  static final Delta START = Delta.builder().insert("\n").build();

  final PageId page = PageId.random();

  final OnePageWiki wiki = new OnePageWiki(page, START);

  final InMemoryLog log = new InMemoryLog();

  static final List<String> NAMES = List.of("a", "b", "c");

  final LoopNetwork network = new LoopNetwork();

  final List<Node> nodes = new ArrayList<>();

  final List<Cluster> clusters = new ArrayList<>();

  final AtomicLong clockOffset = new AtomicLong();

  /** The index of the node whose clock is an hour ahead of the others'; -1 for none. */
  volatile int fast = -1;

  @BeforeEach
  void start() throws Exception {
    for (String name : NAMES) {
      Cluster cluster = network.port(name);
      Node node =
          new Node(
              TestPorts.of(log, cluster, wiki, new HybridClock(name, () -> wallMillis(name))),
              new Threads());
      node.start();
      nodes.add(node);
      clusters.add(cluster);
    }
    // A node that hears of another one later sends again what it has forwarded.
    List<Cluster> started = clusters.subList(clusters.size() - NAMES.size(), clusters.size());
    while (started.stream().anyMatch(one -> one.view().nodes().size() < NAMES.size())) {
      Thread.onSpinWait();
    }
  }

  long wallMillis(String name) {
    long ahead = fast == NAMES.indexOf(name) ? TimeUnit.HOURS.toMillis(1) : 0;
    return System.currentTimeMillis() + clockOffset.get() + ahead;
  }

  @AfterEach
  void stop() {
    nodes.forEach(Node::close);
    network.close();
  }

  ScriptedClient join(int node) {
    ScriptedClient client = new ScriptedClient(page);
    client.join(nodes.get(node));
    return client;
  }

  /** The index of the node that gives the page's changes their order. */
  int owner() {
    List<NodeId> all = clusters.stream().map(Cluster::self).toList();
    return all.indexOf(Ownership.owner(new ClusterView(all), page));
  }

  static boolean isAcknowledged(ScriptedClient client, long rev) {
    return client.heard().stream()
        .anyMatch(
            frame -> frame.get("t").asText().equals("ack") && frame.get("rev").asLong() == rev);
  }

  static Delta insert(int at, String text) {
    return Delta.builder().retain(at).insert(text).build();
  }

  static String text(Delta document) {
    StringBuilder text = new StringBuilder();
    for (Op op : document.ops()) {
      text.append(op instanceof Op.Insert insert ? insert.text() : "*");
    }
    return text.toString();
  }

  void assertConverged(List<ScriptedClient> clients) {
    clients.forEach(client -> client.await("settled", ScriptedClient::settled));
    long head = clients.stream().mapToLong(ScriptedClient::rev).max().orElseThrow();
    for (ScriptedClient client : clients) {
      client.await("at revision " + head, late -> late.rev() >= head);
    }
    Delta stored = log.documentAt(page, head).orElseThrow();
    for (ScriptedClient client : clients) {
      assertEquals(head, client.rev());
      assertEquals(stored, client.document());
    }
  }
}
