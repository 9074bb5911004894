package org.tandem.collab.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Delta;
import org.tandem.collab.Clients;
import org.tandem.collab.protocol.ClientFrame;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.Decoded;
import org.tandem.collab.protocol.ErrorCode;
import org.tandem.collab.protocol.Limits;
import org.tandem.collab.protocol.Selection;
import org.tandem.collab.protocol.ServerFrame;

class SessionTest {

  private static final Delta CHANGE = Delta.builder().insert("x").build();

  private final Session session = new Session(Limits.DEFAULT, 0);

  private List<Effect> hear(ClientFrame frame, long now) {
    return session.text(new Decoded.Frame(frame), now);
  }

  private void join() {
    hear(new ClientFrame.Join(Clients.fresh(), OptionalLong.empty()), 0);
  }

  private static ErrorCode error(List<Effect> effects) {
    return effects.stream()
        .filter(Effect.Send.class::isInstance)
        .map(effect -> ((Effect.Send) effect).frame())
        .map(frame -> assertInstanceOf(ServerFrame.Error.class, frame).code())
        .findFirst()
        .orElseThrow();
  }

  private static CloseCode close(List<Effect> effects) {
    return effects.stream()
        .filter(Effect.Close.class::isInstance)
        .map(effect -> ((Effect.Close) effect).code())
        .findFirst()
        .orElseThrow();
  }

  @Nested
  class Joining {

    @Test
    void isTheFirstThing() {
      List<Effect> effects = hear(new ClientFrame.Op(1, 0, CHANGE), 1);
      assertEquals(ErrorCode.BAD_MESSAGE, error(effects));
      assertTrue(effects.stream().noneMatch(Effect.Submit.class::isInstance));
    }

    @Test
    void happensOnce() {
      join();
      assertEquals(
          ErrorCode.BAD_MESSAGE,
          error(hear(new ClientFrame.Join(Clients.fresh(), OptionalLong.empty()), 1)));
    }

    @Test
    void isDueWithinTenSeconds() {
      assertEquals(List.of(), session.tick(Session.JOIN_WITHIN));
      assertEquals(CloseCode.BAD_MESSAGE, close(session.tick(Session.JOIN_WITHIN + 1)));
    }
  }

  @Nested
  class Changes {

    @Test
    void areTakenOneAtATime() {
      join();
      assertInstanceOf(Effect.Submit.class, hear(new ClientFrame.Op(1, 0, CHANGE), 1).get(0));
      assertEquals(ErrorCode.BAD_MESSAGE, error(hear(new ClientFrame.Op(2, 0, CHANGE), 1)));
      session.acknowledged(1);
      assertInstanceOf(Effect.Submit.class, hear(new ClientFrame.Op(2, 0, CHANGE), 1).get(0));
    }

    @Test
    void thatAreRepeatedInFlightWaitForTheOneAnswer() {
      join();
      hear(new ClientFrame.Op(1, 0, CHANGE), 1);
      assertEquals(List.of(), hear(new ClientFrame.Op(1, 0, CHANGE), 1));
    }

    /** The tenth of them closed the socket for good, though the protocol says that it stays. */
    @Test
    void whoseDeltaIsNoneAreRefusedAndNotCounted() {
      join();
      for (int i = 0; i < 3 * Session.BAD_MESSAGES; i++) {
        assertEquals(REFUSED, session.text(noDelta(), 0));
        assertTrue(session.refused(1));
      }
      assertInstanceOf(Effect.Submit.class, hear(new ClientFrame.Op(1, 0, CHANGE), 1).get(0));
    }

    @Test
    void whoseDeltaIsNoneComeNoFasterThanOthers() {
      join();
      for (int i = 0; i < Session.OPS_AT_ONCE; i++) {
        assertEquals(REFUSED, session.text(noDelta(), 0));
        session.refused(1);
      }
      assertEquals(ErrorCode.RATE_LIMITED, error(session.text(noDelta(), 0)));
    }

    /** A refusal may take a while: an earlier copy must not land after it. */
    @Test
    void whoseDeltaIsNoneHaveOneAnswer() {
      join();
      assertEquals(REFUSED, session.text(noDelta(), 0));
      assertEquals(List.of(), session.text(noDelta(), 0));
      assertEquals(ErrorCode.BAD_MESSAGE, error(hear(new ClientFrame.Op(2, 0, CHANGE), 1)));
    }

