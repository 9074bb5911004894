package org.tandem.collab.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;
import org.tandem.api.document.DocumentHash;
import org.tandem.api.host.PageId;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.collab.protocol.ClientId;
import org.tandem.collab.protocol.CloseCode;

/**
 * A person at a device, by PROTOCOL.md: types words, loses the connection and comes back, works
 * offline and brings a branch. It did nothing wrong, so any complaint of the server is a fault.
 */
final class SimulatedClient {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> LATER = Set.of("unavailable", "rate_limited", "internal");
  private static final int BEAT = 5_000;
  private static final int QUIET = 15_000;
  private static final int SILENT = 25_000;
  private static final int CHECK_EVERY = 10;

  final Scheduler.Actor device;
  final PageId page;
  final ClientId id;
  final User user;
  final Simulation world;
  private final Scheduler scheduler;
  private final Writer writer;

  private @Nullable Connection connection;
  private boolean joined;
  private boolean offline;
  private boolean wasOffline;
  private boolean pausing;
  private long heard;
  private Delta document = Delta.EMPTY;
  private long rev = -1;
  private long seq;
  private @Nullable Sent sent;

  /** Changes that were made and not sent, each on top of the one before, the first on the sent. */
  private List<Delta> pending = new ArrayList<>();

  /** What others did since a branch was sent. */
  private final TreeMap<Long, Delta> beside = new TreeMap<>();

  private final Map<Long, Long> acknowledged = new HashMap<>();

  SimulatedClient(Simulation world, String name, PageId page) {
    this.world = world;
    this.scheduler = world.scheduler;
    this.page = page;
    this.id = new ClientId(world.uuid());
    this.user = new User(new UserId(world.uuid()), name, "#000000", false);
    this.device = scheduler.actor(name);
    this.writer = new Writer(scheduler, name);
  }

  void start() {
    device.in(scheduler.between(0, 2_000), this::connect);
    device.in(BEAT, this::beat);
    device.in(scheduler.between(500, 5_000), this::typing);
  }

  // --- the connection ---------------------------------------------------------------------------

  private void connect() {
    if (connection != null || offline) {
      return;
    }
    heard = scheduler.now();
    connection = new Connection(scheduler, this, world.anyNode(), world.slow());
    scheduler.note(device, "joins at " + connection.node() + ", rev " + rev);
    connection.open();
    long known = sent != null && sent.branch() ? sent.base() : rev;
    String asked = known < 0 ? "null" : String.valueOf(known);
    connection.send("{\"t\":\"join\",\"client\":\"" + id + "\",\"rev\":" + asked + "}");
  }

  /** The connection breaks, seen from here. */
  void cut() {
    if (connection != null) {
      connection.cut();
    }
    gone();
  }

  private void gone() {
    connection = null;
    joined = false;
    device.in(scheduler.between(250, 3_000), this::connect);
  }

  /** Goes on a journey, and comes back after so many milliseconds. */
  void journey(int millis) {
    scheduler.note(device, "offline for " + millis + " ms");
    offline = true;
    wasOffline = true;
    cut();
    device.in(
        millis,
        () -> {
          offline = false;
          connect();
        });
  }

  void comeHome() {
    offline = false;
    connect();
  }

  void closed(Connection by, CloseCode code) {
    if (by == connection) {
      scheduler.note(device, "closed with " + code);
      if (code == CloseCode.BAD_MESSAGE || code == CloseCode.DIVERGED) {
        throw violation("closed with " + code);
      }
      gone();
    }
  }

  /** The node's machine tells that nobody listens there any more. */
  void reset(SimulatedNode dead) {
    if (connection != null && connection.node() == dead) {
      cut();
    }
  }

  private void beat() {
    if (connection != null) {
      long silence = scheduler.now() - heard;
      if (silence > SILENT) {
        scheduler.note(device, "hears nothing");
        cut();
      } else if (silence > QUIET) {
        connection.send("{\"t\":\"ping\",\"at\":1}");
      }
    }
    device.in(BEAT, this::beat);
  }

  // --- writing ----------------------------------------------------------------------------------

  private void typing() {
    if (!world.quiet()) {
      if (rev >= 0) {
        Delta change = writer.change(document);
        document = document.compose(change);
        pending.add(change);
        pausing = false;
        pump();
      }
      device.in(world.pace(), this::typing);
    }
  }

  private void pump() {
    if (!joined || pausing || sent != null || pending.isEmpty()) {
      return;
    }
    boolean branch = wasOffline && pending.size() > 1;
    wasOffline = false;
    List<Delta> changes =
        branch ? pending : List.of(pending.stream().reduce(Delta::compose).orElseThrow());
    seq++;
    pending = new ArrayList<>();
    sent = new Sent(seq, rev, changes, branch);
    transmit();
  }

  private void transmit() {
    if (connection != null && sent != null) {
      scheduler.note(device, "sends " + sent.name() + " to " + connection.node());
      connection.send(sent.frame());
    }
  }

  // --- what the server says ---------------------------------------------------------------------

