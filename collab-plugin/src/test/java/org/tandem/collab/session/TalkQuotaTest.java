package org.tandem.collab.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.tandem.collab.Clients;
import org.tandem.collab.protocol.ClientFrame;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.Decoded;
import org.tandem.collab.protocol.ErrorCode;
import org.tandem.collab.protocol.Limits;
import org.tandem.collab.protocol.PluginValue;
import org.tandem.collab.protocol.ServerFrame;

/** Messages to plugins and what is shown in presence fields. */
class TalkQuotaTest {

  private final Session session = new Session(Limits.DEFAULT, 0);

  private List<Effect> hear(ClientFrame frame, long now) {
    return session.text(new Decoded.Frame(frame), now);
  }

  private void join() {
    hear(new ClientFrame.Join(Clients.fresh(), OptionalLong.empty()), 0);
  }

  private ClientFrame.Message message(String plugin, String json) {
    return new ClientFrame.Message(plugin, new PluginValue("plain", json));
  }

  private ServerFrame.Error refusal(List<Effect> effects) {
    Effect last = effects.get(effects.size() - 1);
    return assertInstanceOf(ServerFrame.Error.class, ((Effect.Send) last).frame());
  }

  @Test
  void comeAfterTheJoin() {
    assertEquals(ErrorCode.BAD_MESSAGE, refusal(hear(message("polls", "1"), 0)).code());
    join();
    assertEquals(
        List.of(new Effect.Say("polls", new PluginValue("plain", "1"))),
        hear(message("polls", "1"), 0));
  }

  /** They count as bad frames, and nobody takes the answer for one to a change. */
  @Test
  void thatAreNoneAreToldByTheirPluginOrField() {
    join();
    List<ServerFrame.Subject> subjects =
        List.of(
            new ServerFrame.Subject.OfMessage("polls"), new ServerFrame.Subject.OfField("polls"));
    for (ServerFrame.Subject subject : subjects) {
      Decoded bad = Decoded.Invalid.of(ErrorCode.BAD_MESSAGE, "No.", subject);
      assertEquals(
          ServerFrame.Error.of(ErrorCode.BAD_MESSAGE, "No.", subject),
          refusal(session.text(bad, 0)));
    }
    List<Effect> last = List.of();
    for (int i = subjects.size(); i < Session.BAD_MESSAGES; i++) {
      last = session.text(Decoded.Invalid.of(ErrorCode.BAD_MESSAGE, "No.", subjects.get(0)), 0);
    }
    assertEquals(new Effect.Close(CloseCode.BAD_MESSAGE), last.get(last.size() - 1));
  }

  @Test
  void holdSoManyBytes() {
    join();
    assertEquals(1, hear(message("polls", "x".repeat(TalkQuota.MESSAGE)), 0).size());
    ServerFrame.Error error =
        refusal(hear(message("polls", "x".repeat(TalkQuota.MESSAGE - 1) + "\u00e9"), 0));
    assertEquals(ErrorCode.TOO_LARGE, error.code());
    assertEquals(Optional.of(new ServerFrame.Subject.OfMessage("polls")), error.subject());
  }

  @Test
  void areSoManyASecondToEachPlugin() {
    join();
    for (int i = 0; i < TalkQuota.MESSAGES_AT_ONCE; i++) {
      assertInstanceOf(Effect.Say.class, hear(message("polls", "1"), 0).get(0));
    }
    ServerFrame.Error error = refusal(hear(message("polls", "1"), 0));
    assertEquals(ErrorCode.RATE_LIMITED, error.code());
    assertEquals(OptionalLong.of(Haste.RETRY_AFTER), error.retryAfterMillis());
    assertEquals(Optional.of(new ServerFrame.Subject.OfMessage("polls")), error.subject());
    assertInstanceOf(Effect.Say.class, hear(message("other", "1"), 0).get(0));
    int again = 1_000 / TalkQuota.MESSAGES_PER_SECOND;
    assertInstanceOf(Effect.Say.class, hear(message("polls", "1"), again).get(0));
    assertEquals(ErrorCode.RATE_LIMITED, refusal(hear(message("polls", "1"), again)).code());
  }

  /** Who makes plugins up has no more than one more of them would. */
  @Test
  void toManyPluginsShareWhatOneHas() {
    join();
    int taken = 0;
    for (int i = 0; i < Session.REFUSED_OPS; i++) {
      taken += hear(message("p" + i, "1"), 0).get(0) instanceof Effect.Say ? 1 : 0;
    }
    assertEquals(TalkQuota.PLUGINS + TalkQuota.MESSAGES_AT_ONCE, taken);
  }

  private ClientFrame.Presence presence(String field, String json) {
    return new ClientFrame.Presence(field, Optional.of(new PluginValue("plain", json)));
  }

  @Test
  void doNotTakeTheRoomOfWhatIsShown() {
    assertEquals(ErrorCode.BAD_MESSAGE, refusal(hear(presence("polls", "1"), 0)).code());
    join();
    for (int i = 0; i <= TalkQuota.MESSAGES_AT_ONCE; i++) {
      hear(message("polls", "1"), 0);
    }
    for (int i = 0; i < TalkQuota.FIELDS_AT_ONCE; i++) {
      assertEquals(
          List.of(new Effect.Present("polls-" + i, Optional.of(new PluginValue("plain", "1")))),
          hear(presence("polls-" + i, "1"), 0));
    }
    ServerFrame.Error error = refusal(hear(presence("polls-x", "1"), 0));
    assertEquals(ErrorCode.RATE_LIMITED, error.code());
    assertEquals(Optional.of(new ServerFrame.Subject.OfField("polls-x")), error.subject());
    assertEquals(OptionalLong.of(Haste.RETRY_AFTER), error.retryAfterMillis());
  }

  @Test
  void mayBeLongerThanWhatIsShown() {
    join();
    assertInstanceOf(
        Effect.Present.class, hear(presence("polls", "x".repeat(TalkQuota.FIELD)), 0).get(0));
    ServerFrame.Error error = refusal(hear(presence("polls", "x".repeat(TalkQuota.FIELD + 1)), 0));
    assertEquals(ErrorCode.TOO_LARGE, error.code());
    assertEquals(Optional.of(new ServerFrame.Subject.OfField("polls")), error.subject());
  }

  @Test
  void thatDoNotStopEndTheConnection() {
    join();
    for (int i = 0; i < TalkQuota.MESSAGES_AT_ONCE + Session.REFUSED_OPS; i++) {
      assertEquals(1, hear(message("polls", "1"), 0).size());
    }
    List<Effect> last = hear(message("polls", "1"), 0);
    assertEquals(new Effect.Close(CloseCode.TOO_SLOW), last.get(last.size() - 1));
  }
}
