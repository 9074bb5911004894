package org.tandem.collab.session;

import java.util.List;
import java.util.OptionalLong;
import org.tandem.collab.protocol.ClientFrame;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.Decoded;
import org.tandem.collab.protocol.ErrorCode;
import org.tandem.collab.protocol.Limits;
import org.tandem.collab.protocol.ServerFrame;
import org.tandem.collab.protocol.ServerFrame.Subject;

/**
 * The state of one connection: an event goes in, effects come out. Times are milliseconds of a
 * monotone clock, passed in. Threads: one at a time.
 */
public final class Session {

  static final long JOIN_WITHIN = 10_000;
  static final long SILENCE = 60_000;
  static final int BAD_MESSAGES = 10;
  static final int OPS_PER_SECOND = 200;
  static final int OPS_AT_ONCE = 400;
  static final int REFUSED_OPS = Haste.REFUSED;

  /** Frames of any kind, with those that are dropped and pings of WebSocket: they cost as well. */
  static final int FRAMES_PER_SECOND = 1_000;

  static final int FRAMES_AT_ONCE = 2_000;
  static final int CHECKS_PER_SECOND = 1;
  static final int CHECKS_AT_ONCE = 5;
  private static final String JOIN_FIRST = "The first frame must be join.";

  private enum Phase {
    NEW,
    JOINED,
    CLOSED
  }

  private final long opened;
  private final Bucket frames;
  private final Bucket ops;
  private final Bucket cursors;
  private final Bucket checks;
  private Phase phase = Phase.NEW;
  private long heard;
  private long inFlight;
  private long acknowledged;
  private int badMessages;
  private final Haste haste = new Haste();
  private final TalkQuota talkQuota;

  public Session(Limits limits, long now) {
    opened = now;
    heard = now;
    frames = new Bucket(FRAMES_PER_SECOND, FRAMES_AT_ONCE, now);
    ops = new Bucket(OPS_PER_SECOND, OPS_AT_ONCE, now);
    cursors = new Bucket(limits.cursorsPerSecond(), limits.cursorsPerSecond(), now);
    checks = new Bucket(CHECKS_PER_SECOND, CHECKS_AT_ONCE, now);
    talkQuota = new TalkQuota(now);
  }

  /** A text arrived. */
  public List<Effect> text(Decoded decoded, long now) {
    if (phase == Phase.CLOSED) {
      return List.of();
    }
    heard = now;
    if (!frames.take(now)) {
      return flooded();
    }
    if (decoded instanceof Decoded.Frame frame) {
      return frame(frame.frame(), now);
    }
    if (decoded instanceof Decoded.Invalid invalid) {
      return invalid.code() == ErrorCode.BAD_MESSAGE ? bad(invalid) : refusedUnread(invalid, now);
    }
    return unreadable(((Decoded.Unreadable) decoded).message());
  }

  /** A ping or pong of WebSocket itself arrived: it costs what a frame costs, and is not heard. */
  public List<Effect> pinged(long now) {
    return phase == Phase.CLOSED || frames.take(now) ? List.of() : flooded();
  }

  private List<Effect> flooded() {
    return closing(ErrorCode.RATE_LIMITED, "Too many frames a second.", CloseCode.TOO_SLOW);
  }

  /** Something arrived that can be no frame: a binary message for example. */
  public List<Effect> unreadable(String sentence) {
    if (phase == Phase.CLOSED) {
      return List.of();
    }
    return closing(ErrorCode.BAD_MESSAGE, sentence, CloseCode.BAD_MESSAGE);
  }

  /** A message over the limit arrived and was thrown away. */
  public List<Effect> tooLarge(String sentence) {
    if (phase == Phase.CLOSED) {
      return List.of();
    }
    return closing(ErrorCode.TOO_LARGE, sentence, CloseCode.TOO_LARGE);
  }

  /** Called about every second. */
  public List<Effect> tick(long now) {
    if (phase == Phase.NEW && now - opened > JOIN_WITHIN) {
      return closing(
          ErrorCode.BAD_MESSAGE, "join must be sent within 10 s.", CloseCode.BAD_MESSAGE);
    }
    if (phase == Phase.JOINED && now - heard > SILENCE) {
      phase = Phase.CLOSED;
      return List.of(new Effect.Close(CloseCode.HEARTBEAT_MISSED));
    }
    return List.of();
  }

  /** A change was committed, by whatever connection it came: its seq is used up. */
  public void acknowledged(long seq) {
    acknowledged = Math.max(acknowledged, seq);
    answered(seq);
  }

  /**
   * A change has no place, and its seq may come again.
   *
   * @return false when it was a repetition of one that was acknowledged meanwhile: then there is
   *     nothing to tell
   */
  public boolean refused(long seq) {
    answered(seq);
    return seq > acknowledged;
  }

  /** Whether a change of this seq is committed, so that it needs no room and no right any more. */
  public boolean isAcknowledged(long seq) {
    return seq <= acknowledged;
  }

  private void answered(long seq) {
    if (inFlight == seq) {
      inFlight = 0;
    }
  }

  /** The connection ended, from either side. */
  public void closed() {
    phase = Phase.CLOSED;
  }

