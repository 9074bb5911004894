package org.tandem.testkit.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandem.api.host.PageId;
import org.tandem.testkit.ScriptedClient;
import org.tandem.testkit.WikiClient;

/**
 * Whatever a client sends ends in the protocol's error or code and one line of the log, leaves no
 * trace in the page, and is not felt by an editor beside it who goes on typing.
 */
@ExtendWith(RunningWiki.Extension.class)
class BadInputTest {

  private static final int MEGABYTE = 1 << 20;

  private final RunningWiki wiki;
  private final WikiClient person;
  private final PageId page;

  BadInputTest(RunningWiki wiki) {
    this.wiki = wiki;
    this.person = wiki.person("editor1");
    this.page = person.createPage("Bad input");
  }

  /** What a bad client does once it has joined, and how the server must meet it. */
  private record Case(String name, Consumer<RawSocket> act, String error, int close) {

    static Case told(String name, String error, String... texts) {
      return new Case(name, socket -> List.of(texts).forEach(socket::text), error, 0);
    }

    static Case closed(String name, String error, int close, Consumer<RawSocket> act) {
      return new Case(name, act, error, close);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Arguments> cases() {
    String hash = "0".repeat(64);
    return Stream.of(
            // Answered with an error; the socket stays.
            Case.told("a seq that was never sent", "bad_message", Say.op(7, 0, "x")),
            Case.told("a seq of 0", "bad_message", Say.op(0, 0, "x")),
            Case.told("the highest seq", "bad_message", Say.op(Long.MAX_VALUE, 0, "x")),
            Case.told("a branch of a seq never sent", "bad_message", Say.branch(9, 0, "ab")),
            Case.told("a rev above the head", "bad_message", Say.op(1, 1_000, "x")),
            Case.told("the highest rev", "bad_message", Say.op(1, Long.MAX_VALUE, "x")),
            Case.told("a branch above the head", "bad_message", Say.branch(1, 1_000, "ab")),
            Case.told("a rev below 0", "bad_message", Say.op(1, -1, "x")),
            Case.told("a second join", "bad_message", Say.join(UUID.randomUUID())),
            Case.told("no such frame", "bad_message", "{\"t\":\"nonsense\"}"),
            Case.told("no type", "bad_message", "{}"),
            Case.told("no delta", "bad_message", "{\"t\":\"op\",\"seq\":1,\"rev\":0}"),
            Case.told(
                "a seq that is no whole number",
                "bad_message",
                "{\"t\":\"op\",\"seq\":1.5,\"rev\":0,\"delta\":[]}"),
            Case.told(
                "a seq beyond 64 bits",
                "bad_message",
                "{\"t\":\"op\",\"seq\":9223372036854775808,\"rev\":0,\"delta\":[]}"),
            Case.told(
                "a seq as 1e400",
                "bad_message",
                "{\"t\":\"op\",\"seq\":1e400,\"rev\":0,\"delta\":[]}"),
            Case.told(
                "an empty branch",
                "bad_message",
                "{\"t\":\"branch\",\"seq\":1,\"rev\":0,\"ops\":[]}"),
            Case.told("a hash that is none", "bad_message", Say.check(0, "xyz")),
            Case.told(
                "a length beyond 32 bits",
                "bad_delta",
                Say.delta(1, 0, "[{\"delete\":4294967297}]")),
            Case.told(
                "a length as 1e9",
                "bad_delta",
                Say.delta(1, 0, "[{\"retain\":1e9},{\"delete\":1}]")),
            Case.told(
                "lengths that overflow",
                "bad_delta",
                Say.delta(
                    1, 0, "[{\"retain\":2147483647},{\"retain\":2147483647},{\"delete\":1}]")),
            Case.told(
                "attributes beyond all numbers",
                "bad_delta",
                Say.delta(1, 0, "[{\"insert\":\"x\",\"attributes\":{\"bold\":1e999}}]")),
            Case.told("a split pair", "bad_delta", Say.delta(1, 0, "[{\"insert\":\"\\ud800\"}]")),
            Case.told("the last newline", "bad_delta", Say.delta(1, 0, "[{\"delete\":9}]")),
            Case.told(
                "many tiny operations",
                "too_large",
                Say.delta(1, 0, "[" + "{\"delete\":1},".repeat(60_000) + "{\"delete\":1}]")),
            Case.told("a message to nobody", "no_plugin", Say.message("'nobody','value':1")),
            Case.told("a message of nothing", "bad_message", Say.message("'nobody','value':null")),
            Case.told("a message to a number", "bad_message", Say.message("7,'value':1")),
            Case.told(
                "a message beyond all numbers",
                "bad_message",
                Say.message("'nobody','value':[1e400]")),
            Case.told(
                "a message of 8 KiB and more",
                "too_large",
                Say.message("'nobody','value':'" + "x".repeat(8_191) + "'")),
            Case.told("a field of nobody", "no_plugin", Say.presence("'nobody','value':1")),
            Case.told("a field without a name", "bad_message", Say.presence("'','value':1")),
            Case.told(
                "a field of 1 KiB and more",
                "too_large",
                Say.presence("'nobody','value':'" + "x".repeat(1_023) + "'")),
            // Answered with an error and closed.
            Case.closed("no JSON", "bad_message", 4400, say("hello")),
            Case.closed("an empty text", "bad_message", 4400, say("")),
            Case.closed("null", "bad_message", 4400, say("null")),
            Case.closed("an array", "bad_message", 4400, say("[]")),
            Case.closed("two objects", "bad_message", 4400, say("{\"t\":\"ping\"}{}")),
            Case.closed("a key twice", "bad_message", 4400, say("{\"t\":\"ping\",\"t\":\"ping\"}")),
            Case.closed("deep arrays", "bad_message", 4400, say("[".repeat(10_000))),
            Case.closed(
                "deep objects",
                "bad_message",
                4400,
                say(
                    "{\"t\":\"ping\",\"at\":"
                        + "{\"a\":".repeat(10_000)
                        + "1"
                        + "}".repeat(10_001))),
            Case.closed(
                "a number of 2,000 digits",
                "bad_message",
                4400,
                say("{\"t\":\"op\",\"seq\":" + "9".repeat(2_000) + ",\"rev\":0,\"delta\":[]}")),
            Case.closed(
                "ten bad frames", "bad_message", 4400, socket -> repeat(socket, 10, "{\"t\":1}")),
            Case.closed(
                "ten thousand carets",
                "rate_limited",
                4429,
                socket -> atOnce(socket, 10_000, Say.cursor(0, 0, 0))),
            Case.closed(
                "ten thousand pings",
                "rate_limited",
                4429,
                socket -> atOnce(socket, 10_000, Say.ping("1"))),
            Case.closed(
                "a binary message",
                "bad_message",
                4400,
                socket -> socket.frame(RawSocket.BINARY, new byte[] {1, 2, 3})),
            Case.closed(
                "a million tiny operations",
                "too_large",
                4413,
                say(Say.delta(1, 0, "[" + "{\"retain\":1},".repeat(1_000_000) + "{}]"))),
            Case.closed(
                "an operation of 10 MB",
                "too_large",
                4413,
                say(Say.op(1, 0, "x".repeat(10 * MEGABYTE)))),
            Case.closed(
                "fragments that never end", "too_large", 4413, BadInputTest::endlessFragments),
            Case.closed("a compressed bomb", "too_large", 4413, BadInputTest::bomb),
            // No WebSocket any more: the codes of RFC 6455.
            Case.closed(
                "broken UTF-8",
                "",
                1007,
                socket -> socket.frame(RawSocket.TEXT, new byte[] {'{', (byte) 0xc3, '('})),
            Case.closed(
                "a huge length in a header",
                "",
                1009,
                socket ->
                    socket.bytes(RawSocket.frame(true, 0, RawSocket.TEXT, 1L << 62, new byte[9]))),
            Case.closed(
                "reserved bits",
                "",
                1002,
                socket -> socket.bytes(RawSocket.frame(true, 1, RawSocket.TEXT, 2, new byte[2]))),
            Case.closed(
                "a long ping", "", 1002, socket -> socket.frame(RawSocket.PING, new byte[200])))
        .map(Arguments::of);
  }

  private static Consumer<RawSocket> say(String text) {
    return socket -> socket.text(text);
  }

  private static void repeat(RawSocket socket, int times, String text) {
    for (int i = 0; i < times; i++) {
      socket.text(text);
    }
  }

  /** In one piece, as nobody who waits for answers would. */
  private static void atOnce(RawSocket socket, int times, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] frame = RawSocket.frame(true, 0, RawSocket.TEXT, bytes.length, bytes);
    ByteBuffer all = ByteBuffer.allocate(times * frame.length);
    for (int i = 0; i < times; i++) {
      all.put(frame);
    }
    socket.bytes(all.array());
  }

