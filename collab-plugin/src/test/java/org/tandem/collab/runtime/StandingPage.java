package org.tandem.collab.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.Access;
import org.tandem.api.host.AccessChange;
import org.tandem.api.host.PageId;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.collab.Clients;
import org.tandem.collab.clock.HybridClock;
import org.tandem.collab.cluster.LoopNetwork;
import org.tandem.collab.log.InMemoryLog;
import org.tandem.collab.protocol.ClientId;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.FrameDecoder;
import org.tandem.collab.protocol.Limits;

/** A node with one page, whose mailbox stands until the test lets it go on. */
abstract class StandingPage {

  static final int READERS_AT_ONCE = 4;

  /** The first change of a client, on the page's beginning. */
  static final String OP = "{\"t\":\"op\",\"seq\":1,\"rev\":0,\"delta\":[{\"insert\":\"x\"}]}";

  private static final FrameDecoder DECODER = new FrameDecoder(Limits.DEFAULT);

  /** The mailbox's turns wait for {@link #run}; the rest is done at once. */
  static final class Standing implements Workers {

    private final Queue<Runnable> turns = new ArrayDeque<>();
    int commits;

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

  static final class Client implements Wire {

    final List<String> heard = new ArrayList<>();
    private final ClientId id = Clients.fresh();
    final User user = new User(new UserId(UUID.randomUUID()), "One", "#123456", false);
    Optional<CloseCode> closed = Optional.empty();
    Optional<CloseCode> ending = Optional.empty();
    private Optional<LiveSession> session = Optional.empty();
    Runnable listener = () -> {};

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

  final PageId page = PageId.random();
  final OnePageWiki wiki = new OnePageWiki(page, Delta.builder().insert("\n").build());
  final LoopNetwork network = new LoopNetwork();
  final Standing workers = new Standing();
  final AtomicLong now = new AtomicLong();
  final InMemoryLog log = new InMemoryLog();
  final Node node =
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

  Client join() {
    Client client = new Client();
    client.session = node.connect(page, client.user, Access.EDIT, client);
    client.say("{\"t\":\"join\",\"client\":\"" + client.id + "\",\"rev\":null}");
    return client;
  }

  /** Whoever posts first has to wait for {@link Standing#run}, and so all others. */
  void stand() {
    node.accessChanged(new AccessChange(Optional.of(page), Optional.empty()));
  }
}
