package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.Access;
import org.tandem.api.host.AccessChange;
import org.tandem.api.host.PageId;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.collab.Clients;
import org.tandem.collab.clock.HybridClock;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.cluster.Cluster;
import org.tandem.collab.cluster.ClusterListener;
import org.tandem.collab.cluster.ClusterMessage;
import org.tandem.collab.cluster.ClusterView;
import org.tandem.collab.cluster.LoopNetwork;
import org.tandem.collab.cluster.NodeId;
import org.tandem.collab.log.InMemoryLog;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.FrameDecoder;
import org.tandem.collab.protocol.Limits;
import org.tandem.collab.protocol.Selection;
import org.tandem.collab.protocol.ServerFrame;

/** What waits for a page that does not get on: as long as the test wants, its mailbox stands. */
class OverloadTest {

  private static final int READERS_AT_ONCE = 4;
  private static final FrameDecoder DECODER = new FrameDecoder(Limits.DEFAULT);

  /** The mailbox's turns wait for {@link #run}; the rest is done at once. */
  private static final class Standing implements Workers {

    private final Queue<Runnable> turns = new ArrayDeque<>();
    private int commits;

    void run() {
      while (!turns.isEmpty()) {
        turns.remove().run();
      }
    }

    @Override
    public Executor mailboxes() {
      return turns::add;
    }

    @Override
    public Executor commits() {
      return commit -> {
        commits++;
        commit.run();
      };
    }

    @Override
    public Executor background() {
      return Runnable::run;
    }

    @Override
    public void later(long millis, Runnable task) {
      // No second passes by itself.
    }

    @Override
    public void close() {}
  }

  private static final class Client implements Wire {

    private final List<String> heard = new ArrayList<>();
    private final ClientId id = Clients.fresh();
    private final User user = new User(new UserId(UUID.randomUUID()), "One", "#123456", false);
    private Optional<CloseCode> closed = Optional.empty();
    private Optional<CloseCode> ending = Optional.empty();
    private Optional<LiveSession> session = Optional.empty();
    private Runnable listener = () -> {};

    void say(String text) {
      session.orElseThrow().text(DECODER.decode(text));
    }

    long heard(String type) {
      return heard.stream().filter(text -> text.contains("\"t\":\"" + type + "\"")).count();
    }

    @Override
    public void send(String text, Consumer<Boolean> done) {
      heard.add(text);
      listener.run();
      done.accept(true);
    }

    @Override
    public void closing(CloseCode code) {
      ending = Optional.of(code);
    }

    @Override
    public void close(CloseCode code) {
      closed = Optional.of(code);
    }
  }

  /** Another node, of which only the views matter. */
  private record Views(Consumer<ClusterView> seen) implements ClusterListener {

    @Override
    public void view(ClusterView view) {
      seen.accept(view);
    }

    @Override
    public void message(NodeId from, ClusterMessage message) {}
  }

  private static void countDownAt(int nodes, ClusterView view, CountDownLatch latch) {
    if (view.nodes().size() == nodes) {
      latch.countDown();
    }
  }

  private final PageId page = PageId.random();
  private final OnePageWiki wiki = new OnePageWiki(page, Delta.builder().insert("\n").build());
  private final LoopNetwork network = new LoopNetwork();
  private final Standing workers = new Standing();
  private final AtomicLong now = new AtomicLong();
  private final InMemoryLog log = new InMemoryLog();
  private final Node node =
      new Node(
          TestPorts.of(log, network.port("a"), wiki, new HybridClock("a", now::get), now::get),
          workers,
          READERS_AT_ONCE);

  @BeforeEach
  void start() throws Exception {
    node.start();
  }

  @AfterEach
  void stop() {
    network.close();
  }

  private Client join() {
    Client client = new Client();
    client.session = node.connect(page, client.user, Access.EDIT, client);
    client.say("{\"t\":\"join\",\"client\":\"" + client.id + "\",\"rev\":null}");
    return client;
  }

  /** Whoever posts first has to wait for {@link Standing#run}, and so all others. */
  private void stand() {
    node.accessChanged(new AccessChange(Optional.of(page), Optional.empty()));
  }

  /** Each of them waited in the mailbox once, twenty a second, as long as the page stood still. */
  @Test
  void ofManyCaretsTheNewestWaits() {
    Client mover = join();
    Client beside = join();
    workers.run();
    stand();
    for (int i = 0; i < 10_000; i++) {
      now.addAndGet(50);
      mover.say("{\"t\":\"cursor\",\"rev\":0,\"index\":0,\"length\":0}");
    }
    workers.run();
    assertEquals(1, beside.heard("cursor"));
    now.addAndGet(50);
    mover.say("{\"t\":\"cursor\"}");
    workers.run();
    assertEquals(2, beside.heard("cursor"));
  }