  private static void endlessFragments(RawSocket socket) {
    byte[] part = "x".repeat(1_000).getBytes(StandardCharsets.UTF_8);
    socket.bytes(RawSocket.frame(false, 0, RawSocket.TEXT, part.length, part));
    byte[] more = RawSocket.frame(false, 0, RawSocket.CONTINUATION, part.length, part);
    for (int i = 0; i < 3_000 && socket.bytes(more); i++) {
      // Until the server has had enough, or has got three times what it takes.
    }
  }

  /** A message of 1 GB of blanks in 1 MB. */
  private static void bomb(RawSocket socket) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    byte[] blanks = new byte[MEGABYTE];
    Arrays.fill(blanks, (byte) ' ');
    byte[] packed = new byte[MEGABYTE];
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    for (int i = 0; i < 1_024; i++) {
      deflater.setInput(blanks);
      int length;
      while ((length = deflater.deflate(packed, 0, packed.length, Deflater.SYNC_FLUSH)) > 0) {
        bomb.write(packed, 0, length);
      }
    }
    deflater.end();
    byte[] bytes = bomb.toByteArray();
    socket.bytes(RawSocket.frame(true, RawSocket.COMPRESSED, RawSocket.TEXT, bytes.length, bytes));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isRefusedAndFeltByNobody(Case bad) {
    var headers = RawSocket.headers(person.wiki());
    headers.put("Sec-WebSocket-Extensions", "permessage-deflate");
    try (LogLines lines = LogLines.open();
        ScriptedClient beside = ScriptedClient.join(wiki.person("editor2"), page);
        RawSocket socket = RawSocket.open(person, page, headers, 0)) {
      UUID client = UUID.randomUUID();
      socket.text(Say.join(client));
      socket.await("joined");
      beside.append("before ");
      bad.act.accept(socket);
      beside.append("after");
      if (bad.close == 0) {
        assertEquals(bad.error, socket.await("error").path("code").asText());
        socket.text(Say.ping("\"still here\""));
        socket.await("pong");
      } else {
        assertEquals(bad.close, socket.awaitClose());
        List<String> errors =
            socket.heard().stream()
                .filter(frame -> frame.path("t").asText().equals("error"))
                .map(frame -> frame.path("code").asText())
                .toList();
        assertTrue(
            bad.error.isEmpty() ? errors.isEmpty() : errors.contains(bad.error), errors::toString);
      }
      beside.awaitSettled();
      assertEquals(List.of(), lines.faults());
      long told = bad.name.equals("ten bad frames") ? 10 : 1;
      awaitLines(told, lines);
      assertNothingOfItIsThere(beside.rev());
    }
  }

