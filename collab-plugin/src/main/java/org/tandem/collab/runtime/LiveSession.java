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
import org.tandem.collab.page.Decision;
import org.tandem.collab.page.Revision;
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
public final class LiveSession implements Author {

  private static final Logger log = LoggerFactory.getLogger(LiveSession.class);
  private static final long RETRY_AFTER = 2_000;

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

  /** When the change in flight arrived, in nanoseconds of the JVM. */
  private volatile long arrivedAt;

  private final Earlier earlier = new Earlier();

  /** What is in flight; only the mailbox touches it. */
  private @Nullable Submission sent;

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
    log.info("Page {}, user {}, client {}: does not read", page.id(), user.id(), client);
    leave(CloseCode.TOO_SLOW);
  }

  private void fillsMailbox() {
    log.info("Page {}, user {}, client {}: fills the mailbox", page.id(), user.id(), client);
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
        refused(refuse.seq(), refuse.code(), refuse.reason());
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
        log.info("Page {}, user {}, client {}: {}", page.id(), user.id(), client, note.sentence());
      }
    }
  }

  private void join(ClientId joining, OptionalLong rev) {
    client = joining;
    earlier.joins(rev);
    if (page.overloaded()) {
      close(CloseCode.OVERLOADED);
      return;
    }
    // It may load the page: not on the transport's thread.
    page.post(() -> page.join(this, rev));
  }

  private void submit(Effect.Submit submit) {
    arrivedAt = System.nanoTime();
    boolean repetition = rules.isAcknowledged(submit.seq());
    if (page.overloaded()) {
      if (repetition) {
        uncertain();
      } else {
        refused(submit.seq(), ErrorCode.UNAVAILABLE, PageSequencer.AWAY);
      }
      return;
    }
    try {
      if (!repetition && !mayEdit()) {
        refused(submit.seq(), ErrorCode.FORBIDDEN, "You may not edit this page.");
        return;
      }
    } catch (LogUnavailable away) {
      refused(submit.seq(), ErrorCode.UNAVAILABLE, PageSequencer.AWAY);
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
          sent = submission;
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

  @Override
  public void committed(Revision revision) {
    Submission mine = answered(revision.seq());
    if (mine != null && mine.branch()) {
      page.history().merged(this, mine, revision.rev(), false);
    } else if (earlier.inAnotherForm()
        && (mine == null || !page.history().became(mine, revision))) {
      diverged();
    } else if (mine == null) {
      // By an earlier connection: whether as a branch is not known here before it is repeated.
      uncertain();
    } else {
      send(new ServerFrame.Ack(revision.seq(), revision.rev(), revision.stamp().toString()));
    }
    earlier.over();
  }

  @Override
  public void repeated(long seq, long rev) {
    Submission mine = answered(seq);
    if (mine != null && mine.branch()) {
      page.history().merged(this, mine, rev, true);
    } else {
      page.history().acknowledge(this, earlier.inAnotherForm() ? mine : null, seq, rev);
    }
    earlier.over();
  }

  private @Nullable Submission answered(long seq) {
    earlier.answered();
    rules.acknowledged(seq);
    Submission mine = sent;
    if (mine == null || mine.seq() != seq) {
      return null;
    }
    ports.telemetry().acknowledged(System.nanoTime() - arrivedAt);
    sent = null;
    return mine;
  }

  /** It is told that its changes are durable up to this one: a repetition needs no right. */
  void toldAcknowledged(long seq) {
    earlier.has(seq);
    rules.acknowledged(seq);
  }

  /** It is told the document, not the way to it. */
  void beginsAnew() {
    earlier.beginsAnew();
  }

  /** What the client has is not what the page has: it begins again with the document. */
  void diverged() {
    send(ServerFrame.Error.of(ErrorCode.DIVERGED, "The documents differ: rejoin with rev null."));
    close(CloseCode.DIVERGED);
  }

  @Override
  public void refused(long seq, ErrorCode code, String reason) {
    if (earlier.forbidsToRefuse(code)) {
      refusedInDoubt(seq, code, reason);
    } else if (earlier.forbidsToDeny(code)) {
      uncertain();
    } else {
      tellRefused(seq, code, reason);
    }
  }

  @Override
  public void refusedInDoubt(long seq, ErrorCode code, String reason) {
    page.post(() -> page.refuse(this, seq, new Decision.Refuse(code, reason)));
  }

  /** No earlier copy of the change can find its place any more. */
  void refusedForGood(long seq, Decision.Refuse refuse) {
    earlier.answered();
    earlier.over();
    tellRefused(seq, refuse.code(), refuse.reason());
  }

  private void tellRefused(long seq, ErrorCode code, String reason) {
    if (!rules.refused(seq)) {
      if (code == ErrorCode.RATE_LIMITED) {
        uncertain();
      }
      return;
    }
    ServerFrame.Error error = ServerFrame.Error.of(code, reason, seq);
    boolean later = code == ErrorCode.UNAVAILABLE || code == ErrorCode.RATE_LIMITED;
    if (!later) {
      log.info("Page {}, client {}: {}: {}", page.id(), client, code.word(), reason);
    }
    send(later ? error.retryAfter(RETRY_AFTER) : error);
  }

  /** Joining again tells the client whether its change is there: joined says what was acked. */
  @Override
  public void uncertain() {
    close(CloseCode.OVERLOADED);
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
}