  private List<Effect> frame(ClientFrame frame, long now) {
    if (frame instanceof ClientFrame.Ping ping) {
      return List.of(new Effect.Send(new ServerFrame.Pong(ping.at())));
    }
    if (frame instanceof ClientFrame.Join join) {
      return join(join);
    }
    if (phase == Phase.NEW) {
      return bad(JOIN_FIRST, OptionalLong.empty());
    }
    if (frame instanceof ClientFrame.Op op) {
      return submit(new Effect.Submit(op.seq(), op.rev(), List.of(op.delta()), false), now);
    }
    if (frame instanceof ClientFrame.Branch branch) {
      return submit(new Effect.Submit(branch.seq(), branch.rev(), branch.ops(), true), now);
    }
    if (frame instanceof ClientFrame.Cursor cursor) {
      return cursors.take(now) ? List.of(new Effect.MoveCursor(cursor.selection())) : List.of();
    }
    if (frame instanceof ClientFrame.Message message) {
      return talkQuota.takeMessage(message.plugin(), now)
          ? TalkQuota.said(message)
          : hasty(TalkQuota.tooFast(new Subject.OfMessage(message.plugin())), now);
    }
    if (frame instanceof ClientFrame.Presence presence) {
      return talkQuota.takeField(now)
          ? TalkQuota.shown(presence)
          : hasty(TalkQuota.tooFast(new Subject.OfField(presence.field())), now);
    }
    ClientFrame.Check check = (ClientFrame.Check) frame;
    return checks.take(now) ? List.of(new Effect.Check(check.rev(), check.hash())) : List.of();
  }

  private List<Effect> join(ClientFrame.Join join) {
    if (phase != Phase.NEW) {
      return bad("join was sent before.", OptionalLong.empty());
    }
    phase = Phase.JOINED;
    return List.of(new Effect.Join(join.client(), join.rev()));
  }

  private List<Effect> submit(Effect.Submit submit, long now) {
    if (inFlight == submit.seq()) {
      return List.of();
    }
    if (inFlight != 0) {
      return bad(
          "seq " + inFlight + " has no answer yet: one change is in flight at a time.",
          OptionalLong.of(submit.seq()));
    }
    if (!ops.take(now)) {
      return tooFast(submit.seq(), now);
    }
    // A repetition of what was acknowledged meanwhile keeps nobody waiting.
    if (submit.seq() > acknowledged) {
      inFlight = submit.seq();
    }
    return List.of(submit);
  }

  private List<Effect> tooFast(long seq, long now) {
    ServerFrame.Error error =
        ServerFrame.Error.of(
            ErrorCode.RATE_LIMITED, "Too many changes a second: send it again later.", seq);
    return hasty(List.of(new Effect.Send(error.retryAfter(Haste.RETRY_AFTER))), now);
  }

  /** Refuses what came too fast, or ends the connection. */
  private List<Effect> hasty(List<Effect> refusal, long now) {
    return haste.tooMuch(now)
        ? closing(
            ErrorCode.RATE_LIMITED, "Too many changes or messages a second.", CloseCode.TOO_SLOW)
        : refusal;
  }

  /** The frame is one, its delta is none: refused like a delta that the page refuses. */
  private List<Effect> refusedUnread(Decoded.Invalid invalid, long now) {
    if (phase == Phase.NEW) {
      return bad(JOIN_FIRST, invalid.seq());
    }
    if (invalid.seq().isEmpty()) {
      return told(invalid);
    }
    long seq = invalid.seq().getAsLong();
    if (!ops.take(now)) {
      return tooFast(seq, now);
    }
    if (inFlight == seq) {
      return List.of();
    }
    if (inFlight != 0 || seq <= acknowledged) {
      return told(invalid);
    }
    inFlight = seq;
    return List.of(new Effect.Refuse(seq, invalid.code(), invalid.message()));
  }

  private List<Effect> bad(String sentence, OptionalLong seq) {
    return bad(Decoded.Invalid.of(ErrorCode.BAD_MESSAGE, sentence, seq));
  }

  private List<Effect> bad(Decoded.Invalid invalid) {
    badMessages++;
    return badMessages >= BAD_MESSAGES
        ? closing(ErrorCode.BAD_MESSAGE, invalid.message(), CloseCode.BAD_MESSAGE)
        : told(invalid);
  }

  private static List<Effect> told(Decoded.Invalid invalid) {
    ErrorCode code = invalid.code();
    String sentence = invalid.message();
    return List.of(
        new Effect.Note(code.word() + ": " + sentence),
        new Effect.Send(
            invalid
                .subject()
                .map(subject -> ServerFrame.Error.of(code, sentence, subject))
                .orElseGet(() -> ServerFrame.Error.of(code, sentence, invalid.seq()))));
  }

  private List<Effect> closing(ErrorCode code, String sentence, CloseCode close) {
    phase = Phase.CLOSED;
    return List.of(
        new Effect.Note(code.word() + ": " + sentence),
        new Effect.Send(ServerFrame.Error.of(code, sentence)),
        new Effect.Close(close));
  }
}
