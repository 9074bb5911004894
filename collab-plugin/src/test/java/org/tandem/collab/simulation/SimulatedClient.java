package org.tandem.collab.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.DocumentHash;
import org.tandem.api.host.Access;
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

  private static final Set<String> LATER = Set.of("unavailable", "rate_limited");
  private static final int BEAT = 5_000;
  private static final int QUIET = 15_000;
  private static final int SILENT = 25_000;
  private static final int CHECK_EVERY = 10;
  private static final int CHECKED_WITHIN = 3_000;

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
  private boolean mayEdit;
  private boolean shutOut;
  private boolean gone;

  /** Whether a node that may place it took the change in flight from this client. */
  private boolean taken;

  /** Whether an earlier copy of a change that was entered anew may be in its place. */
  private boolean doubting;

  /** The base that the change in flight was sent with. */
  private long writtenOn;

  private long checkedAt = Long.MAX_VALUE;
  private final Draft draft;
  private final Map<Long, Long> acknowledged = new HashMap<>();

  SimulatedClient(Simulation world, String name, PageId page) {
    this.world = world;
    this.scheduler = world.scheduler;
    this.page = page;
    this.id = new ClientId(world.uuid());
    this.user = new User(new UserId(world.uuid()), name, "#000000", false);
    this.device = scheduler.actor(name);
    this.writer = new Writer(scheduler, name);
    this.draft = new Draft(writer);
  }

  void start() {
    device.in(scheduler.between(0, 2_000), this::connect);
    device.in(BEAT, this::beat);
    device.in(scheduler.between(500, 5_000), this::typing);
  }

  // --- the connection ---------------------------------------------------------------------------

  private void connect() {
    if (connection != null || offline || gone) {
      return;
    }
    heard = scheduler.now();
    connection = new Connection(scheduler, this, world.anyNode(), world.slow());
    long known = draft.known();
    scheduler.note(device, "joins at " + connection.node() + ", rev " + known);
    connection.open();
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

  /** The connection ended from the other side, without a closing frame. */
  void broken(Connection by) {
    if (by == connection) {
      gone();
    }
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
    if (by != connection) {
      return;
    }
    scheduler.note(device, "closed with " + code);
    if (code == CloseCode.BAD_MESSAGE
        || code == CloseCode.DIVERGED && world.database().beginning(page) == 0
        || code == CloseCode.ACCESS_GONE && !world.rights().everChanged(page, user.id())
        || code == CloseCode.PAGE_GONE && !world.wiki().isDeleted(page)) {
      throw violation("closed with " + code);
    }
    if (code == CloseCode.DIVERGED) {
      draft.startAgain();
    }
    shutOut = code == CloseCode.ACCESS_GONE;
    gone = code == CloseCode.PAGE_GONE;
    gone();
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
      if (doubting && joined && draft.sent() == null) {
        check();
        checkedAt = world.quiet() ? Math.min(checkedAt, scheduler.now()) : Long.MAX_VALUE;
      }
    }
    device.in(BEAT, this::beat);
  }

  // --- writing ----------------------------------------------------------------------------------

  private void typing() {
    if (!world.quiet()) {
      if (draft.rev() >= 0 && mayEdit) {
        draft.type(writer.change(draft.document()));
        pausing = false;
        pump();
      }
      device.in(world.pace(), this::typing);
    }
  }

  private void pump() {
    if (joined && mayEdit && !pausing && draft.send(wasOffline)) {
      wasOffline = false;
      taken = false;
      transmit();
    }
  }

  private void transmit() {
    Sent sent = draft.sent();
    if (connection != null && sent != null) {
      scheduler.note(device, "sends " + sent.name() + " to " + connection.node());
      writtenOn = sent.base();
      connection.change(sent.frame());
    }
  }

  /** A node received a change of this client. */
  void taken(boolean mayBePlaced) {
    taken |= mayBePlaced;
  }

  private void check() {
    if (connection != null) {
      String hash = DocumentHash.of(draft.base());
      connection.send("{\"t\":\"check\",\"rev\":" + draft.rev() + ",\"hash\":\"" + hash + "\"}");
    }
  }

  // --- what the server says ---------------------------------------------------------------------

  void hear(Connection by, String text) {
    if (by != connection) {
      return;
    }
    heard = scheduler.now();
    JsonNode frame = Heard.frame(text);
    switch (frame.get("t").asText()) {
      case "joined" -> joined(frame);
      case "op" -> operation(frame);
      case "ops" -> frame.get("ops").forEach(this::operation);
      case "ack" -> acknowledged(frame.get("seq").asLong(), frame.get("rev").asLong());
      case "merged" -> merged(frame);
      case "access" -> access(frame);
      case "error" -> error(frame);
      default -> {}
    }
    pump();
  }

  private void joined(JsonNode frame) {
    long head = frame.get("rev").asLong();
    long acked = frame.get("acked").asLong();
    scheduler.note(device, "joined at " + head + ", acked " + acked);
    if (frame.has("doc")) {
      long known = draft.known();
      if (known >= world.database().beginning(page)) {
        throw violation("was at revision " + known + " and got the document of " + head);
      }
      begin(Heard.delta(frame.get("doc")), head, acked);
    } else {
      frame.get("ops").forEach(this::operation);
      if (draft.heardRev() != head) {
        throw violation("joined at " + head + ", and the ops led to " + draft.heardRev());
      }
    }
    joined = true;
    shutOut = false;
    pausing = false;
    access(frame);
    transmit();
  }

  /** The log does not lead from here to the document: what is new here is entered on top of it. */
  private void begin(Delta document, long head, long acked) {
    Sent sent = draft.sent();
    if (sent != null && acked >= sent.seq()) {
      draft.accept();
      acknowledged.put(sent.seq(), -1L);
    } else if (sent != null) {
      doubting = true;
      checkedAt = Long.MAX_VALUE;
    }
    draft.begin(document, head);
  }

  private void access(JsonNode frame) {
    Access told = Access.of(frame.get("access").asText()).orElseThrow();
    mayEdit = told.allows(Access.EDIT);
    scheduler.note(device, "has " + told);
  }

  private void operation(JsonNode op) {
    long at = op.get("rev").asLong();
    boolean branch = draft.branches();
    if (at <= draft.heardRev() && branch) {
      return; // told again to a client that joined again from its branch's base
    }
    if (at != draft.heardRev() + 1) {
      throw violation("revision " + at + " after " + draft.heardRev());
    }
    if (!branch && op.get("client").asText().equals(id.toString())) {
      acknowledged(op.get("seq").asLong(), at);
      return;
    }
    draft.hear(at, Heard.delta(op.get("delta")));
    if (!branch && at % CHECK_EVERY == 0 && draft.empty()) {
      check();
    }
  }

  private void acknowledged(long told, long at) {
    Sent sent = draft.sent();
    if (sent == null || told != sent.seq()) {
      Long before = acknowledged.get(told);
      if (before == null || before != at && before >= 0) {
        throw violation("seq " + told + " is acknowledged as " + at + ", before as " + before);
      }
      return;
    }
    if (at != draft.rev() + 1) {
      throw violation("acknowledged as " + at + " at " + draft.rev());
    }
    accept(told, at);
    draft.acknowledge(at);
  }

  private void accept(long told, long at) {
    if (!taken) {
      throw violation("may not edit, and seq " + told + " was accepted");
    }
    acknowledged.put(told, at);
    scheduler.note(device, "seq " + told + " is revision " + at);
    world.invariants.acknowledged(this, told, at);
  }

  private void merged(JsonNode frame) {
    long told = frame.get("seq").asLong();
    long at = frame.get("rev").asLong();
    Sent sent = draft.sent();
    if (sent == null || !sent.branch() || sent.seq() != told) {
      throw violation("merged without a branch: " + told);
    }
    accept(told, at);
    draft.merge(at, Heard.delta(frame.get("delta")));
  }

  private void error(JsonNode frame) {
    String code = frame.get("code").asText();
    if (code.equals("diverged") && world.database().beginning(page) > 0) {
      return; // and is closed
    }
    Sent sent = draft.sent();
    if (sent == null || frame.path("seq").asLong() != sent.seq()) {
      throw violation("was told " + frame);
    }
    scheduler.note(device, "seq " + sent.seq() + " is " + code);
    if (code.equals("forbidden") && mayBeForbidden()
        || code.equals("bad_delta") && sent.isRefused()) {
      draft.takeOut();
    } else if (code.equals("stale_revision") && world.invariants.isStale(this, writtenOn)) {
      draft.startAgain();
      cut();
    } else if (LATER.contains(code)) {
      wasOffline = draft.takeBack();
      pausing = true;
      device.in(
          frame.get("retryAfterMs").asLong(),
          () -> {
            pausing = false;
            pump();
          });
    } else {
      throw violation("was told " + frame);
    }
  }

  private AssertionError violation(String what) {
    return new AssertionError(device + " " + what);
  }

  // --- at the end -------------------------------------------------------------------------------

  boolean settled() {
    Access truth = world.rights().truth(page, user.id());
    if (world.wiki().isDeleted(page)) {
      return gone;
    }
    if (!truth.allows(Access.VIEW)) {
      return shutOut;
    }
    return joined
        && draft.sent() == null
        && mayEdit == truth.allows(Access.EDIT)
        && (!mayEdit || draft.empty())
        && (!doubting || scheduler.now() - checkedAt > CHECKED_WITHIN);
  }

  private boolean mayBeForbidden() {
    return world.rights().everChanged(page, user.id()) || world.wiki().isDeleted(page);
  }

  boolean shutOut() {
    return shutOut;
  }

  String state() {
    return device + " joined " + joined + ", edits " + mayEdit + ", " + draft;
  }

  long rev() {
    return draft.rev();
  }

  /** As the client knows it to be committed. */
  Delta document() {
    return draft.base();
  }

  Map<Long, Long> acknowledged() {
    return acknowledged;
  }

  Writer writer() {
    return writer;
  }
}
