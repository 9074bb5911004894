package org.tandem.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;
import org.tandem.api.host.PageId;

/**
 * A client of the wire protocol over a real WebSocket, driven by a test: it types when it is told
 * to, and follows the page by itself.
 *
 * <p>Threads: safe for use by any thread. Waiting is by notification, and bounded by 15 s.
 *
 * <p>Failure: an {@link AssertionError} when the server breaks the protocol, refuses a change, or
 * something awaited does not come in time.
 */
public final class ScriptedClient implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final WikiClient person;
  private final PageId page;
  private final UUID client = UUID.randomUUID();
  private final Replica replica = new Replica(client);
  private final List<JsonNode> heard = new ArrayList<>();
  private @Nullable Connection connection;
  private @Nullable AssertionError broken;

  private ScriptedClient(WikiClient person, PageId page) {
    this.person = person;
    this.page = page;
  }

  /** Opens a page and waits until it is there. */
  public static ScriptedClient join(WikiClient person, PageId page) {
    ScriptedClient client = new ScriptedClient(person, page);
    client.connect();
    return client;
  }

  /** Connects, again after {@link #cut}, joins with the last known revision and waits for it. */
  public void connect() {
    Connection opened = new Connection();
    Map<String, @Nullable Object> join = frame("join");
    join.put("client", client.toString());
    synchronized (this) {
      connection = opened;
      join.put("rev", replica.rev() < 0 ? null : replica.rev());
    }
    String wiki = person.wiki().toString().replaceAll("/$", "");
    URI socket =
        URI.create(
            wiki.replaceFirst("^http", "ws")
                + "/api/collab/v1/pages/"
                + page
                + "/socket?ticket="
                + person.ticket(page));
    opened.socket =
        person
            .http()
            .newWebSocketBuilder()
            .header("Origin", wiki)
            .subprotocols("tandem.v1")
            .connectTimeout(PATIENCE)
            .buildAsync(socket, opened)
            .join();
    opened.send(text(join));
    await("joined", self -> self.connection == opened && opened.joined);
  }

  /** The connection breaks: nothing is sent or heard from now on, without a closing handshake. */
  public void cut() {
    Connection lost;
    synchronized (this) {
      lost = connection;
      connection = null;
    }
    if (lost != null) {
      lost.abort();
    }
  }

  /** The user changes the document as it is on the screen. */
  public void type(Delta change) {
    synchronized (this) {
      replica.type(change);
    }
    pump();
  }

  /** The user types plain text. */
  public void insert(int index, String text) {
    type(Delta.builder().retain(index).insert(text).build());
  }

  /** The user types plain text at the end of the last line. */
  public void append(String text) {
    synchronized (this) {
      replica.type(Delta.builder().retain(replica.document().length() - 1).insert(text).build());
    }
    pump();
  }

  /** Sends a frame as it stands, right or wrong. */
  public void send(String text) {
    Connection live;
    synchronized (this) {
      live = connection;
    }
    if (live == null) {
      throw new AssertionError("not connected");
    }
    live.send(text);
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
    return connection == null || connection.code < 0
        ? OptionalInt.empty()
        : OptionalInt.of(connection.code);
  }

  /** Waits until everything typed is acknowledged. */
  public void awaitSettled() {
    await("settled", ScriptedClient::settled);
  }

  /** Waits until a frame of this type and, for errors, of this code was heard. */
  public JsonNode awaitFrame(String type, Predicate<JsonNode> wanted) {
    Predicate<JsonNode> matches = frame -> frame.path("t").asText().equals(type);
    await(type, self -> self.heard.stream().anyMatch(matches.and(wanted)));
    return heard().stream().filter(matches.and(wanted)).findFirst().orElseThrow();
  }

  /** Waits until something holds, and fails when it does not in time. */
  public void await(String what, Predicate<ScriptedClient> condition) {
    await(what, PATIENCE, condition);
  }

  synchronized void await(String what, Duration patience, Predicate<ScriptedClient> condition) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.test(this)) {
      if (broken != null) {
        throw new AssertionError(broken.getMessage(), broken);
      }
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("not " + what + " in time; the last frames: " + lastHeard());
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
    synchronized (this) {
      if (connection != null && connection.joined) {
        Connection live = connection;
        replica.next().ifPresent(change -> live.send(text(change)));
      }
    }
  }

  private synchronized void again() {
    if (connection != null && connection.joined) {
      Connection live = connection;
      replica.again().ifPresent(change -> live.send(text(change)));
    }
  }

  private synchronized void hear(Connection from, JsonNode frame) {
    if (from != connection) {
      return;
    }
    heard.add(frame);
    switch (frame.path("t").asText()) {
      case "joined" -> {
        replica.joined(frame);
        from.joined = true;
        again();
      }
      case "op" -> replica.remote(frame);
      case "ops" -> frame.path("ops").forEach(replica::remote);
      case "ack" -> replica.acknowledged(frame.path("seq").asLong(), frame.path("rev").asLong());
      case "error" -> error(frame);
      default -> {} // presence, or of a later version
    }
    pump();
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
      default -> throw new AssertionError("the server refused a change: " + frame);
    }
  }

  private static Map<String, @Nullable Object> frame(String type) {
    Map<String, @Nullable Object> frame = new LinkedHashMap<>();
    frame.put("t", type);
    return frame;
  }

  private static String text(Replica.Change change) {
    Map<String, @Nullable Object> frame = frame("op");
    frame.put("seq", change.seq());
    frame.put("rev", change.rev());
    frame.put("delta", DeltaJson.toPlain(change.delta()));
    return text(frame);
  }

  private static String text(Map<String, @Nullable Object> frame) {
    try {
      return JSON.writeValueAsString(frame);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Leaves the page. */
  @Override
  public void close() {
    Connection last;
    synchronized (this) {
      last = connection;
      connection = null;
    }
    if (last != null) {
      last.leave();
    }
  }

  /** One socket; its fields are guarded by the client. */
  private final class Connection implements WebSocket.Listener {

    private final StringBuilder message = new StringBuilder();
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
    private volatile @Nullable WebSocket socket;
    private boolean joined;
    private int code = -1;

    /** Sends after what was sent before; a text that cannot be sent is lost, as on a real line. */
    void send(String text) {
      synchronized (ScriptedClient.this) {
        WebSocket open = socket;
        if (open != null) {
          sending =
              sending.exceptionally(lost -> null).thenCompose(done -> open.sendText(text, true));
        }
      }
    }

    void abort() {
      WebSocket open = socket;
      if (open != null) {
        open.abort();
      }
    }

    void leave() {
      WebSocket open = socket;
      if (open != null) {
        open.sendClose(WebSocket.NORMAL_CLOSURE, "").whenComplete((sent, failed) -> open.abort());
      }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        String text = message.toString();
        message.setLength(0);
        deliver(text);
      }
      from.request(1);
      return null;
    }

    private void deliver(String text) {
      synchronized (ScriptedClient.this) {
        try {
          hear(this, JSON.readTree(text));
        } catch (JsonProcessingException noJson) {
          broken = new AssertionError("the server sent no JSON: " + text, noJson);
        } catch (AssertionError breach) {
          broken = breach;
        }
        ScriptedClient.this.notifyAll();
      }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      ended(status);
      return null;
    }

    /** 1006 is what RFC 6455 calls a connection that broke. */
    @Override
    public void onError(WebSocket from, Throwable fault) {
      ended(1006);
    }

    private void ended(int status) {
      synchronized (ScriptedClient.this) {
        code = status;
        joined = false;
        ScriptedClient.this.notifyAll();
      }
    }
  }
}
