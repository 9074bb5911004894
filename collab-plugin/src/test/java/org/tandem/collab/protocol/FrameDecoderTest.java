package org.tandem.collab.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;
import org.tandem.collab.protocol.ServerFrame.Subject;

class FrameDecoderTest {

  private static final FrameDecoder DECODER = new FrameDecoder(Limits.DEFAULT);

  private static Decoded op(String attribute) {
    return DECODER.decode(
        "{\"t\":\"op\",\"seq\":7,\"rev\":1,\"delta\":[{\"retain\":1,\"attributes\":{\"a\":"
            + attribute
            + "}}]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e400", "-1e400", "[{\"b\":1e309}]"})
  void aNumberThatNoDoubleHoldsIsABadDelta(String number) {
    assertEquals(
        Decoded.Invalid.of(
            ErrorCode.BAD_DELTA, "A number is beyond what JSON numbers hold.", OptionalLong.of(7)),
        op(number));
  }

  /** They broke a bound of the reader, and closed the socket. */
  @Test
  void soIsOneThatIsWrittenOut() {
    assertEquals(op("1e400"), op("1" + "0".repeat(400)));
    assertEquals(op("1e40"), op("1" + "0".repeat(40)));
    assertEquals(op("1e-40"), op("0." + "0".repeat(39) + "1"));
    assertInstanceOf(Decoded.Frame.class, op("-0." + "0".repeat(1_074) + "5"));
  }

  /** They are numbers like others. */
  @Test
  void seqAndRevMayBeWrittenAsDoubles() {
    assertEquals(
        DECODER.decode("{\"t\":\"op\",\"seq\":7,\"rev\":10,\"delta\":[]}"),
        DECODER.decode("{\"t\":\"op\",\"seq\":7.0,\"rev\":1e1,\"delta\":[]}"));
    assertInstanceOf(
        Decoded.Invalid.class, DECODER.decode("{\"t\":\"op\",\"seq\":7.5,\"rev\":1,\"delta\":[]}"));
  }

  @Test
  void aNumberThatIsLongerThanAnyDoubleBreaksABound() {
    String longest = "0." + "0".repeat(FrameDecoder.MAX_NUMBER - 3) + "1";
    assertInstanceOf(Decoded.Frame.class, op(longest));
    assertInstanceOf(Decoded.Unreadable.class, op(longest + "0000"));
  }

  @Test
  void aBranchHoldsSoManyChanges() {
    String most = "[]" + ",[]".repeat(FrameDecoder.MAX_BRANCH - 1);
    assertInstanceOf(Decoded.Frame.class, branch(most));
    Decoded.Invalid more = assertInstanceOf(Decoded.Invalid.class, branch(most + ",[]"));
    assertEquals(ErrorCode.BAD_MESSAGE, more.code());
    assertEquals(OptionalLong.of(7), more.seq());
  }

  private static Decoded branch(String changes) {
    return DECODER.decode("{\"t\":\"branch\",\"seq\":7,\"rev\":1,\"ops\":[" + changes + "]}");
  }

  @Test
  void aNumberIsTheSameHoweverItIsWritten() {
    assertEquals(op("1e20"), op("100000000000000000000"));
    assertEquals(op("9007199254740992"), op("9007199254740993"));
  }

  private static Decoded message(String fields) {
    return DECODER.decode("{\"t\":\"message\"," + fields.replace('\'', '"') + "}");
  }

  @Test
  void aMessageHasItsValueAsPlainJsonAndAsText() {
    Decoded.Frame frame =
        assertInstanceOf(
            Decoded.Frame.class,
            message("'plugin':'polls','value':{'b' : [1.0, 1e40, 2147483648, null, '\u00e9']}"));
    ClientFrame.Message message = assertInstanceOf(ClientFrame.Message.class, frame.frame());
    assertEquals("polls", message.plugin());
    assertEquals(
        Map.of("b", Arrays.asList(1, 1e40, 2_147_483_648L, null, "\u00e9")),
        message.value().plain());
    assertEquals("{\"b\":[1,1.0E40,2147483648,null,\"\u00e9\"]}", message.value().json());
    assertEquals(message.value().json().length() + 1, message.value().bytes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'plugin':'polls'",
        "'plugin':'polls','value':null",
        "'value':1",
        "'plugin':7,'value':1",
        "'plugin':'','value':1",
        "'plugin':'Polls','value':1",
        "'plugin':'a/../b','value':1",
        "'plugin':'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','value':1",
        "'plugin':'polls','value':[1e400]",
        "'plugin':'polls','value':'\\ud83d'",
      })
  void aMessageThatIsNoneIsABadMessage(String fields) {
    Decoded.Invalid invalid = assertInstanceOf(Decoded.Invalid.class, message(fields));
    assertEquals(ErrorCode.BAD_MESSAGE, invalid.code());
    assertEquals(OptionalLong.empty(), invalid.seq());
  }

