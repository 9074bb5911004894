package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.PlainText;
import org.tandem.api.host.PageId;
import org.tandem.collab.clock.HybridClock;
import org.tandem.collab.cluster.Cluster;
import org.tandem.collab.cluster.LoopNetwork;
import org.tandem.collab.cluster.NodeId;
import org.tandem.collab.cluster.Ownership;
import org.tandem.collab.log.InMemoryLog;
import org.tandem.collab.protocol.CloseCode;

/** What clients and the other node see of a node that an admin stops. */
@Timeout(60)
class HandOverTest {

  private final PageId page = PageId.random();
  private final OnePageWiki wiki = new OnePageWiki(page, Delta.builder().insert("\n").build());
  private final InMemoryLog log = new InMemoryLog();
  private final LoopNetwork network = new LoopNetwork();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Threads> threads = new ArrayList<>();
  private final List<Cluster> clusters = new ArrayList<>();

  private Node owner;
  private Node other;
  private Cluster othersCluster;

  @BeforeEach
  void start() throws Exception {
    for (String name : List.of("a", "b")) {
      Cluster cluster = network.port(name);
      Threads workers = new Threads();
      Node node =
          new Node(
              TestPorts.of(log, cluster, wiki, new HybridClock(name, System::currentTimeMillis)),
              workers);
      threads.add(workers);
      node.start();
      nodes.add(node);
      clusters.add(cluster);
    }
    until(() -> clusters.stream().allMatch(one -> one.view().nodes().size() == 2));
    NodeId first = clusters.get(0).self();
    boolean firstOwns = Ownership.owner(clusters.get(0).view(), page).equals(first);
    owner = nodes.get(firstOwns ? 0 : 1);
    other = nodes.get(firstOwns ? 1 : 0);
    othersCluster = clusters.get(firstOwns ? 1 : 0);
  }

  @AfterEach
  void stop() {
    log.stalls(false);
    wiki.holdPublishing(false);
    nodes.forEach(Node::close);
    network.close();
  }

  /** Looks until it holds; the test's own bound ends it. */
  private static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      if (Thread.interrupted()) {
        throw new AssertionError("not in time");
      }
      Thread.yield();
    }
  }

  private ExecutorService background(Node node) {
    return (ExecutorService) threads.get(nodes.indexOf(node)).background();
  }

  private static Delta insert(String text) {
    return Delta.builder().insert(text).build();
  }

  private ScriptedClient join(Node node) {
    ScriptedClient client = new ScriptedClient(page);
    client.join(node);
    return client;
  }

  /** Types something whose commit does not end before the log goes on. */
  private void typeIntoAStall(ScriptedClient client, String text) {
    int before = log.appends();
    log.stalls(true);
    client.type(insert(text));
    until(() -> log.appends() > before);
  }

  private static long acks(ScriptedClient client) {
    return client.heard().stream().filter(frame -> frame.get("t").asText().equals("ack")).count();
  }

  @Test
  void answersWhatIsUnderWayBeforeItSendsClientsElsewhere() throws Exception {
    ScriptedClient client = join(owner);
    typeIntoAStall(client, "under way ");
    CompletableFuture<Void> drained = owner.drain();
    assertEquals(Optional.empty(), client.closed());
    log.stalls(false);
    drained.get(20, TimeUnit.SECONDS);
    assertEquals(Optional.of(CloseCode.GOING_DOWN), client.closed());
    assertEquals(1, acks(client));
  }

  @Test
  void waitsForTheOwnersAnswerToo() throws Exception {
    ScriptedClient client = join(other);
    typeIntoAStall(client, "forwarded ");
    CompletableFuture<Void> drained = other.drain();
    log.stalls(false);
    drained.get(20, TimeUnit.SECONDS);
    assertEquals(Optional.of(CloseCode.GOING_DOWN), client.closed());
    assertEquals(1, acks(client));
  }

  @Test
  void doesNotAnswerWhatComesWhileItStopsAndTheNextNodeEntersItOnce() throws Exception {
    ScriptedClient client = join(owner);
    typeIntoAStall(client, "one ");
    client.type(insert("two "));
    CompletableFuture<Void> drained = owner.drain();
    log.stalls(false);
    drained.get(20, TimeUnit.SECONDS);
    client.await("closed", told -> told.closed().equals(Optional.of(CloseCode.GOING_DOWN)));
    assertFalse(client.settled());
    client.join(other);
    client.await("settled", ScriptedClient::settled);
    assertEquals("two one \n", PlainText.of(client.document()));
    assertEquals(2, log.revisions(page, 0, 9).size());
    assertEquals(List.of(), client.errors);
  }

  /** A database that is slow must not keep people on a node that goes. */
  @Test
  void waitsForAnswersNoLongerThanASecond() throws Exception {
    ScriptedClient client = join(owner);
    typeIntoAStall(client, "slow ");
    owner.drain().get(5, TimeUnit.SECONDS);
    assertEquals(Optional.of(CloseCode.GOING_DOWN), client.closed());
    assertFalse(client.settled());
    client.connect(other);
    log.stalls(false);
    client.await("settled", ScriptedClient::settled);
    assertEquals(1, log.revisions(page, 0, 9).size());
  }

  @Test
  void leavesItsPagesToOthersBeforeItPublishes() throws Exception {
    ScriptedClient client = join(owner);
    client.type(insert("published late "));
    client.await("settled", ScriptedClient::settled);
    wiki.holdPublishing(true);
    owner.drain().get(5, TimeUnit.SECONDS);
    CompletableFuture<Void> left = owner.leave();
    until(() -> othersCluster.view().nodes().size() == 1);
    assertFalse(left.isDone());
    client.join(other);
    client.type(insert("goes on "));
    client.await("settled", ScriptedClient::settled);
    wiki.holdPublishing(false);
    left.get(20, TimeUnit.SECONDS);
    assertTrue(wiki.held().rev() >= 1);
  }

  /** A commit that took longer than a node waits for answers is published while the node ends. */
  @Test
  void endsAfterThePublishingThatIsUnderWay() throws Exception {
    other.close();
    ScriptedClient client = join(owner);
    typeIntoAStall(client, "late ");
    owner.handOver();
    wiki.holdPublishing(true);
    log.stalls(false);
    until(wiki::holdsPublishing);
    Thread closing = new Thread(owner::close);
    closing.start();
    until(() -> background(owner).isShutdown());
    until(() -> !closing.isAlive() || closing.getState() == Thread.State.TIMED_WAITING);
    assertTrue(closing.isAlive(), "the node has ended, and its publishing has not");
    wiki.holdPublishing(false);
    closing.join();
    assertEquals(1, wiki.held().rev());
    assertEquals(List.of(), log.unpublished());
  }
}
