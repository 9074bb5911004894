package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.DocumentCheck;
import org.tandem.api.document.format.Formats;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageId;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.collab.Clients;
import org.tandem.collab.clock.HybridClock;
import org.tandem.collab.cluster.LoopNetwork;
import org.tandem.collab.log.InMemoryLog;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.page.PageState;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientFrame;
import org.tandem.collab.protocol.ClientId;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.Decoded;

/** What small frames cost that make a page's past be read, and who they cost it. */
class MeteredPastTest {

  private static final int HEAD = 20_000;
  private static final Delta EMPTY_PAGE = Delta.builder().insert("\n").build();
  private static final Delta X = Delta.builder().insert("x").build();
  private static final Delta BEYOND = Delta.builder().retain(1_000).delete(1).build();

  private final PageId page = PageId.random();
  private final OnePageWiki wiki = new OnePageWiki(page, EMPTY_PAGE);
  private final LoopNetwork network = new LoopNetwork();
  private final Clockwork workers = new Clockwork();
  private final InMemoryLog log = new InMemoryLog();
  private final HybridClock clock = new HybridClock("a", workers::now);
  private final Node node =
      new Node(TestPorts.of(log, network.port("a"), wiki, clock, workers::now), workers);

  /** Whose only change is the first revision. */
  private ScriptedClient first;

  @BeforeEach
  void start() throws Exception {
    log.create(page, 0, EMPTY_PAGE);
    ClientId client = Clients.fresh();
    UserId user = UserId.random();
    first = new ScriptedClient(page);
    Delta back = Delta.builder().delete(1).build();
    List<Revision> all = new ArrayList<>();
    for (int rev = 1; rev <= HEAD; rev++) {
      all.add(
          rev == 1
              ? new Revision(rev, first.id, 1, first.user.id(), X, clock.next())
              : new Revision(rev, client, rev, user, rev % 2 == 1 ? X : back, clock.next()));
    }
    log.append(List.of(new OperationLog.Append(page, 0, all)));
    log.snapshot(page, HEAD, EMPTY_PAGE);
    log.published(page, HEAD);
    node.start();
    network.settle();
  }

  @AfterEach
  void stop() {
    network.close();
  }

  private ScriptedClient join() {
    ScriptedClient client = new ScriptedClient(page);
    client.connect(node);
    run();
    assertTrue(client.joined());
    return client;
  }

  private void run() {
    workers.runUntil(workers.now());
  }

  private void say(ScriptedClient client, ClientFrame frame) {
    client.send(frame);
    run();
  }

  private static List<String> codes(ScriptedClient client) {
    return client.errors.stream().map(error -> error.get("code").asText()).toList();
  }

  private static boolean heard(ScriptedClient client, String type) {
    return client.heard().stream().anyMatch(frame -> frame.get("t").asText().equals(type));
  }

  /** Each loaded a document and thousands of revisions, while all on the page waited. */
  @Test
  void aCheckOfAnOldRevisionIsNotLookedUp() {
    ScriptedClient reader = join();
    int before = log.reads();
    for (int rev = 1; rev <= 5; rev++) {
      say(reader, new ClientFrame.Check(rev, "0".repeat(64)));
    }
    assertEquals(before, log.reads());
    assertEquals(Optional.empty(), reader.closed());
  }

  @Test
  void aCheckOfTheNewestRevisionIsAnswered() {
    ScriptedClient reader = join();
    say(reader, new ClientFrame.Check(HEAD, "0".repeat(64)));
    assertEquals(Optional.of(CloseCode.DIVERGED), reader.closed());
  }

  /** They used up no seq and were not counted, and left all they had read for the next to redo. */
  @Test
  void changesOnOldRevisionsAreRefusedAfterSome() {
    ScriptedClient client = join();
    for (int i = 0; i < 200; i++) {
      say(client, new ClientFrame.Op(1, 0, BEYOND));
    }
    int parts = HEAD / Rations.PART;
    int read = Rations.AT_ONCE / parts;
    assertEquals(read, codes(client).stream().filter("bad_delta"::equals).count());
    assertEquals(200 - read, codes(client).stream().filter("rate_limited"::equals).count());
    JsonNode last = client.errors.get(199);
    assertTrue(last.get("retryAfterMs").asLong() > 0);
    assertEquals(1, last.get("seq").asLong());
    assertTrue(log.revisionsRead() > read * HEAD - 10_000, "what was read stays for the next");
    assertEquals(Optional.empty(), client.closed());
  }

  @Test
  void whoComesBackWithAnOldBranchGetsThrough() {
    ScriptedClient client = join();
    for (int i = 0; i < 6; i++) {
      say(client, new ClientFrame.Op(1, 0, BEYOND));
    }
    ClientFrame.Branch branch = new ClientFrame.Branch(1, 0, List.of(X, X));
    say(client, branch);
    assertEquals("rate_limited", codes(client).get(6));
    ScriptedClient another = join();
    say(another, branch);
    assertTrue(heard(another, "merged"), "another person is not held up");
    another.cut();
    long read = log.revisionsRead();
    workers.runUntil(workers.now() + 4 * Rations.EVERY);
    say(client, branch);
    assertTrue(heard(client, "merged"), codes(client).toString());
    assertTrue(log.revisionsRead() <= read + HEAD, "read once for the place and the answer");
  }