  /** A line can be written behind the answer that it tells of. */
  private void awaitLines(long many, LogLines lines) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertEquals(many, lines.about(page).size(), lines.about(page).toString()));
  }

  private void assertNothingOfItIsThere(long rev) {
    try (RawSocket fresh = RawSocket.open(person, page)) {
      fresh.text(Say.join(UUID.randomUUID()));
      JsonNode joined = fresh.await("joined");
      assertEquals("[{\"insert\":\"before after\\n\"}]", joined.path("doc").toString());
      assertEquals(rev, joined.path("rev").asLong());
    }
  }

  /** They cost what frames cost, whether they ask for an answer or are one. */
  @ParameterizedTest(name = "opcode {0}")
  @ValueSource(ints = {RawSocket.PING, RawSocket.PONG})
  void aFloodOfPingsOfWebSocketIsClosedWith4429AndFeltByNobody(int opcode) {
    try (LogLines lines = LogLines.open();
        ScriptedClient beside = ScriptedClient.join(wiki.person("editor2"), page);
        RawSocket socket = RawSocket.open(person, page)) {
      socket.text(Say.join(UUID.randomUUID()));
      socket.await("joined");
      socket.bytes(frames(20_000, opcode));
      beside.append("beside");
      assertEquals(4429, socket.awaitClose());
      assertEquals(
          List.of("rate_limited"),
          socket.heard().stream()
              .filter(frame -> frame.path("t").asText().equals("error"))
              .map(frame -> frame.path("code").asText())
              .toList());
      beside.awaitSettled();
      assertEquals(List.of(), lines.faults());
      awaitLines(1, lines);
    }
  }

  /** Each is answered, and a socket may send them before it joins as well. */
  @Test
  void someHundredPingsOfWebSocketAreAnswered() {
    try (RawSocket socket = RawSocket.open(person, page)) {
      socket.bytes(frames(1_000, RawSocket.PING));
      for (int pongs = 0; pongs < 1_000; ) {
        pongs += socket.next().opcode() == RawSocket.PONG ? 1 : 0;
      }
      socket.text(Say.join(UUID.randomUUID()));
      socket.await("joined");
    }
  }

  /** Empty ones, one after the other. */
  private static byte[] frames(int count, int opcode) {
    byte[] one = RawSocket.frame(true, 0, opcode, 0, new byte[0]);
    ByteBuffer all = ByteBuffer.allocate(count * one.length);
    while (all.hasRemaining()) {
      all.put(one);
    }
    return all.array();
  }

  @Test
  void theClientOfAnotherUserIsRefusedAndTold() {
    UUID client = UUID.randomUUID();
    try (LogLines lines = LogLines.open();
        RawSocket first = RawSocket.open(person, page);
        RawSocket thief = RawSocket.open(wiki.person("editor2"), page)) {
      first.text(Say.join(client));
      first.await("joined");
      thief.text(Say.join(client));
      assertEquals("bad_message", thief.await("error").path("code").asText());
      assertEquals(4400, thief.awaitClose());
      first.text(Say.op(1, 0, "x"));
      first.await("ack");
      awaitLines(1, lines);
    }
  }

  @Test
  void framesBeforeJoinAreRefused() {
    try (RawSocket socket = RawSocket.open(person, page)) {
      for (String text :
          List.of(
              Say.op(1, 0, "x"),
              Say.branch(1, 0, "ab"),
              Say.cursor(0, 0, 0),
              Say.check(0, "0".repeat(64)))) {
        socket.text(text);
        assertEquals("bad_message", socket.await("error").path("code").asText());
      }
      socket.text(Say.join(UUID.randomUUID()));
      socket.await("joined");
    }
  }
}
