package org.tandem.collab.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.Access;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;

class FrameEncoderTest {

  private static final ClientId CLIENT = new ClientId(new UUID(0, 1));
  private static final UserId USER = new UserId(new UUID(0, 2));
  private static final Delta DELTA =
      Delta.builder()
          .retain(2, Attributes.of(Map.of("list", List.of(1, Map.of("a", 1.5)))))
          .insert("\"\u00e4\u0001", Attributes.NONE)
          .build();
  private static final String DELTA_JSON =
      "[{'retain':2,'attributes':{'list':[1,{'a':1.5}]}},{'insert':'\\\"\u00e4\\u0001'}]";
  private static final ServerFrame.Op OP = new ServerFrame.Op(7, CLIENT, 3, USER, DELTA, "00-n\"1");
  private static final String OP_JSON =
      "{'t':'op','rev':7,'client':'00000000-0000-0000-0000-000000000001','seq':3,"
          + "'user':'00000000-0000-0000-0000-000000000002','delta':"
          + DELTA_JSON
          + ",'hlc':'00-n\\\"1'}";
  private static final String PEER_FIELDS =
      "'client':'00000000-0000-0000-0000-000000000001','user':"
          + "{'id':'00000000-0000-0000-0000-000000000002','name':'Ann','color':'#123456'},"
          + "'access':'edit'";
  private static final ServerFrame.PeerInfo PEER =
      new ServerFrame.PeerInfo(CLIENT, new User(USER, "Ann", "#123456", false), Access.EDIT);

  private final FrameEncoder encoder = new FrameEncoder();

  private void writes(String expected, ServerFrame frame) {
    assertEquals(expected.replace('\'', '"'), encoder.encode(frame));
  }

  @Test
  void writesChangesAndTheirAnswers() throws Exception {
    writes(OP_JSON, OP);
    writes("{'t':'ack','seq':3,'rev':7,'hlc':'h'}", new ServerFrame.Ack(3, 7, "h"));
    writes(
        "{'t':'merged','seq':3,'rev':7,'delta':" + DELTA_JSON + "}",
        new ServerFrame.Merged(3, 7, DELTA));
    String joined = FrameEncoder.ops(List.of(encoder.encode(OP), encoder.encode(OP)));
    assertEquals(
        new ObjectMapper().readTree(joined).path("ops").path(1),
        new ObjectMapper().readTree(encoder.encode(OP)));
  }

  @Test
  void writesWhoIsThere() {
    writes(
        "{'t':'peer'," + PEER_FIELDS + ",'state':'left'}",
        new ServerFrame.Peer(PEER, ServerFrame.PeerState.LEFT));
    writes(
        "{'t':'cursor','client':'" + CLIENT + "','rev':9,'index':4,'length':2}",
        new ServerFrame.Cursor(CLIENT, Optional.of(new Selection(9, 4, 2))));
    writes(
        "{'t':'cursor','client':'" + CLIENT + "'}",
        new ServerFrame.Cursor(CLIENT, Optional.empty()));
    writes("{'t':'access','access':'edit'}", new ServerFrame.AccessChanged(Access.EDIT));
  }

  @Test
  void writesWhereAClientStarts() {
    String head = "{'t':'joined','rev':7,'access':'edit','acked':2,";
    String tail =
        "'peers':[{"
            + PEER_FIELDS
            + "}],"
            + "'limits':{'message':1048576,'ops':50000,'cursorsPerSecond':20}";
    writes(
        head + tail + ",'doc':" + DELTA_JSON + "}",
        joined(new ServerFrame.Start.Document(DELTA_JSON.replace('\'', '"'))));
    writes(
        head + "'ops':[" + OP_JSON + "]," + tail + "}",
        joined(new ServerFrame.Start.Missed(List.of(OP))));
  }

  private static ServerFrame.Joined joined(ServerFrame.Start start) {
    return new ServerFrame.Joined(7, Access.EDIT, 2, start, List.of(PEER), Limits.DEFAULT);
  }

  @Test
  void writesNotices() {
    writes(
        "{'t':'notice','code':'plugin_off','message':'It is off.'}",
        new ServerFrame.Notice("plugin_off", "It is off."));
  }

  @Test
  void writesWhatPluginsSayAndWhatTheyDoNotTake() {
    writes(
        "{'t':'message','plugin':'polls','value':{'a':[1]}}",
        new ServerFrame.Message("polls", "{\"a\":[1]}"));
    writes(
        "{'t':'error','code':'no_plugin','message':'No.','plugin':'polls'}",
        ServerFrame.Error.of(
            ErrorCode.NO_PLUGIN, "No.", new ServerFrame.Subject.OfMessage("polls")));
    writes(
        "{'t':'presence','client':'" + CLIENT + "','field':'polls-hand','value':[1]}",
        new ServerFrame.Presence(CLIENT, "polls-hand", Optional.of("[1]")));
    writes(
        "{'t':'presence','client':'" + CLIENT + "','field':'polls-hand'}",
        new ServerFrame.Presence(CLIENT, "polls-hand", Optional.empty()));
    writes(
        "{'t':'error','code':'bad_value','message':'No.','field':'polls-hand'}",
        ServerFrame.Error.of(
            ErrorCode.BAD_VALUE, "No.", new ServerFrame.Subject.OfField("polls-hand")));
  }

  @Test
  void writesErrorsAndPongs() {
    writes(
        "{'t':'error','code':'bad_delta','message':'No.','seq':3,'retryAfterMs':50}",
        ServerFrame.Error.of(ErrorCode.BAD_DELTA, "No.", 3).retryAfter(50));
    writes("{'t':'pong'}", new ServerFrame.Pong(Optional.empty()));
    writes(
        "{'t':'pong','at':[{'a':1}]}", new ServerFrame.Pong(Optional.of(List.of(Map.of("a", 1)))));
  }
}