  @Test
  void whoComesToAPageWithTooMuchBeforeItIsSentAway() {
    Client writer = join();
    Client beside = join();
    workers.run();
    String op = "{\"t\":\"op\",\"seq\":1,\"rev\":0,\"delta\":[{\"insert\":\"x\"}]}";
    writer.say(op);
    workers.run();
    assertEquals(1, writer.heard("ack"));
    Client[] writers = new Client[11];
    for (int i = 0; i < writers.length; i++) {
      writers[i] = join();
    }
    workers.run();
    for (Client one : writers) {
      one.say(op);
    }
    workers.run();
    stand();
    for (int i = 0; i < 10_001; i++) {
      now.addAndGet(5);
      writers[i % writers.length].say(op);
    }
    assertEquals(Optional.of(CloseCode.OVERLOADED), join().closed);
    beside.say(op);
    assertEquals(1, beside.heard("error"), "unavailable");
    workers.run();
    assertEquals(Optional.empty(), join().closed);
  }

  /** Nobody would ever answer it: what was acknowledged is not refused. */
  @Test
  void aRepetitionThatCannotBeLookedUpSendsItsClientToJoinAgain() {
    Client[] writers = new Client[12];
    String op = "{\"t\":\"op\",\"seq\":1,\"rev\":0,\"delta\":[{\"insert\":\"x\"}]}";
    for (int i = 0; i < writers.length; i++) {
      writers[i] = join();
      workers.run();
      writers[i].say(op);
      workers.run();
    }
    stand();
    for (int i = 0; i < 10_001; i++) {
      now.addAndGet(5);
      writers[i % 11].say(op);
    }
    writers[11].say(op);
    workers.run();
    assertEquals(Optional.of(CloseCode.OVERLOADED), writers[11].closed);
  }

  @Test
  void aRepetitionIsAcknowledgedAlsoToWhoMayOnlyReadByNow() {
    Client writer = join();
    workers.run();
    String op = "{\"t\":\"op\",\"seq\":1,\"rev\":0,\"delta\":[{\"insert\":\"x\"}]}";
    writer.say(op);
    workers.run();
    wiki.grant(writer.user.id(), Access.VIEW);
    writer.say(op);
    workers.run();
    assertEquals(2, writer.heard("ack"));
  }

  /** Letters of other nodes once had no bound; what a page does without, the log has. */
  @Test
  void newsOfOtherNodesIsLeftOutAndReadInTheLogLater() throws Exception {
    Client reader = join();
    workers.run();
    Cluster other = network.port("b");
    CountDownLatch delivered = new CountDownLatch(1);
    other.start(new Views(view -> countDownAt(3, view, delivered)));
    Revision revision =
        new Revision(
            1,
            Clients.fresh(),
            1,
            UserId.random(),
            Delta.builder().insert("x").build(),
            new Stamp(1, "b"));
    log.append(List.of(new OperationLog.Append(page, 0, List.of(revision))));
    var caret = new ServerFrame.Cursor(revision.client(), Optional.of(new Selection(0, 0, 0)));
    for (int i = 0; i < 12_000; i++) {
      other.send(new NodeId("a"), new ClusterMessage.Presence(page, caret));
    }
    other.send(new NodeId("a"), new ClusterMessage.Committed(page, List.of(revision)));
    // Messages are delivered in order, and so is the view that this brings about.
    network.port("c").start(new Views(view -> {}));
    assertTrue(delivered.await(20, TimeUnit.SECONDS));
    workers.run();
    assertTrue(reader.heard("cursor") <= 10_001, reader.heard("cursor") + " carets waited");
    assertEquals(1, reader.heard("op"));
  }

  /** An answer once waited until each of the readers was sent the change before. */
  @Test
  void anAnswerWaitsForSomeReadersOfTheChangeBeforeAndNotForAll() {
    String op = "{\"t\":\"op\",\"seq\":1,\"rev\":0,\"delta\":[{\"insert\":\"x\"}]}";
    Client first = join();
    Client second = join();
    List<Client> readers = Stream.generate(this::join).limit(4 * READERS_AT_ONCE).toList();
    workers.run();
    List<Long> haveIt = new ArrayList<>();
    readers.get(0).listener =
        () -> {
          readers.get(0).listener = () -> {};
          second.say(op);
        };
    second.listener =
        () -> {
          if (second.heard("ack") == 1 && haveIt.isEmpty()) {
            haveIt.add(readers.stream().filter(reader -> reader.heard("op") > 0).count());
          }
        };
    first.say(op);
    workers.run();
    assertTrue(haveIt.get(0) < readers.size(), haveIt + " of " + readers.size() + " readers");
    for (Client reader : readers) {
      List<String> news =
          reader.heard.stream().filter(text -> text.contains("\"t\":\"op\"")).toList();
      String all = String.join("", news);
      assertTrue(all.indexOf("\"rev\":1,") < all.indexOf("\"rev\":2,"), all);
      assertTrue(all.contains("\"rev\":1,"), all);
    }
  }