  void hear(Connection by, String text) {
    if (by != connection) {
      return;
    }
    heard = scheduler.now();
    JsonNode frame = read(text);
    switch (frame.get("t").asText()) {
      case "joined" -> joined(frame);
      case "op" -> operation(frame);
      case "ops" -> frame.get("ops").forEach(this::operation);
      case "ack" -> acknowledged(frame.get("seq").asLong(), frame.get("rev").asLong());
      case "merged" -> merged(frame);
      case "error" -> error(frame);
      default -> {}
    }
    pump();
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException noJson) {
      throw new AssertionError("the node sent no JSON: " + text, noJson);
    }
  }

  private void joined(JsonNode frame) {
    long head = frame.get("rev").asLong();
    scheduler.note(device, "joined at " + head + ", acked " + frame.get("acked"));
    if (frame.has("doc")) {
      if (rev >= 0) {
        throw violation("was at revision " + rev + " and got the document of " + head);
      }
      document = delta(frame.get("doc"));
      rev = head;
    } else {
      frame.get("ops").forEach(this::operation);
      if (heardRev() != head) {
        throw violation("joined at " + head + ", and the ops led to " + heardRev());
      }
    }
    joined = true;
    pausing = false;
    transmit();
  }

  private long heardRev() {
    return sent != null && sent.branch() && !beside.isEmpty() ? beside.lastKey() : rev;
  }

  private void operation(JsonNode op) {
    long at = op.get("rev").asLong();
    if (at <= heardRev() && sent != null && sent.branch()) {
      return; // told again to a client that joined again from its branch's base
    }
    if (at != heardRev() + 1) {
      throw violation("revision " + at + " after " + heardRev());
    }
    if (sent != null && sent.branch()) {
      beside.put(at, delta(op.get("delta")));
    } else if (op.get("client").asText().equals(id.toString())) {
      acknowledged(op.get("seq").asLong(), at);
    } else {
      apply(at, delta(op.get("delta")));
    }
  }

  private void apply(long at, Delta theirs) {
    Delta change = theirs;
    if (sent != null) {
      Delta mine = sent.changes().get(0);
      sent = new Sent(sent.seq(), at, List.of(change.transform(mine, true)), false);
      change = mine.transform(change, false);
    }
    change = overPending(change);
    document = document.compose(change);
    rev = at;
    if (at % CHECK_EVERY == 0 && sent == null && pending.isEmpty() && connection != null) {
      String hash = DocumentHash.of(document);
      connection.send("{\"t\":\"check\",\"rev\":" + rev + ",\"hash\":\"" + hash + "\"}");
    }
  }

  /** Brings a change of others over what waits here, and what waits over the change. */
  private Delta overPending(Delta theirs) {
    Delta change = theirs;
    for (int i = 0; i < pending.size(); i++) {
      Delta mine = pending.get(i);
      pending.set(i, change.transform(mine, true));
      change = mine.transform(change, false);
    }
    return change;
  }

  private void acknowledged(long told, long at) {
    if (sent == null || told != sent.seq()) {
      Long before = acknowledged.get(told);
      if (before == null || before != at) {
        throw violation("seq " + told + " is acknowledged as " + at + ", before as " + before);
      }
      return;
    }
    if (at != rev + 1) {
      throw violation("acknowledged as " + at + " at " + rev);
    }
    accept(told, at);
    rev = at;
    sent = null;
  }

  private void accept(long told, long at) {
    acknowledged.put(told, at);
    scheduler.note(device, "seq " + told + " is revision " + at);
    world.invariants.acknowledged(this, told, at);
  }

  private void merged(JsonNode frame) {
    long told = frame.get("seq").asLong();
    long at = frame.get("rev").asLong();
    if (sent == null || !sent.branch() || sent.seq() != told) {
      throw violation("merged without a branch: " + told);
    }
    accept(told, at);
    document = document.compose(overPending(delta(frame.get("delta"))));
    rev = at;
    sent = null;
    TreeMap<Long, Delta> rest = new TreeMap<>(beside.tailMap(at, false));
    beside.clear();
    rest.forEach(this::apply);
  }

  private void error(JsonNode frame) {
    String code = frame.get("code").asText();
    if (!LATER.contains(code) || sent == null || frame.path("seq").asLong() != sent.seq()) {
      throw violation("was told " + frame);
    }
    scheduler.note(device, "seq " + seq + " is " + code);
    if (code.equals("internal")) {
      throw violation("met a fault of the server");
    }
    takeBack();
    pausing = true;
    device.in(
        frame.get("retryAfterMs").asLong(),
        () -> {
          pausing = false;
          pump();
        });
  }

  /** The change was not saved: its seq is free, and it goes out again with what was typed since. */
  private void takeBack() {
    if (sent == null) {
      return;
    }
    List<Delta> all = new ArrayList<>(sent.changes());
    all.addAll(pending);
    pending = all;
    wasOffline = sent.branch();
    sent = null;
    seq--;
    new TreeMap<>(beside).forEach(this::apply);
    beside.clear();
  }

  private static Delta delta(JsonNode ops) {
    return ((DeltaJson.Parsed.Valid) DeltaJson.read(ops.toString())).delta();
  }

  private AssertionError violation(String what) {
    return new AssertionError(device + " " + what);
  }

  // --- at the end -------------------------------------------------------------------------------

  boolean settled() {
    return joined && sent == null && pending.isEmpty();
  }

  String state() {
    return device + " joined " + joined + ", rev " + rev + ", sent " + sent + ", " + pending;
  }

  long rev() {
    return rev;
  }

  Delta document() {
    return document;
  }

  Map<Long, Long> acknowledged() {
    return acknowledged;
  }

  Writer writer() {
    return writer;
  }
}
