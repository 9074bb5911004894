package org.tandem.collab.runtime;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.editor.ProposedChange.Manner;
import org.tandem.api.host.Access;
import org.tandem.api.host.User;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.ClientId;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.Decoded;
import org.tandem.collab.protocol.ErrorCode;
import org.tandem.collab.protocol.FrameEncoder;
import org.tandem.collab.protocol.ServerFrame;
import org.tandem.collab.session.Effect;

/**
 * One connection to a page: the session's rules, the way out and the way to the page. The transport
 * calls it from its threads, the page from its mailbox.
 */
public final class LiveSession {

  private static final Logger log = LoggerFactory.getLogger(LiveSession.class);

  private final long number;
  private final Rules rules;
  private final Outbox outbox;
  private final OpenPage page;
  private final Ports ports;
  private final User user;
  private final FrameEncoder encoder;
  private volatile @Nullable ClientId client;
  private volatile Access access;
  private volatile boolean ended;

  /** What this side ended it with; null: the other side did, or nobody. */
  private volatile @Nullable CloseCode endedBy;

  private final Requests requests;

  private final OwnChanges changes;

  /**
   * @param number of the connection, among those of the node
   */
  LiveSession(
      long number,
      OpenPage page,
      Ports ports,
      User user,
      Access access,
      Wire wire,
      FrameEncoder encoder) {
    this.number = number;
    this.page = page;
    this.ports = ports;
    this.user = user;
    this.access = access;
    this.encoder = encoder;
    this.requests = new Requests(page, this::fillsMailbox);
    this.rules = new Rules(ports.limits(), ports.millis());
    this.changes = new OwnChanges(this, rules, page, ports.telemetry());
    this.outbox = new Outbox(new CountedWire(wire, ports.telemetry()), this::tooSlow);
  }

  /** A text arrived; called by one thread at a time. */
  public void text(Decoded decoded) {
    carryOut(rules.text(decoded));
  }

  /** A ping or pong of WebSocket itself arrived. */
  public void pinged() {
    carryOut(rules.pinged());
  }

  /** Something arrived that can be no frame. */
  public void unreadable(String sentence) {
    carryOut(rules.unreadable(sentence));
  }

  /** A message over the limit arrived. */
  public void tooLarge(String sentence) {
    carryOut(rules.tooLarge(sentence));
  }

  /** A message met a fault of this server: the client joins again and goes on. */
  public void failed() {
    close(CloseCode.OVERLOADED);
  }

  /** The person's sign-in is over. */
  public void signedOut() {
    close(CloseCode.SIGNED_OUT);
  }

  /** The connection ended. */
  public void closed() {
    rules.closed();
    ended = true;
    outbox.end();
    page.post(
        () -> {
          leavePage();
          page.release();
        });
  }

  void tick() {
    carryOut(rules.tick());
  }

  /** Ends the connection from this side, after what waits is sent; the page counts it no more. */
  void close(CloseCode code) {
    leave(code);
    outbox.close(code);
  }

  /** The transport may need seconds to end what does not read: for the page it is gone by now. */
  private void tooSlow() {
    log.info("{}: does not read", this);
    leave(CloseCode.TOO_SLOW);
  }

  private void fillsMailbox() {
    log.info("{}: fills the mailbox", this);
    close(CloseCode.TOO_SLOW);
  }

  private void leave(CloseCode code) {
    rules.closed();
    endedBy = ended ? endedBy : code;
    ended = true;
    page.post(this::leavePage);
  }

  private void leavePage() {
    if (client != null) {
      page.leave(this);
    }
  }

  /** Characters that wait to be sent. */
  int unsent() {
    return outbox.size();
  }

  /** Whether the connection ended, from either side. */
  boolean ended() {
    return ended;
  }

  /** The code that this side ended it with; null: the other side did, or it goes on. */
  @Nullable CloseCode endedBy() {
    return endedBy;
  }