    private static final List<Effect> REFUSED =
        List.of(new Effect.Refuse(1, ErrorCode.BAD_DELTA, "A length is 1 or more."));

    private Decoded noDelta() {
      return Decoded.Invalid.of(ErrorCode.BAD_DELTA, "A length is 1 or more.", OptionalLong.of(1));
    }

    /**
     * A client comes back and sends seq 1 again, while seq 1 is committed by its connection before:
     * it hears so, and sends seq 2 before the repetition has an answer.
     */
    @Test
    void thatWereAcknowledgedMeanwhileKeepTheNextOneNotWaiting() {
      join();
      session.acknowledged(1);
      assertInstanceOf(Effect.Submit.class, hear(new ClientFrame.Op(1, 0, CHANGE), 1).get(0));
      assertInstanceOf(Effect.Submit.class, hear(new ClientFrame.Op(2, 0, CHANGE), 1).get(0));
    }

    /** A repetition met a database that was away; its client was told "not saved" of what is. */
    @Test
    void thatWereAcknowledgedMeanwhileAreNotRefused() {
      join();
      hear(new ClientFrame.Op(1, 0, CHANGE), 1);
      session.acknowledged(1);
      assertFalse(session.refused(1));
    }

    @Test
    void thatWereRefusedLeaveTheirSeqFree() {
      join();
      hear(new ClientFrame.Op(1, 0, CHANGE), 1);
      assertTrue(session.refused(1));
      assertInstanceOf(Effect.Submit.class, hear(new ClientFrame.Op(1, 0, CHANGE), 1).get(0));
      assertEquals(ErrorCode.BAD_MESSAGE, error(hear(new ClientFrame.Op(2, 0, CHANGE), 1)));
    }

    @Test
    void thatComeTooFastAreRefusedThenEndTheSession() {
      join();
      long seq = 1;
      for (; seq <= Session.OPS_AT_ONCE; seq++) {
        assertInstanceOf(Effect.Submit.class, hear(new ClientFrame.Op(seq, 0, CHANGE), 0).get(0));
        session.acknowledged(seq);
      }
      for (int i = 0; i < Session.REFUSED_OPS; i++) {
        assertEquals(ErrorCode.RATE_LIMITED, error(hear(new ClientFrame.Op(seq, 0, CHANGE), 0)));
      }
      assertEquals(CloseCode.TOO_SLOW, close(hear(new ClientFrame.Op(seq, 0, CHANGE), 0)));
    }

    /** The bucket gets a place back every 5 ms: a flood met one now and then, and never ended. */
    @Test
    void thatComeTooFastForLongEndTheSessionThoughSomeAreTaken() {
      join();
      long end = 0;
      for (long now = 1; now <= 2_000 && end == 0; now++) {
        List<Effect> effects = session.text(noDelta(), now);
        session.refused(1);
        end = effects.stream().anyMatch(Effect.Close.class::isInstance) ? now : 0;
      }
      assertTrue(end > 0, "a thousand changes a second go on for 2 s");
    }

    @Test
    void thatWaitASecondAfterEachRefusalEndNothing() {
      join();
      long now = 0;
      for (int i = 0; i < 2 * Session.REFUSED_OPS; i++) {
        List<Effect> effects;
        do {
          effects = session.text(noDelta(), now);
          session.refused(1);
        } while (effects.equals(REFUSED));
        assertEquals(ErrorCode.RATE_LIMITED, error(effects));
        now += 1_000;
      }
    }

    @Test
    void mayComeAgainAfterAWait() {
      join();
      long seq = 1;
      for (; seq <= Session.OPS_AT_ONCE; seq++) {
        hear(new ClientFrame.Op(seq, 0, CHANGE), 0);
        session.acknowledged(seq);
      }
      assertEquals(ErrorCode.RATE_LIMITED, error(hear(new ClientFrame.Op(seq, 0, CHANGE), 0)));
      assertInstanceOf(Effect.Submit.class, hear(new ClientFrame.Op(seq, 0, CHANGE), 10).get(0));
    }
  }

