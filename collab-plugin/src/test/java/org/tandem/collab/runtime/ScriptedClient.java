package org.tandem.collab.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageId;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.collab.Clients;
import org.tandem.collab.protocol.ClientFrame;
import org.tandem.collab.protocol.ClientId;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.Decoded;

/**
 * A client as PROTOCOL.md describes it, on a node's {@link Wire}: one change in flight, the rest
 * composed. It works on the JSON that the node sends. Waiting is by notification, bounded.
 */
final class ScriptedClient implements Wire {

  private static final long PATIENCE_MILLIS = 30_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  final ClientId id;
  final User user;
  private final List<JsonNode> heard = new ArrayList<>();
  final List<JsonNode> errors = new ArrayList<>();
  private final PageId page;
  private @Nullable LiveSession session;
  private @Nullable Node node;
  private boolean cut;
  private @Nullable CloseCode closed;
  private boolean joined;
  private boolean pausing;
  private Delta document = Delta.EMPTY;
  private long rev = -1;
  private long seq;
  private @Nullable Delta inFlight;
  private @Nullable Delta waiting;

  ScriptedClient(PageId page) {
    this(page, Clients.fresh(), new User(UserId.random(), "someone", "#000000", false));
  }

  ScriptedClient(PageId page, ClientId id, User user) {
    this.page = page;
    this.id = id;
    this.user = user;
  }

  /** Connects and joins, or rejoins, and waits for the answer. */
  void join(Node on) {
    connect(on);
    await("joined", client -> client.joined);
  }

  /** Connects and asks to join. */
  void connect(Node on) {
    synchronized (this) {
      node = on;
      joined = false;
      closed = null;
      cut = false;
    }
    LiveSession opened = on.connect(page, user, Access.EDIT, this).orElseThrow();
    OptionalLong known;
    synchronized (this) {
      session = opened;
      known = rev < 0 ? OptionalLong.empty() : OptionalLong.of(rev);
    }
    opened.text(new Decoded.Frame(new ClientFrame.Join(id, known)));
  }

  /** The connection breaks: what the node sends from now on is lost. */
  void cut() {
    LiveSession broken;
    Node from;
    synchronized (this) {
      from = node;
      cut = true;
      joined = false;
      broken = session;
      session = null;
    }
    if (broken != null && from != null) {
      from.disconnected(broken);
    }
  }

  /** The user types. */
  void type(Delta change) {
    synchronized (this) {
      pausing = false;
      document = document.compose(change);
      waiting = waiting == null ? change : waiting.compose(change);
    }
    pump();
  }

  void send(ClientFrame frame) {
    send(new Decoded.Frame(frame));
  }

  /** Sends a text, as the node's decoder takes it. */
  void send(Decoded text) {
    LiveSession live;
    synchronized (this) {
      live = session;
    }
    if (live != null) {
      live.text(text);
    }
  }

  private void pump() {
    ClientFrame.Op op;
    LiveSession live;
    synchronized (this) {
      if (!joined || pausing || inFlight != null || waiting == null) {
        return;
      }
      inFlight = waiting;
      waiting = null;
      seq++;
      op = new ClientFrame.Op(seq, rev, inFlight);
      live = session;
    }
    if (live != null) {
      live.text(new Decoded.Frame(op));
    }
  }

  @Override
  public void send(String text, Consumer<Boolean> done) {
    boolean written = hear(text);
    done.accept(written);
    pump();
  }

  private synchronized boolean hear(String text) {
    if (cut) {
      return false;
    }
    try {
      JsonNode frame = JSON.readTree(text);
      heard.add(frame);
      switch (frame.get("t").asText()) {
        case "joined" -> joined(frame);
        case "op" -> remote(frame);
        case "ops" -> frame.get("ops").forEach(this::remote);
        case "ack" -> acknowledged(frame.get("seq").asLong(), frame.get("rev").asLong());
        case "error" -> error(frame);
        default -> {}
      }
    } catch (IOException noJson) {
      throw new AssertionError("the node sent no JSON: " + text, noJson);
    }
    notifyAll();
    return true;
  }