  /**
   * Its author may have had it on its way before: it learns from {@code acked} what became of it.
   */
  @Test
  void whoResumesAndAsksTooOftenJoinsAgain() {
    ScriptedClient client = join();
    client.cut();
    ScriptedClient beside = new ScriptedClient(page, Clients.fresh(), client.user);
    beside.connect(node);
    run();
    for (int i = 0; i < 6; i++) {
      say(beside, new ClientFrame.Op(1, 0, BEYOND));
    }
    client.connect(node);
    run();
    say(client, new ClientFrame.Op(1, 0, BEYOND));
    assertEquals(Optional.of(CloseCode.OVERLOADED), client.closed());
    client.connect(node);
    run();
    assertTrue(client.joined());
  }

  /** Each had the log asked twice for what is above the head. */
  @Test
  void revisionsThatNobodyHasAreNotLookedForEachTime() {
    ScriptedClient client = join();
    int before = log.reads();
    for (int i = 0; i < 300; i++) {
      say(client, new ClientFrame.Op(1, 1_000_000_000_000_000L, X));
    }
    assertTrue(log.reads() - before < 3 * Rations.AT_ONCE, log.reads() - before + " reads");
    assertEquals("bad_message", codes(client).get(0));
    assertEquals("rate_limited", codes(client).get(299));
    ScriptedClient another = join();
    say(another, new ClientFrame.Op(1, HEAD, X));
    assertTrue(heard(another, "ack"));
  }

  @Test
  void joinsThatMakeThePastBeReadAreSentAwayAfterSome() {
    User user = new User(UserId.random(), "One", "#123456", false);
    ScriptedClient writer = join();
    long rev = HEAD;
    Door door = new Door();
    for (int i = 0; i < 2 * Rations.AT_ONCE; i++) {
      LiveSession comes = node.connect(page, user, Access.EDIT, door).orElseThrow();
      var back = new ClientFrame.Join(Clients.fresh(), OptionalLong.of(HEAD - 4_000));
      comes.text(new Decoded.Frame(back));
      run();
      comes.closed();
      // A commit lets go of what was read.
      say(writer, new ClientFrame.Op(i + 1, rev++, X));
    }
    assertEquals(Rations.AT_ONCE, door.closed.size(), "sent away, of twice as many");
    assertEquals(Set.of(CloseCode.OVERLOADED), Set.copyOf(door.closed));
  }

  @ParameterizedTest
  @CsvSource({"5000, ops", "5001, doc"})
  void whatWasMissedIsToldChangeByChangeUpToAReach(int back, String told) {
    Door door = new Door();
    User user = new User(UserId.random(), "One", "#123456", false);
    node.connect(page, user, Access.EDIT, door)
        .orElseThrow()
        .text(
            new Decoded.Frame(new ClientFrame.Join(Clients.fresh(), OptionalLong.of(HEAD - back))));
    run();
    assertTrue(door.heard.get(0).contains("\"" + told + "\":"), door.heard.get(0));
  }

  /** All revisions since were read for it; beyond some it was sent away with 4409. */
  @Test
  void aRepetitionIsAcknowledgedHoweverFarBack() {
    first.connect(node);
    run();
    // It began with the document: the first time what it sends is compared with what is there.
    say(first, new ClientFrame.Op(1, 0, X));
    long before = log.revisionsRead();
    say(first, new ClientFrame.Op(1, 0, X));
    assertEquals(
        2, first.heard().stream().filter(told -> told.get("t").asText().equals("ack")).count());
    assertEquals(before + 1, log.revisionsRead());
  }

  @Test
  void aRepetitionOfWhatIsDeletedIsSentToTheDocument() {
    first.connect(node);
    run();
    while (log.delete(page, Long.MAX_VALUE) > 0) {}
    say(first, new ClientFrame.Op(1, 0, X));
    assertEquals(Optional.of(CloseCode.DIVERGED), first.closed());
    first.connect(node);
    run();
    assertEquals(1, first.heard().get(first.heard().size() - 1).get("acked").asLong());
  }

  @Test
  void aBaseTooFarBackIsNotLookedFor() {
    PageState far =
        new PageState(
            new DocumentCheck(Formats.builtIn()), 60_000, EMPTY_PAGE, Optional.empty(), List.of());
    OldRevisions past =
        new OldRevisions(page, TestPorts.of(log, network.port("b"), wiki, clock, workers::now));
    int before = log.reads();
    assertFalse(past.reachBack(far, 60_000 - OldRevisions.FARTHEST - 1));
    assertEquals(before, log.reads());
    past.reachBack(far, 60_000 - OldRevisions.FARTHEST);
    assertEquals(before + 1, log.reads());
  }

  /** Hears what is said, and makes nothing of it. */
  private static final class Door implements Wire {

    private final List<String> heard = new ArrayList<>();
    private final List<CloseCode> closed = new ArrayList<>();

    @Override
    public void send(String text, Consumer<Boolean> done) {
      heard.add(text);
      done.accept(true);
    }

    @Override
    public void closing(CloseCode code) {}

    @Override
    public void close(CloseCode code) {
      closed.add(code);
    }
  }
}