  /** Pings and carets cost too, though none of them is a change. */
  @Test
  void framesOfAnyKindThatComeTooFastEndTheSession() {
    join();
    var ping = new ClientFrame.Ping(Optional.empty());
    for (int i = 1; i < Session.FRAMES_AT_ONCE; i++) {
      assertInstanceOf(Effect.Send.class, hear(ping, 0).get(0));
    }
    assertEquals(CloseCode.TOO_SLOW, close(hear(ping, 0)));
    assertEquals(List.of(), hear(ping, 0));
  }

  @Test
  void pingsOfWebSocketCountAsFramesEvenBeforeJoin() {
    var ping = new ClientFrame.Ping(Optional.empty());
    for (int i = 0; i < Session.FRAMES_AT_ONCE - 1; i++) {
      assertEquals(List.of(), session.pinged(0));
    }
    hear(ping, 0);
    List<Effect> effects = session.pinged(0);
    assertEquals(ErrorCode.RATE_LIMITED, error(effects));
    assertEquals(CloseCode.TOO_SLOW, close(effects));
    assertEquals(List.of(), session.pinged(0));
  }

  @Test
  void pingsOfWebSocketAreNotHeard() {
    join();
    session.pinged(Session.SILENCE);
    assertEquals(CloseCode.HEARTBEAT_MISSED, close(session.tick(Session.SILENCE + 1)));
  }

  @Test
  void aThousandFramesASecondMayGoOnForEver() {
    join();
    var gone = new ClientFrame.Cursor(Optional.empty());
    for (long now = 1; now <= 10_000; now++) {
      assertTrue(hear(gone, now).stream().noneMatch(Effect.Close.class::isInstance));
    }
  }

  @Test
  void dropsCursorsBeyondTwentyASecond() {
    join();
    var cursor = new ClientFrame.Cursor(Optional.of(new Selection(0, 0, 0)));
    for (int i = 0; i < 20; i++) {
      assertEquals(1, hear(cursor, 0).size());
    }
    assertEquals(List.of(), hear(cursor, 0));
    assertEquals(1, hear(cursor, 50).size());
  }

  /** Each check costs a hash of the document: a reader who sent many once froze the page. */
  @Test
  void dropsChecksBeyondOneASecond() {
    join();
    var check = new ClientFrame.Check(1, "0".repeat(64));
    for (int i = 0; i < Session.CHECKS_AT_ONCE; i++) {
      assertEquals(1, hear(check, 0).size());
    }
    assertEquals(List.of(), hear(check, 0));
    assertEquals(1, hear(check, 1_000).size());
    assertEquals(List.of(), hear(check, 1_000));
  }

  @Test
  void endsAfterAMinuteOfSilence() {
    join();
    assertEquals(List.of(), session.tick(Session.SILENCE));
    hear(new ClientFrame.Ping(Optional.of(7)), Session.SILENCE);
    assertEquals(List.of(), session.tick(2 * Session.SILENCE));
    assertEquals(CloseCode.HEARTBEAT_MISSED, close(session.tick(2 * Session.SILENCE + 1)));
  }

  @Test
  void answersAPingWithItsValue() {
    Effect.Send send = (Effect.Send) hear(new ClientFrame.Ping(Optional.of("then")), 0).get(0);
    assertEquals(new ServerFrame.Pong(Optional.of("then")), send.frame());
  }

  @Test
  void closesOnWhatIsNoJson() {
    List<Effect> effects = session.text(new Decoded.Unreadable("no JSON"), 1);
    assertEquals(ErrorCode.BAD_MESSAGE, error(effects));
    assertEquals(CloseCode.BAD_MESSAGE, close(effects));
    assertEquals(List.of(), hear(new ClientFrame.Ping(Optional.empty()), 2));
  }

  @Test
  void bearsWithBadMessagesForAWhile() {
    join();
    var bad = Decoded.Invalid.of(ErrorCode.BAD_MESSAGE, "no", OptionalLong.of(1));
    for (int i = 1; i < Session.BAD_MESSAGES; i++) {
      List<Effect> effects = session.text(bad, i);
      assertEquals(ErrorCode.BAD_MESSAGE, error(effects));
      assertTrue(effects.stream().noneMatch(Effect.Close.class::isInstance));
    }
    assertEquals(CloseCode.BAD_MESSAGE, close(session.text(bad, 99)));
  }
}
