package org.tandem.collab.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.editor.ProposedChange.Manner;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageId;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.collab.Clients;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.page.Revision;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.ClientId;
import org.tandem.collab.protocol.ErrorCode;
import org.tandem.collab.protocol.Selection;
import org.tandem.collab.protocol.ServerFrame;

class MessageCodecTest {

  private static final PageId PAGE = PageId.random();
  private static final ClientId CLIENT = Clients.fresh();
  private static final UserId USER = UserId.random();
  private static final Delta DELTA =
      Delta.builder()
          .retain(3)
          .insert("\ud83d\ude00 x", Attributes.of(Map.of("bold", true, "link", "https://a/")))
          .delete(2)
          .build();

  private final MessageCodec codec = new MessageCodec();

  static List<ClusterMessage> messages() {
    var info =
        new ServerFrame.PeerInfo(CLIENT, new User(USER, "Zoë", "#a0b1c2", false), Access.COMMENT);
    return List.of(
        new ClusterMessage.Submit(
            PAGE, 8, new Submission(CLIENT, 3, USER, 9, List.of(DELTA, DELTA), Manner.BRANCH)),
        new ClusterMessage.Repeated(PAGE, CLIENT, 8, 3, 9),
        new ClusterMessage.Refused(PAGE, CLIENT, 8, 3, ErrorCode.BAD_DELTA, "too \"far\""),
        new ClusterMessage.Committed(
            PAGE,
            List.of(new Revision(10, CLIENT, 3, USER, DELTA, new Stamp(Long.MAX_VALUE, "n")))),
        new ClusterMessage.Opened(List.of(PAGE, PageId.random())),
        new ClusterMessage.Closed(PAGE),
        new ClusterMessage.Head(PAGE, 77),
        new ClusterMessage.Here(PAGE, info, Optional.empty(), new Stamp(1L << 40, "a")),
        new ClusterMessage.Presence(PAGE, new ServerFrame.Peer(info, ServerFrame.PeerState.ACCESS)),
        new ClusterMessage.Presence(
            PAGE, new ServerFrame.Cursor(CLIENT, Optional.of(new Selection(4, 5, 6)))),
        new ClusterMessage.Presence(PAGE, new ServerFrame.Cursor(CLIENT, Optional.empty())),
        new ClusterMessage.Presence(PAGE, new ServerFrame.Notice("plugin_off", "It is off.")),
        new ClusterMessage.Presence(
            PAGE, new ServerFrame.Message("polls", "{\"a\":[1,\"\u00e9\"]}")),
        new ClusterMessage.Presence(
            PAGE, new ServerFrame.Presence(CLIENT, "polls-hand", Optional.of("\"up\""))),
        new ClusterMessage.Presence(
            PAGE, new ServerFrame.Presence(CLIENT, "polls-hand", Optional.empty())));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void readsWhatItWrote(ClusterMessage message) {
    assertEquals(message, codec.decode(codec.encode(message)));
  }

  @Test
  void makesNoOtherTypeFromWhatArrives() {
    String gadget = "{\"t\":\"javax.swing.JEditorPane\",\"page\":\"http://a/\"}";
    assertThrows(
        UncheckedIOException.class, () -> codec.decode(gadget.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "7", "{\"t\":\"ClusterMessage$Head\"}x"})
  void refusesWhatIsNoMessage(String text) {
    assertThrows(
        UncheckedIOException.class, () -> codec.decode(text.getBytes(StandardCharsets.UTF_8)));
  }
}
