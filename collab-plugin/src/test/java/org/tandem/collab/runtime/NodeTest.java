package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.Op;
import org.tandem.api.document.DocumentCheck;
import org.tandem.api.document.format.Formats;
import org.tandem.api.editor.SaveOutcome;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageId;
import org.tandem.api.host.SavedVersion;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.collab.Clients;
import org.tandem.collab.clock.HybridClock;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.cluster.Cluster;
import org.tandem.collab.cluster.ClusterView;
import org.tandem.collab.cluster.InMemoryDoorbells;
import org.tandem.collab.cluster.LoopNetwork;
import org.tandem.collab.cluster.NodeId;
import org.tandem.collab.cluster.Ownership;
import org.tandem.collab.log.InMemoryLog;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.page.Revision;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.ClientFrame;
import org.tandem.collab.protocol.ClientId;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.Limits;

/** The runtime with several nodes in one process, on an in-memory log and network. */
@Timeout(120)
class NodeTest {

  private static final Delta START = Delta.builder().insert("\n").build();

  private final PageId page = PageId.random();
  private final OnePageWiki wiki = new OnePageWiki(page, START);
  private final InMemoryLog log = new InMemoryLog();
  private static final List<String> NAMES = List.of("a", "b", "c");

  private final LoopNetwork network = new LoopNetwork();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Cluster> clusters = new ArrayList<>();
  private final AtomicLong clockOffset = new AtomicLong();

  /** The index of the node whose clock is an hour ahead of the others'; -1 for none. */
  private volatile int fast = -1;