  private void carryOut(List<Effect> effects) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.Submit submit) {
        submit(submit);
      } else if (effect instanceof Effect.Refuse refuse) {
        changes.refused(refuse.seq(), refuse.code(), refuse.reason());
      } else if (effect instanceof Effect.MoveCursor move) {
        requests.moveCursor(move.selection(), newest -> page.talk().moveCursor(this, newest));
      } else if (effect instanceof Effect.Send send) {
        send(send.frame());
      } else if (effect instanceof Effect.Join join) {
        join(join.client(), join.rev());
      } else if (effect instanceof Effect.Check check) {
        requests.post(() -> page.talk().check(this, check.rev(), check.hash()));
      } else if (effect instanceof Effect.Say say) {
        requests.post(() -> page.talk().say(this, say.plugin(), say.value()));
      } else if (effect instanceof Effect.Present show) {
        requests.post(() -> page.talk().present(this, show.field(), show.value()));
      } else if (effect instanceof Effect.Close close) {
        close(close.code());
      } else if (effect instanceof Effect.Note note) {
        log.info("{}: {}", this, note.sentence());
      }
    }
  }

  private void join(ClientId joining, OptionalLong rev) {
    client = joining;
    changes.joins(rev);
    if (page.overloaded()) {
      close(CloseCode.OVERLOADED);
      return;
    }
    // It may load the page: not on the transport's thread.
    page.post(() -> page.join(this, rev));
  }

  private void submit(Effect.Submit submit) {
    changes.arrived();
    boolean repetition = rules.isAcknowledged(submit.seq());
    if (page.overloaded()) {
      if (repetition) {
        changes.uncertain();
      } else {
        changes.refused(submit.seq(), ErrorCode.UNAVAILABLE, PageSequencer.AWAY);
      }
      return;
    }
    try {
      if (!repetition && !mayEdit()) {
        changes.refused(submit.seq(), ErrorCode.FORBIDDEN, "You may not edit this page.");
        return;
      }
    } catch (LogUnavailable away) {
      changes.refused(submit.seq(), ErrorCode.UNAVAILABLE, PageSequencer.AWAY);
      return;
    }
    Submission submission =
        new Submission(
            client(),
            submit.seq(),
            user.id(),
            submit.base(),
            submit.changes(),
            submit.branch() ? Manner.BRANCH : Manner.TYPED);
    requests.post(
        () -> {
          changes.sent(submission);
          page.submitFrom(this, submission);
        });
  }

  private boolean mayEdit() {
    Access now = ports.access().access(page.id(), user.id());
    if (now != access) {
      requests.post(() -> page.reviewAccess(this));
    }
    return now.allows(Access.EDIT);
  }

  void send(ServerFrame frame) {
    if (frame instanceof ServerFrame.Error error) {
      ports.telemetry().refused(error.code());
    }
    outbox.send(encoder.encode(frame));
  }

  /** Adds {@code op} frames, encoded once for all sessions, to what the next frame goes after. */
  void addOps(List<String> encoded) {
    outbox.addOps(encoded);
  }

  /** Adds an encoded frame, which goes out as {@link #addOps} has it. */
  void add(String encoded) {
    outbox.add(encoded);
  }

  /** Adds an encoded frame, instead of the one of the same key that still waits. */
  void addNewest(Object key, String encoded) {
    outbox.addNewest(key, encoded);
  }

  /** Sends what was added. */
  void flush() {
    outbox.flush();
  }

  /** What the client has is not what the page has: it begins again with the document. */
  void diverged() {
    send(ServerFrame.Error.of(ErrorCode.DIVERGED, "The documents differ: rejoin with rev null."));
    close(CloseCode.DIVERGED);
  }

  /** What its client has sent, and the answers to it. */
  OwnChanges changes() {
    return changes;
  }

  long number() {
    return number;
  }

  User user() {
    return user;
  }

  Access access() {
    return access;
  }

  void access(Access changed) {
    access = changed;
  }

  /** Known once the session joined. */
  ClientId client() {
    ClientId known = client;
    if (known == null) {
      throw new IllegalStateException("the session has not joined");
    }
    return known;
  }

  ServerFrame.PeerInfo info() {
    return new ServerFrame.PeerInfo(client(), user, access);
  }

  /** {@code Page p, user u, client c}, for the log. */
  @Override
  public String toString() {
    return "Page " + page.id() + ", user " + user.id() + ", client " + client;
  }
}
