package org.tandem.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;

/**
 * A client of the wire protocol over a real WebSocket, driven by a test: it types when it is told
 * to, and follows the page by itself.
 *
 * <p>Life cycle: from {@link #join} to {@link #close}. It comes back when the test says so ({@link
 * #connect}); one that joined through a {@link Network} comes back by itself, until {@link #cut}.
 *
 * <p>Threads: safe for use by any thread. Waiting is by notification, and bounded by 30 s.
 *
 * <p>Failure: an {@link AssertionError} when the server breaks the protocol, refuses a change that
 * {@link #awaitRefusal} does not wait for, or something awaited does not come in time.
 */
public final class ScriptedClient implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** After these the protocol says not to come back, or not as if nothing had happened. */
  private static final Set<Integer> FOR_GOOD = Set.of(1007, 4400, 4401, 4403, 4404, 4409);

  private final WikiClient person;
  private final PageId page;
  private final UUID client = UUID.randomUUID();
  private final Line line;
  private final String network;
  private final Replica replica = new Replica(client);
  private final List<JsonNode> heard = new ArrayList<>();
  private boolean wanted;
  private @Nullable Connection connection;
  private @Nullable Throwable undialled;
  private @Nullable String refusal;
  private @Nullable AssertionError broken;

  private ScriptedClient(WikiClient person, PageId page, Line line, String network) {
    this.person = person;
    this.page = page;
    this.line = line;
    this.network = network;
  }

  /** Opens a page and waits until it is there. */
  public static ScriptedClient join(WikiClient person, PageId page) {
    return join(person, page, Line.GOOD, "no network between");
  }

  static ScriptedClient join(WikiClient person, PageId page, Line line, String network) {
    ScriptedClient client = new ScriptedClient(person, page, line, network);
    client.connect();
    return client;
  }

  /** Connects, again after {@link #cut}, joins with the last known revision and waits for it. */
  public void connect() {
    synchronized (this) {
      wanted = true;
    }
    dial();
    await("joined", self -> self.connection != null && self.connection.isJoined());
  }

  /**
   * Opens a connection and joins, without waiting; what fails is tried again by a line that does.
   */
  private void dial() {
    synchronized (this) {
      if (!wanted) {
        return;
      }
    }
    Connection opened = new Connection(this, line);
    String wiki = person.wiki().toString().replaceAll("/$", "");
    String path = "/api/collab/v1/pages/" + page + "/socket?ticket=";
    try {
      URI socket = URI.create(wiki.replaceFirst("^http", "ws") + path + person.ticket(page));
      WebSocket.Builder builder =
          person.http().newWebSocketBuilder().header("Origin", wiki).subprotocols("tandem.v1");
      opened.open(builder.connectTimeout(PATIENCE).buildAsync(socket, opened).join());
    } catch (RuntimeException | AssertionError failed) {
      if (line == Line.GOOD) {
        throw failed;
      }
      undialled(failed);
      return;
    }
    synchronized (this) {
      undialled = null;
      connection = opened;
      opened.send(Frames.join(client, replica.rev()));
      if (!wanted) {
        connection = null;
        opened.breakOff();
      } else if (opened.code() >= 0) {
        ended(opened);
      }
    }
  }

  private synchronized void undialled(Throwable failed) {
    undialled = failed;
    if (wanted) {
      line.again(this::dial);
    }
  }

  /** The connection breaks: nothing is sent or heard from now on, without a closing handshake. */
  public synchronized void cut() {
    wanted = false;
    Connection lost = connection;
    connection = null;
    if (lost != null) {
      lost.breakOff();
    }
  }

  /** The user changes the document as it is on the screen. */
  public synchronized void type(Delta change) {
    replica.type(change);
    pump();
  }

  /** The user types plain text. */
  public void insert(int index, String text) {
    type(Delta.builder().retain(index).insert(text).build());
  }

  /** The user types plain text at the end of the last line. */
  public synchronized void append(String text) {
    insert(replica.document().length() - 1, text);
  }

  /** Sends a frame as it stands, right or wrong. */
  public synchronized void send(String text) {
    if (connection == null) {
      throw new AssertionError("not connected");
    }
    connection.send(text);
  }

  /** The id by which the server knows this client. */
  public UUID id() {
    return client;
  }

  /** What its person sees: with what is typed and not yet acknowledged. */
  public synchronized Delta document() {
    return replica.document();
  }

  /** The newest revision that it has heard of. */
  public synchronized long rev() {
    return replica.rev();
  }

  /** Whether everything typed is acknowledged. */
  public synchronized boolean settled() {
    return replica.settled();
  }

  /** All frames heard so far. */
  public synchronized List<JsonNode> heard() {
    return List.copyOf(heard);
  }

  /** The code that the server closed the present connection with; empty while it is open. */
  public synchronized OptionalInt closed() {
    return connection == null || connection.code() < 0
        ? OptionalInt.empty()
        : OptionalInt.of(connection.code());
  }

  /** Waits until everything typed is acknowledged. */
  public void awaitSettled() {
    await("settled", ScriptedClient::settled);
  }

  /**
   * Waits until the change in flight is refused, by a check of a plugin for example, and takes it
   * back as an editor does. What was typed behind it stays.
   *
   * @return the sentence to the author
   */
  public synchronized String awaitRefusal() {
    await("refused", self -> self.refusal != null);
    String sentence = String.valueOf(refusal);
    refusal = null;
    replica.refused();
    pump();
    return sentence;
  }

  /** Waits until a frame of this type and, for errors, of this code was heard. */
  public JsonNode awaitFrame(String type, Predicate<JsonNode> wantedFrame) {
    Predicate<JsonNode> matches = wantedFrame.and(frame -> frame.path("t").asText().equals(type));
    await("told " + type, self -> self.heard.stream().anyMatch(matches));
    return heard().stream().filter(matches).findFirst().orElseThrow();
  }

  /** Waits until something holds, and fails when it does not in time. */
  public void await(String what, Predicate<ScriptedClient> condition) {
    await(what, PATIENCE, condition);
  }

  synchronized void await(String what, Duration patience, Predicate<ScriptedClient> condition) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.test(this)) {
      if (broken != null) {
        throw new AssertionError(broken.getMessage() + "; " + this, broken);
      }
      if (refusal != null) {
        throw new AssertionError("the server refused a change: " + refusal + "; " + this);
      }
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError(
            "not " + what + " in time; " + this + "; the last frames: " + lastHeard(), undialled);
      }
      try {
        wait(left);
      } catch (InterruptedException stopped) {
        throw new AssertionError("interrupted, not " + what, stopped);
      }
    }
  }

  private List<JsonNode> lastHeard() {
    return heard.subList(Math.max(0, heard.size() - 5), heard.size());
  }

  /** Sends the next change, when nothing is in flight. */
  private void pump() {
    if (connection != null && connection.isJoined()) {
      replica.next().map(Frames::op).ifPresent(connection::send);
    }
  }

  /** Not what is refused already: the next change has its seq. */
  private synchronized void again() {
    if (refusal == null && connection != null && connection.isJoined()) {
      replica.again().map(Frames::op).ifPresent(connection::send);
    }
  }

  /** A connection brought a frame; called with this client's lock. */
  void hear(Connection from, String text) {
    if (from != connection) {
      return;
    }
    try {
      JsonNode frame = Frames.read(text);
      heard.add(frame);
      follow(from, frame);
      pump();
    } catch (AssertionError breach) {
      broken = breach;
    }
    notifyAll();
  }

  private void follow(Connection from, JsonNode frame) {
    switch (frame.path("t").asText()) {
      case "joined" -> {
        replica.joined(frame);
        from.joined();
        again();
      }
      case "op" -> replica.remote(frame);
      case "ops" -> frame.path("ops").forEach(replica::remote);
      case "ack" -> replica.acknowledged(frame.path("seq").asLong(), frame.path("rev").asLong());
      case "error" -> error(frame);
      default -> {} // presence, or of a later version
    }
  }

  private void error(JsonNode frame) {
    if (!frame.has("seq") || !replica.inFlight(frame.path("seq").asLong())) {
      return;
    }
    switch (frame.path("code").asText()) {
      case "unavailable", "rate_limited" ->
          CompletableFuture.delayedExecutor(
                  frame.path("retryAfterMs").asLong(100), TimeUnit.MILLISECONDS)
              .execute(this::again);
      case "bad_delta", "forbidden", "too_large" -> refusal = frame.path("message").asText();
      default -> throw new AssertionError("the server did not take a change: " + frame);
    }
  }

  /** A connection is over; called with this client's lock. */
  void ended(Connection which) {
    if (which == connection && wanted && !FOR_GOOD.contains(which.code())) {
      line.again(this::dial);
    }
    notifyAll();
  }

  /** What it holds, for people who read why a test failed. */
  @Override
  public synchronized String toString() {
    String state =
        connection == null
            ? "away"
            : connection.code() >= 0
                ? "closed with " + connection.code()
                : connection.isJoined() ? "joined" : "joining";
    String unacknowledged = replica.unacknowledged();
    return "%s's client %s (%s) is %s at revision %d, holds %s, unacknowledged: %s"
        .formatted(
            person.name(),
            client,
            network,
            state,
            replica.rev(),
            replica.document(),
            unacknowledged.isEmpty() ? "nothing" : unacknowledged);
  }

  /** Leaves the page. */
  @Override
  public synchronized void close() {
    wanted = false;
    Connection last = connection;
    connection = null;
    if (last != null) {
      last.leave();
    }
  }
}