  /** So that no client takes it for an answer to its change. */
  @Test
  void ofWhatAWrongValueIsIsToldAsFarAsThatIsRight() {
    assertEquals(
        Optional.of(new Subject.OfMessage("polls")),
        ((Decoded.Invalid) message("'plugin':'polls','value':null,'seq':7")).subject());
    assertEquals(
        Optional.of(new Subject.OfField("polls-hand")),
        ((Decoded.Invalid) presence("'field':'polls-hand','value':'\\ud83d'")).subject());
    assertEquals(
        Optional.empty(), ((Decoded.Invalid) message("'plugin':'Polls','value':1")).subject());
    assertEquals(Optional.empty(), ((Decoded.Invalid) presence("'field':7,'value':1")).subject());
  }

  /** What a frame lets through of a change is what those who read it from the log let through. */
  @Test
  void aChangeOfTheDepthThatTheReaderLetsIsReadAgain() {
    int most = 29;
    String value = "[".repeat(most) + "]".repeat(most);
    Decoded.Frame frame = assertInstanceOf(Decoded.Frame.class, op(value));
    Delta delta = ((ClientFrame.Op) frame.frame()).delta();
    assertEquals(new DeltaJson.Parsed.Valid(delta), DeltaJson.read(DeltaJson.write(delta)));
    assertInstanceOf(Decoded.Unreadable.class, op("[" + value + "]"));
  }

  @Test
  void aValueNestsThirtyTwoDeepWithinItsFrame() {
    int most = 32;
    assertInstanceOf(
        Decoded.Frame.class,
        message("'plugin':'polls','value':" + "[".repeat(most) + "]".repeat(most)));
    assertInstanceOf(
        Decoded.Unreadable.class,
        message("'plugin':'polls','value':" + "[".repeat(most + 1) + "]".repeat(most + 1)));
  }

  @Test
  void aPairOfSurrogatesIsOneCharacter() {
    Decoded.Frame frame =
        assertInstanceOf(Decoded.Frame.class, message("'plugin':'polls','value':'\\ud83d\\ude00'"));
    assertEquals(6, ((ClientFrame.Message) frame.frame()).value().bytes());
  }

  private static Decoded presence(String fields) {
    return DECODER.decode("{\"t\":\"presence\"," + fields.replace('\'', '"') + "}");
  }

  @Test
  void aPresenceFieldHasAValueOrNoneAnyMore() {
    assertEquals(
        new Decoded.Frame(
            new ClientFrame.Presence("polls-hand", Optional.of(new PluginValue("up", "\"up\"")))),
        presence("'field':'polls-hand','value':'up'"));
    Decoded none = new Decoded.Frame(new ClientFrame.Presence("polls-hand", Optional.empty()));
    assertEquals(none, presence("'field':'polls-hand','value':null"));
    assertEquals(none, presence("'field':'polls-hand'"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'value':1",
        "'field':null,'value':1",
        "'field':['polls'],'value':1",
        "'field':'','value':1",
        "'field':'-polls','value':1",
        "'field':'polls hand','value':1",
        "'field':'polls','value':-1e400",
        "'field':'polls','value':{'a':['\\udfff']}",
      })
  void aPresenceFieldThatIsNoneIsABadMessage(String fields) {
    Decoded.Invalid invalid = assertInstanceOf(Decoded.Invalid.class, presence(fields));
    assertEquals(ErrorCode.BAD_MESSAGE, invalid.code());
  }
}