  @BeforeEach
  void start() throws Exception {
    for (String name : NAMES) {
      Cluster cluster = network.port(name);
      Node node =
          new Node(
              new Ports(
                  log,
                  log,
                  Optional.empty(),
                  cluster,
                  new InMemoryDoorbells().bell(),
                  wiki,
                  wiki,
                  new HybridClock(name, () -> wallMillis(name)),
                  () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
                  new DocumentCheck(Formats.builtIn()),
                  Limits.DEFAULT),
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

  private long wallMillis(String name) {
    long ahead = fast == NAMES.indexOf(name) ? TimeUnit.HOURS.toMillis(1) : 0;
    return System.currentTimeMillis() + clockOffset.get() + ahead;
  }

  @AfterEach
  void stop() {
    nodes.forEach(Node::close);
    network.close();
  }

  private ScriptedClient join(int node) {
    ScriptedClient client = new ScriptedClient(page);
    client.join(nodes.get(node));
    return client;
  }

  /** The index of the node that gives the page's changes their order. */
  private int owner() {
    List<NodeId> all = clusters.stream().map(Cluster::self).toList();
    return all.indexOf(Ownership.owner(new ClusterView(all), page));
  }

  private static boolean isAcknowledged(ScriptedClient client, long rev) {
    return client.heard().stream()
        .anyMatch(
            frame -> frame.get("t").asText().equals("ack") && frame.get("rev").asLong() == rev);
  }

  private static Delta insert(int at, String text) {
    return Delta.builder().retain(at).insert(text).build();
  }

  private static String text(Delta document) {
    StringBuilder text = new StringBuilder();
    for (Op op : document.ops()) {
      text.append(op instanceof Op.Insert insert ? insert.text() : "*");
    }
    return text.toString();
  }

  private void assertConverged(List<ScriptedClient> clients) {
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

  @Test
  void bringsTheTextOfOneNodeToTheOthers() {
    List<ScriptedClient> clients = List.of(join(0), join(1), join(2));
    clients.get(0).type(insert(0, "hello"));
    clients.get(2).await("hello", client -> text(client.document()).equals("hello\n"));
    clients.get(1).await("hello", client -> text(client.document()).equals("hello\n"));
    assertConverged(clients);
  }

  @Test
  void tellsWhoIsThere() {
    ScriptedClient first = join(0);
    ScriptedClient second = join(1);
    first.await("told of the second", client -> peer(client, second.id, "joined"));
    second.await("told of the first", client -> peer(client, first.id, "joined"));
    second.cut();
    first.await("told of the end", client -> peer(client, second.id, "left"));
  }

  private static boolean peer(ScriptedClient client, ClientId id, String state) {
    for (JsonNode frame : client.heard()) {
      if (frame.get("t").asText().equals("peer")
          && frame.get("client").asText().equals(id.toString())
          && frame.get("state").asText().equals(state)) {
        return true;
      }
      for (JsonNode known : frame.path("peers")) {
        if (state.equals("joined") && known.get("client").asText().equals(id.toString())) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void convergesForManyWritersOnAllNodes() {
    long seed = Long.getLong("tandem.seed", System.nanoTime());
    System.err.println("NodeTest seed " + seed + " (repeat with -Dtandem.seed=" + seed + ")");
    Random random = new Random(seed);
    List<ScriptedClient> clients = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      clients.add(join(i % 3));
    }
    int words = 0;
    for (int round = 0; round < 60; round++) {
      for (ScriptedClient client : clients) {
        int length = client.document().length();
        int at = random.nextInt(length);
        if (random.nextInt(4) == 0 && at < length - 2) {
          client.type(Delta.builder().retain(at).retain(1, Attributes.of(Map.of())).build());
        }
        client.type(insert(at, "w" + words++ + "."));
      }
    }
    assertConverged(clients);
    String all = text(clients.get(0).document());
    int length = 0;
    for (int word = 0; word < words; word++) {
      length += ("w" + word + ".").length();
    }
    assertEquals(length + 1, all.length(), "every word once, though others stand inside some");
  }

  @Test
  void resumesWithoutLossOrRepetitionHoweverTheConnectionIsCut() {
    Random random = new Random(7);
    ScriptedClient steady = join(1);
    ScriptedClient shaky = join(0);
    for (int i = 0; i < 40; i++) {
      shaky.type(insert(0, "s" + i + " "));
      steady.type(insert(0, "t" + i + " "));
      if (random.nextBoolean()) {
        shaky.cut();
        shaky.type(insert(0, "offline" + i + " "));
        shaky.join(nodes.get(random.nextInt(3)));
      }
    }
    assertConverged(List.of(steady, shaky));
    String all = text(steady.document());
    for (int i = 0; i < 40; i++) {
      assertEquals(2, (" " + all).split(" s" + i + " ", -1).length, "s" + i);
      assertEquals(2, (" " + all).split(" t" + i + " ", -1).length, "t" + i);
    }
  }

  @Test
  void goesOnWhenTheOwnerIsGone() {
    List<ScriptedClient> clients = List.of(join(0), join(1), join(2));
    clients.get(0).type(insert(0, "before "));
    assertConverged(clients);
    // Each node in turn: one of the three is the owner.
    network.cut(clusters.get(0));
    clients.get(1).type(insert(0, "one "));
    clients.get(2).type(insert(0, "two "));
    assertConverged(List.of(clients.get(1), clients.get(2)));
    network.cut(clusters.get(1));
    clients.get(2).type(insert(0, "three "));
    clients.get(2).await("settled", ScriptedClient::settled);
    // The node that was cut off is fenced when it goes on as if nothing had happened.
    clients.get(0).type(insert(0, "zombie "));
    clients.get(0).await("settled", ScriptedClient::settled);
    assertEquals(
        "zombie three two one before".length(), text(clients.get(0).document()).trim().length());
    assertEquals(
        log.documentAt(page, clients.get(0).rev()).orElseThrow(), clients.get(0).document());
  }

  @Test
  void keepsChangesAtTheClientWhileTheLogIsAway() {
    ScriptedClient client = join(0);
    ScriptedClient other = join(1);
    log.away(true);
    client.type(insert(0, "kept "));
    client.await("told", told -> !told.errors.isEmpty());
    assertEquals("unavailable", client.errors.get(0).get("code").asText());
    log.away(false);
    client.type(insert(0, "and more "));
    assertConverged(List.of(client, other));
    assertEquals("and more kept \n", text(other.document()));
  }

  @Test
  void doesNotApplyTwiceWhatWasCommittedWithoutAnAnswer() {
    ScriptedClient client = join(0);
    ScriptedClient other = join(1);
    log.losesAnswers(true);
    client.type(insert(0, "once "));
    client.await("settled", ScriptedClient::settled);
    log.losesAnswers(false);
    client.type(insert(0, "more "));
    assertConverged(List.of(client, other));
    assertEquals("more once \n", text(other.document()));
  }

  /** The wiki's rights are in a database too; its silence once left a client without an answer. */
  @Test
  void answersWhileTheWikisDatabaseIsAway() {
    ScriptedClient client = join(0);
    wiki.away(true);
    client.type(insert(0, "kept "));
    client.await("told", told -> !told.errors.isEmpty());
    assertEquals("unavailable", client.errors.get(0).get("code").asText());
    ScriptedClient late = new ScriptedClient(page);
    late.connect(nodes.get(1));
    late.await("sent away", told -> told.closed().equals(Optional.of(CloseCode.OVERLOADED)));
    wiki.away(false);
    client.type(insert(0, "and more "));
    late.join(nodes.get(1));
    assertConverged(List.of(client, late));
    assertEquals("and more kept \n", text(late.document()));
  }

  /** A full disk once made the node append ten thousand times a second, without a word. */
  @Test
  void refusesWhatALogThatIsFullDoesNotTake() {
    ScriptedClient client = join(0);
    log.refuses(true);
    client.type(insert(0, "kept "));
    client.await("told", told -> !told.errors.isEmpty());
    assertEquals("unavailable", client.errors.get(0).get("code").asText());
    assertTrue(log.appends() < 5, log.appends() + " appends");
    log.refuses(false);
    client.type(insert(0, "and more "));
    assertConverged(List.of(client));
    assertEquals("and more kept \n", text(client.document()));
  }

  /** "Not saved" would be a lie here, and what is typed next would be lost with the repeat. */
  @Test
  void sendsAClientAwayWhoseChangeMayBeCommitted() {
    ScriptedClient client = join(owner());
    log.losesAnswers(true);
    log.stalls(true);
    client.type(insert(0, "once "));
    wiki.away(true);
    log.stalls(false);
    client.await("sent away", told -> told.closed().equals(Optional.of(CloseCode.OVERLOADED)));
    assertEquals(List.of(), client.errors);
    wiki.away(false);
    log.losesAnswers(false);
    client.join(nodes.get(1));
    client.type(insert(0, "more "));
    assertConverged(List.of(client));
    assertEquals("more once \n", text(client.document()));
  }

  /** The other nodes once heard nothing of a commit whose answer was lost. */
  @Test
  void tellsTheOtherNodesWhatWasCommittedWithoutAnAnswer() {
    List<ScriptedClient> clients = List.of(join(0), join(1), join(2));
    log.losesAnswers(true);
    clients.get(0).type(insert(0, "once "));
    for (ScriptedClient client : clients) {
      client.await("told", told -> text(told.document()).equals("once \n"));
    }
    log.losesAnswers(false);
    assertConverged(clients);
  }

  @Test
  void forgetsAClientThatLeftWhileItsJoinWaited() {
    ScriptedClient writer = join(0);
    log.stalls(true);
    writer.type(insert(0, "slow "));
    ScriptedClient gone = new ScriptedClient(page);
    gone.connect(nodes.get(0));
    gone.cut();
    log.stalls(false);
    writer.await("settled", ScriptedClient::settled);
    ScriptedClient last = join(0);
    assertTrue(peer(last, writer.id, "joined"));
    assertTrue(!peer(last, gone.id, "joined"), "a ghost is on the page");
  }

  /** With a code after which a client joins again: where clocks are wrong it may be the newer. */
  @Test
  void closesTheOlderOfTwoConnectionsOfOneClientOnDifferentNodes() {
    ScriptedClient first = join(0);
    ScriptedClient second = new ScriptedClient(page, first.id, first.user);
    ScriptedClient witness = join(2);
    clockOffset.set(TimeUnit.SECONDS.toMillis(20));
    second.join(nodes.get(1));
    first.await("closed", old -> old.closed().equals(Optional.of(CloseCode.OVERLOADED)));
    first.cut();
    ScriptedClient later = join(2);
    later.await("told of the second", told -> peer(told, first.id, "joined"));
    assertTrue(!peer(witness, first.id, "left"));
  }

  /** Another user's client, known from what it wrote, once could take its place and its seqs. */
  @Test
  void refusesTheClientOfAnotherUser() {
    ScriptedClient owner = join(0);
    owner.type(insert(0, "mine"));
    owner.await("settled", ScriptedClient::settled);
    for (boolean present : List.of(true, false)) {
      if (!present) {
        owner.cut();
      }
      for (Node node : nodes) {
        User somebody = new User(UserId.random(), "somebody", "#ffffff", false);
        ScriptedClient thief = new ScriptedClient(page, owner.id, somebody);
        thief.connect(node);
        thief.await("refused", told -> told.closed().equals(Optional.of(CloseCode.BAD_MESSAGE)));
        assertEquals("bad_message", thief.errors.get(0).get("code").asText());
      }
    }
    assertEquals(Optional.empty(), owner.closed());
  }

  /** The owner of a page may hear of a revision later than a client of another node. */
  @Test
  void takesAChangeOnARevisionThatIsStillOnItsWay() {
    ScriptedClient client = join(0);
    client.type(insert(0, "one "));
    client.await("settled", ScriptedClient::settled);
    Revision first = log.revisions(page, 0, 1).get(0);
    Revision unheard =
        new Revision(2, Clients.fresh(), 1, UserId.random(), insert(0, "two "), first.stamp());
    log.append(List.of(new OperationLog.Append(page, 1, List.of(unheard))));
    client.send(new ClientFrame.Op(2, 2, insert(8, "three ")));
    client.await("answered", told -> isAcknowledged(told, 3) || !told.errors.isEmpty());
    assertEquals(List.of(), client.errors);
    assertEquals("two one three \n", text(log.documentAt(page, 3).orElseThrow()));
  }

  @Test
  void stampsStayInOrderThroughARestartWithAClockThatIsBehind() throws Exception {
    ScriptedClient client = join(0);
    client.type(insert(0, "before "));
    client.await("settled", ScriptedClient::settled);
    client.cut();
    nodes.forEach(Node::close);
    nodes.clear();
    clockOffset.set(-TimeUnit.HOURS.toMillis(1));
    start();
    ScriptedClient again = join(1);
    again.type(insert(0, "after "));
    again.await("settled", ScriptedClient::settled);
    List<Revision> revisions = log.revisions(page, 0, 2);
    assertTrue(revisions.get(0).stamp().compareTo(revisions.get(1).stamp()) < 0);
  }

  /** A stamp too far ahead was refused, and the next owner gave the next revision a lower one. */
  @Test
  void stampsGrowOnAPageAfterAnOwnerWhoseClockWasFarAhead() {
    fast = owner();
    int other = (fast + 1) % NAMES.size();
    ScriptedClient client = join(other);
    client.type(insert(0, "before "));
    client.await("settled", ScriptedClient::settled);
    network.cut(clusters.get(fast));
    client.type(insert(0, "after "));
    client.await("settled", ScriptedClient::settled);
    List<Revision> revisions = log.revisions(page, 0, 2);
    assertTrue(revisions.get(0).stamp().compareTo(revisions.get(1).stamp()) < 0);
  }

  /**
   * A view tells of a stopped owner late, and of a slow one never: the log may be asked at once.
   */
  @Test
  void doesWithoutAnOwnerThatDoesNotAnswer() {
    int owner = owner();
    ScriptedClient client = join((owner + 1) % NAMES.size());
    ScriptedClient other = join((owner + 2) % NAMES.size());
    network.silence(clusters.get(owner));
    client.type(insert(0, "without "));
    other.type(insert(0, "owner "));
    assertConverged(List.of(client, other));
    assertTrue(client.errors.isEmpty() && other.errors.isEmpty());
  }

  /**
   * Another node committed the change and its news were lost: the owner knew the client's mark from
   * the log, which was above its own head, and waited for a commit of its own that never came.
   */
  @Test
  void answersWhatWasCommittedElsewhereAndNotHeardOf() throws Exception {
    ScriptedClient here = join(owner());
    for (int other = 1; other < NAMES.size(); other++) {
      ScriptedClient there = join((owner() + other) % NAMES.size());
      here.await("told of the other node", told -> peer(told, there.id, "joined"));
    }
    Submission save =
        new Submission(Clients.fresh(), 1, UserId.random(), 0, List.of(insert(0, "there ")), true);
    Stamp stamp = new Stamp(1 << 16, "elsewhere");
    var revision = new Revision(1, save.client(), 1, save.user(), save.changes().get(0), stamp);
    log.append(List.of(new OperationLog.Append(page, 0, List.of(revision))));
    SaveOutcome outcome = nodes.get(owner()).save(page, save).get(10, TimeUnit.SECONDS);
    assertEquals(new SaveOutcome.Saved(1), outcome);
    assertEquals(1, log.head(page));
  }

  @Test
  void entersASaveOnceThoughItIsRepeated() throws Exception {
    Submission save =
        new Submission(Clients.fresh(), 1, UserId.random(), 0, List.of(insert(0, "saved ")), true);
    for (Node node : nodes) {
      assertEquals(new SaveOutcome.Saved(1), node.save(page, save).get(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void publishesToTheWikiSoonAfterTheLastChange() throws Exception {
    ScriptedClient client = join(0);
    client.type(insert(0, "read me"));
    synchronized (wiki) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
      while (!text(wiki.held().document()).equals("read me\n")) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        assertTrue(left > 0, "not published in time");
        wiki.wait(left);
      }
    }
  }

  @Test
  void takesOverWhatTheWikiSavedAlone() throws Exception {
    ScriptedClient client = join(0);
    client.type(insert(0, "together "));
    client.await("settled", ScriptedClient::settled);
    UserId author = UserId.random();
    synchronized (wiki) {
      while (wiki.held().rev() != 1) {
        wiki.wait(5_000);
      }
      wiki.saveAlone(
          new SavedVersion(
              2,
              Delta.builder().insert("together alone\n").build(),
              Set.of(author),
              Instant.EPOCH));
    }
    client.cut();
    nodes.forEach(Node::close);
    nodes.clear();
    start();
    ScriptedClient again = join(2);
    assertEquals("together alone\n", text(again.document()));
    assertEquals(2, again.rev());
    assertEquals(author, log.revisions(page, 1, 2).get(0).user());
    assertEquals(List.of(), wiki.savedAlone(page));
  }

  /** A node without the plugin, on the same database, once lost what it saved to the next edit. */
  @Test
  void takesOverWhatIsSavedAloneBesideIt() throws Exception {
    ScriptedClient client = join(0);
    client.type(insert(0, "together "));
    client.await("settled", ScriptedClient::settled);
    synchronized (wiki) {
      while (wiki.held().rev() != 1) {
        wiki.wait(5_000);
      }
      Delta document = Delta.builder().insert("together alone\n").build();
      wiki.saveAlone(new SavedVersion(2, document, Set.of(UserId.random()), Instant.EPOCH));
    }
    client.type(insert(0, "more "));
    client.await("told", told -> text(told.document()).equals("more together alone\n"));
    assertConverged(List.of(client));
  }

  @Test
  void mergesABranchAndTellsTheRest() {
    ScriptedClient other = join(0);
    ScriptedClient branching = join(1);
    other.type(insert(0, "common "));
    assertConverged(List.of(other, branching));
    long base = branching.rev();
    branching.cut();
    other.type(insert(7, "online "));
    other.await("settled", ScriptedClient::settled);
    ScriptedClient back = join(1);
    back.send(new ClientFrame.Branch(1, base, List.of(insert(0, "off"), insert(3, "line "))));
    back.await("merged", client -> frame(client, "merged").isPresent());
    JsonNode merged = frame(back, "merged").orElseThrow();
    assertEquals(base + 2, merged.get("rev").asLong());
    other.await("the branch", client -> client.rev() == base + 2);
    assertEquals("offline common online \n", text(other.document()));
    assertEquals("[{\"retain\":15},{\"insert\":\"online \"}]", merged.get("delta").toString());
  }

  /** A repeated seq may hold anything: lengths that overflow closed the connection as a fault. */
  @Test
  void refusesARepeatedBranchThatNoDocumentCanTake() {
    ScriptedClient client = join(0);
    client.send(new ClientFrame.Branch(1, 0, List.of(insert(0, "off"), insert(3, "line"))));
    client.await("merged", told -> frame(told, "merged").isPresent());
    Delta wild = Delta.builder().delete(1 << 26).build();
    client.send(new ClientFrame.Branch(1, 0, Collections.nCopies(40, wild)));
    client.await("an error", told -> told.errors.size() == 1);
    assertEquals("bad_delta", client.errors.get(0).get("code").asText());
    client.send(new ClientFrame.Op(2, 1, insert(0, "still ")));
    client.await("the ack", told -> isAcknowledged(told, 2));
  }

  private static Optional<JsonNode> frame(ScriptedClient client, String type) {
    return client.heard().stream()
        .filter(frame -> frame.get("t").asText().equals(type))
        .findFirst();
  }

  @Test
  void entersASaveOfTheHostAmongTheChanges() throws Exception {
    ScriptedClient client = join(0);
    client.type(insert(0, "live "));
    client.await("settled", ScriptedClient::settled);
    for (Node node : nodes) {
      SaveOutcome outcome =
          node.save(
                  page,
                  new Submission(
                      Clients.fresh(), 1, UserId.random(), 0, List.of(insert(0, "saved ")), true))
              .get(10, TimeUnit.SECONDS);
      assertTrue(outcome instanceof SaveOutcome.Saved, outcome.toString());
    }
    client.await("the saves", late -> late.rev() == 4);
    assertEquals("live saved saved saved \n", text(client.document()));
  }

  @Test
  void refusesAndStoresNothing() {
    ScriptedClient client = join(0);
    client.send(new ClientFrame.Op(1, 0, insert(5, "past the end")));
    client.await("one error", told -> told.errors.size() == 1);
    client.send(new ClientFrame.Op(1, 99, insert(0, "future")));
    client.await("two errors", told -> told.errors.size() == 2);
    client.send(new ClientFrame.Op(2, 0, insert(0, "gap")));
    client.await("three errors", told -> told.errors.size() == 3);
    assertEquals(
        List.of("bad_delta", "bad_message", "bad_message"),
        client.errors.stream().map(error -> error.get("code").asText()).toList());
    assertEquals(List.of(), log.revisions(page, 0, 9));
  }

  @Test
  void refusesChangesOfWhoMayNotEdit() {
    ScriptedClient client = join(0);
    wiki.grant(client.user.id(), Access.VIEW);
    client.type(insert(0, "no"));
    client.await("refused", told -> !told.errors.isEmpty());
    assertEquals("forbidden", client.errors.get(0).get("code").asText());
    client.await("told of the access", told -> frame(told, "access").isPresent());
    assertEquals(List.of(), log.revisions(page, 0, 9));
  }

  @Test
  void closesTheSessionsOfADeletedPage() {
    ScriptedClient client = join(1);
    wiki.delete();
    nodes.forEach(node -> node.deleted(page));
    client.await("closed", told -> told.closed().equals(Optional.of(CloseCode.PAGE_GONE)));
  }

  @Test
  void finishesWhatIsCommittedAndSendsClientsElsewhereWhenItStops() {
    ScriptedClient client = join(0);
    client.type(insert(0, "last words"));
    client.await("settled", ScriptedClient::settled);
    nodes.remove(0).close();
    assertEquals(Optional.of(CloseCode.GOING_DOWN), client.closed());
    client.join(nodes.get(0));
    assertEquals("last words\n", text(client.document()));
  }

  @Test
  void refusesADivergedDocument() {
    ScriptedClient client = join(0);
    client.type(insert(0, "abc"));
    client.await("settled", ScriptedClient::settled);
    client.send(new ClientFrame.Check(1, "0".repeat(64)));
    client.await("closed", told -> told.closed().equals(Optional.of(CloseCode.DIVERGED)));
  }
}