  private void joined(JsonNode frame) {
    if (frame.has("doc")) {
      if (inFlight != null || waiting != null) {
        throw new AssertionError("a document for a client with unsent changes");
      }
      document = delta(frame.get("doc"));
      rev = frame.get("rev").asLong();
    } else {
      frame.get("ops").forEach(this::remote);
      if (rev != frame.get("rev").asLong()) {
        throw new AssertionError("joined at " + frame.get("rev") + ", ops led to " + rev);
      }
    }
    joined = true;
    if (inFlight != null) {
      ClientFrame.Op again = new ClientFrame.Op(seq, rev, inFlight);
      LiveSession live = session;
      if (live != null) {
        live.text(new Decoded.Frame(again));
      }
    }
  }

  private void remote(JsonNode op) {
    if (op.get("rev").asLong() != rev + 1) {
      throw new AssertionError("revision " + op.get("rev") + " after " + rev);
    }
    if (op.get("client").asText().equals(id.toString())) {
      acknowledged(op.get("seq").asLong(), op.get("rev").asLong());
      return;
    }
    rev++;
    Delta change = delta(op.get("delta"));
    if (inFlight != null) {
      Delta mine = inFlight;
      inFlight = change.transform(mine, true);
      change = mine.transform(change, false);
    }
    if (waiting != null) {
      Delta mine = waiting;
      waiting = change.transform(mine, true);
      change = mine.transform(change, false);
    }
    document = document.compose(change);
  }

  private void acknowledged(long acked, long at) {
    if (acked != seq || inFlight == null) {
      return; // a repeated acknowledgement
    }
    if (at != rev + 1) {
      throw new AssertionError("acknowledged as " + at + " at " + rev);
    }
    rev = at;
    inFlight = null;
  }

  private void error(JsonNode frame) {
    errors.add(frame);
    if (frame.get("code").asText().equals("unavailable") && inFlight != null) {
      // Kept, and sent again with what is typed next.
      pausing = true;
      waiting = waiting == null ? inFlight : inFlight.compose(waiting);
      inFlight = null;
      seq--;
    }
  }

  private static List<JsonNode> last(List<JsonNode> all) {
    return all.subList(Math.max(0, all.size() - 5), all.size());
  }

  private static Delta delta(JsonNode ops) {
    DeltaJson.Parsed parsed = DeltaJson.read(ops.toString());
    return ((DeltaJson.Parsed.Valid) parsed).delta();
  }

  @Override
  public void closing(CloseCode code) {
    // It reads at once.
  }

  @Override
  public synchronized void close(CloseCode code) {
    closed = code;
    joined = false;
    notifyAll();
  }

  /** Every frame that arrived so far. */
  synchronized List<JsonNode> heard() {
    return List.copyOf(heard);
  }

  /** Whether it heard that another client joined, or what else became of it. */
  synchronized boolean toldOf(ClientId other, String state) {
    return heard.stream().anyMatch(frame -> tellsOf(frame, other.toString(), state));
  }

  private static boolean tellsOf(JsonNode frame, String other, String state) {
    if (frame.get("t").asText().equals("peer")) {
      return frame.get("client").asText().equals(other)
          && frame.get("state").asText().equals(state);
    }
    return state.equals("joined") && frame.path("peers").findValuesAsText("client").contains(other);
  }

  synchronized Delta document() {
    return document;
  }

  synchronized long rev() {
    return rev;
  }

  synchronized Optional<CloseCode> closed() {
    return Optional.ofNullable(closed);
  }

  synchronized int errorCount() {
    return errors.size();
  }

  synchronized boolean joined() {
    return joined;
  }

  synchronized boolean settled() {
    return inFlight == null && waiting == null;
  }

  /** Waits until something holds, and fails when it does not in time. */
  synchronized void await(String what, Predicate<ScriptedClient> condition) {
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (!condition.test(this)) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError(
            "not " + what + " in time; closed " + closed + ", errors " + last(errors));
      }
      try {
        wait(left);
      } catch (InterruptedException stopped) {
        throw new AssertionError(stopped);
      }
    }
  }
}