  /** Each of the turns it takes to tell all of them once waited for all letters. */
  @Test
  void theLastReaderOfAChangeWaitsForSomeOfTheLettersBeforeIt() {
    String op = "{\"t\":\"op\",\"seq\":1,\"rev\":0,\"delta\":[{\"insert\":\"x\"}]}";
    Client writer = join();
    List<Client> readers = Stream.generate(this::join).limit(5 * READERS_AT_ONCE).toList();
    workers.run();
    AtomicInteger letters = new AtomicInteger();
    AtomicInteger before = new AtomicInteger(-1);
    Client last = readers.get(readers.size() - 1);
    last.listener = () -> before.compareAndSet(-1, letters.get());
    writer.listener =
        () -> {
          writer.listener = () -> {};
          for (int i = 0; i < 1_000; i++) {
            node.current(page).thenRun(letters::incrementAndGet);
          }
        };
    writer.say(op);
    workers.run();
    assertEquals(1_000, letters.get());
    assertEquals(1, last.heard("op"));
    assertEquals(4 * Mailbox.BETWEEN, before.get());
  }

  /** A caret of one among hundreds once was sent to all of them before anything else. */
  @Test
  void anAnswerWaitsForSomeReadersOfACaretAndNotForAll() {
    String op = "{\"t\":\"op\",\"seq\":1,\"rev\":0,\"delta\":[{\"insert\":\"x\"}]}";
    Client mover = join();
    Client writer = join();
    List<Client> readers = Stream.generate(this::join).limit(4 * READERS_AT_ONCE).toList();
    workers.run();
    List<Long> haveIt = new ArrayList<>();
    readers.get(0).listener =
        () -> {
          readers.get(0).listener = () -> {};
          writer.say(op);
        };
    writer.listener =
        () -> {
          if (writer.heard("ack") == 1 && haveIt.isEmpty()) {
            haveIt.add(readers.stream().filter(reader -> reader.heard("cursor") > 0).count());
          }
        };
    mover.say("{\"t\":\"cursor\",\"rev\":0,\"index\":0,\"length\":0}");
    workers.run();
    assertTrue(haveIt.get(0) < readers.size(), haveIt + " of " + readers.size() + " readers");
    for (Client reader : readers) {
      assertEquals(1, reader.heard("cursor"));
      assertEquals(1, reader.heard("op"));
    }
  }

  /**
   * Those behind it once waited for the page's next change, and its author's for their revision.
   */
  @Test
  void aFaultOfOneReaderOrAuthorHoldsUpNobodyElse() {
    String op = "{\"t\":\"op\",\"seq\":1,\"rev\":0,\"delta\":[{\"insert\":\"x\"}]}";
    Client first = join();
    Client second = join();
    List<Client> readers = Stream.generate(this::join).limit(2 * READERS_AT_ONCE).toList();
    workers.run();
    for (Client faulty : List.of(readers.get(0), first)) {
      faulty.listener =
          () -> {
            throw new UnsupportedOperationException("a fault, as the test wants");
          };
    }
    first.say(op);
    workers.run();
    assertEquals(Optional.of(CloseCode.OVERLOADED), first.ending);
    assertEquals(Optional.of(CloseCode.OVERLOADED), readers.get(0).ending);
    assertEquals(1, second.heard("op"));
    for (Client reader : readers) {
      assertEquals(1, reader.heard("op"));
    }
    second.say(op);
    workers.run();
    assertEquals(1, second.heard("ack"));
  }

  /** Hundreds of changes of a megabyte each once went into one transaction. */
  @Test
  void longChangesAreAppendedInParts() {
    Client[] writers = new Client[10];
    for (int i = 0; i < writers.length; i++) {
      writers[i] = join();
    }
    workers.run();
    stand();
    // The first goes by itself, as the others wait for what becomes of it.
    String text = "x".repeat((int) PageSequencer.WEIGHT_AT_ONCE / 5);
    for (Client writer : writers) {
      writer.say("{\"t\":\"op\",\"seq\":1,\"rev\":0,\"delta\":[{\"insert\":\"" + text + "\"}]}");
    }
    workers.run();
    for (Client writer : writers) {
      assertEquals(1, writer.heard("ack"));
    }
    assertEquals(3, workers.commits);
  }

  /** Repetitions of what is acknowledged are never in flight, so nothing else held them up. */
  @Test
  void whoFillsTheMailboxAloneIsClosed() {
    Client writer = join();
    workers.run();
    String op = "{\"t\":\"op\",\"seq\":1,\"rev\":0,\"delta\":[{\"insert\":\"x\"}]}";
    writer.say(op);
    workers.run();
    stand();
    for (int i = 0; i <= Requests.LETTERS; i++) {
      now.addAndGet(5);
      writer.say(op);
    }
    workers.run();
    assertEquals(Optional.of(CloseCode.TOO_SLOW), writer.closed);
  }
}
