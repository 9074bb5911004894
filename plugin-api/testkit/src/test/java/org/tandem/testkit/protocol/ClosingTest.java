package org.tandem.testkit.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tandem.api.host.PageId;
import org.tandem.testkit.WikiClient;

/** The closing codes, each by what brings it about; those of bad messages are in BadInputTest. */
@ExtendWith(RunningWiki.Extension.class)
class ClosingTest {

  /** Above the 10 s for a join and the 5 s after a close. */
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private static final Duration BEFORE_A_SEND_IS_GIVEN_UP = Duration.ofSeconds(20);

  private final RunningWiki wiki;
  private final WikiClient person;
  private final PageId page;
  private final UUID client = UUID.randomUUID();

  ClosingTest(RunningWiki wiki) {
    this.wiki = wiki;
    this.person = wiki.person("editor1");
    this.page = person.createPage("Closing");
  }

  private RawSocket joined(WikiClient who) {
    RawSocket socket = RawSocket.open(who, page);
    socket.text(Say.join(client));
    socket.await("joined");
    return socket;
  }

  private void grant(WikiClient who, String access) {
    WikiClient admin = wiki.person("admin");
    String id = who.me().path("id").asText();
    String path = "/api/pages/" + page + "/access/user/" + id;
    int status = admin.send(admin.request("PUT", path, Map.of("access", access))).statusCode();
    assertTrue(status < 300, "access was answered with " + status);
  }

  @Test
  void whoMayOnlyReadIsToldAndRefused() {
    WikiClient other = wiki.person("editor2");
    try (RawSocket socket = joined(other)) {
      grant(other, "view");
      assertEquals("view", socket.await("access").path("access").asText());
      socket.text(Say.op(1, 0, "x"));
      assertEquals("forbidden", socket.await("error").path("code").asText());
    }
  }

  @Test
  void whoseAccessIsGoneIsClosedWith4403() {
    WikiClient other = wiki.person("editor2");
    try (RawSocket socket = joined(other)) {
      grant(other, "none");
      assertEquals(4403, socket.awaitClose());
    }
  }

  /** The same person signed in on another device goes on. */
  @Test
  void whoSignsOutIsClosedWith4401OnThatDeviceAlone() {
    WikiClient desk = wiki.signedIn("editor1");
    WikiClient phone = wiki.signedIn("editor1");
    try (RawSocket here = joined(desk);
        RawSocket other = RawSocket.open(phone, page)) {
      other.text(Say.join(UUID.randomUUID()));
      other.await("joined");
      desk.signOut();
      assertEquals(4401, here.awaitClose());
      other.text(Say.op(1, 0, "still here "));
      other.await("ack");
    }
  }

  @Test
  void aDeletedPageClosesWith4404() {
    try (RawSocket socket = joined(person)) {
      wiki.person("admin").deletePage(page);
      assertEquals(4404, socket.awaitClose());
    }
  }

  @Test
  void aWrongHashClosesWith4409() {
    try (RawSocket socket = joined(person)) {
      socket.text(Say.op(1, 0, "x"));
      socket.await("ack");
      socket.text(Say.check(7, "0".repeat(64)));
      socket.text(Say.check(1, "0".repeat(64)));
      assertEquals("diverged", socket.await("error").path("code").asText());
      assertEquals(4409, socket.awaitClose());
    }
  }

  @Test
  void aWriterWhoFloodsIsToldToWaitAndThenClosedWith4429() {
    try (RawSocket socket = joined(person)) {
      String nonsense = Say.delta(1, 0, "[{\"retain\":0}]");
      byte[] one =
          RawSocket.frame(true, 0, RawSocket.TEXT, nonsense.length(), nonsense.getBytes(UTF_8));
      ByteBuffer flood = ByteBuffer.allocate(2_000 * one.length);
      while (flood.hasRemaining()) {
        flood.put(one);
      }
      socket.bytes(flood.array());
      assertEquals(4429, socket.awaitClose());
      List<String> codes =
          socket.heard().stream()
              .filter(frame -> frame.path("t").asText().equals("error"))
              .map(frame -> frame.path("code").asText())
              .distinct()
              .toList();
      assertEquals(List.of("bad_delta", "rate_limited"), codes);
    }
  }

  /** It reads on once it is too late: what was on its way ends with the closing frame. */
  @Test
  void aReaderWhoIsTooSlowIsClosedWith4429AndResumes() {
    UUID reader = UUID.randomUUID();
    try (RawSocket slow = slowReader(reader)) {
      long head = writeUntilItLeft();
      assertEquals(4429, slow.awaitEnd());
      assertResumes(reader, head - 1, head);
    }
  }

  /** Nothing can be sent to it any more, not even that it is closed. */
  @Test
  void aReaderWhoReadsNothingIsLetGoAndResumes() {
    UUID reader = UUID.randomUUID();
    try (RawSocket slow = slowReader(reader)) {
      long head = writeUntilItLeft();
      byte[] ping = RawSocket.frame(true, 0, RawSocket.PING, 0, new byte[0]);
      await().atMost(PATIENCE).until(() -> !slow.bytes(ping));
      assertResumes(reader, 0, head);
    }
  }

  /** A send that is stuck once held up the close for as long as it took. */
  @Test
  void whoSignsOutAndReadsNothingIsLetGo() {
    WikiClient other = wiki.signedIn("editor2");
    try (RawSocket stuck = slowReader(other, UUID.randomUUID());
        RawSocket writer = joined(person)) {
      writeWhatWaits(writer);
      other.signOut();
      writer.await("peer");
      byte[] ping = RawSocket.frame(true, 0, RawSocket.PING, 0, new byte[0]);
      await().atMost(PATIENCE).until(() -> !stuck.bytes(ping));
    }
  }

  /** The container's own closing frame waits behind what is stuck, too. */
  @Test
  void whoSendsBrokenTextAndReadsNothingIsLetGo() {
    try (RawSocket stuck = slowReader(UUID.randomUUID());
        RawSocket writer = joined(person)) {
      writeWhatWaits(writer);
      assertTrue(
          stuck.bytes(RawSocket.frame(true, 0, RawSocket.TEXT, 1, new byte[] {(byte) 0xc3})));
      writer.await("peer");
      byte[] ping = RawSocket.frame(true, 0, RawSocket.PING, 0, new byte[0]);
      await().atMost(BEFORE_A_SEND_IS_GIVEN_UP).until(() -> !stuck.bytes(ping));
    }
  }

  /** Megabytes that waited for it once went out first. */
  @Test
  void whoSignsOutAndReadsSlowlyIsSentNothingMore() {
    WikiClient other = wiki.signedIn("editor2");
    try (RawSocket slow = slowReader(other, UUID.randomUUID());
        RawSocket writer = joined(person)) {
      long head = writeWhatWaits(writer);
      other.signOut();
      writer.await("peer");
      assertEquals(4401, slow.awaitEnd());
      long rev =
          slow.heard().stream().mapToLong(frame -> frame.path("rev").asLong()).max().orElseThrow();
      assertTrue(rev < head, "all up to revision " + rev + " was sent");
    }
  }

  /** More than the machine holds for a reader, less than too much; the last revision. */
  private static long writeWhatWaits(RawSocket writer) {
    String text = "x".repeat(500_000);
    long rev = 0;
    while (rev < 28) {
      writer.text(Say.op(rev + 1, rev, text));
      writer.await("ack");
      writer.text(Say.delta(rev + 2, rev + 1, "[{\"delete\":" + text.length() + "}]"));
      writer.await("ack");
      rev += 2;
    }
    return rev;
  }

  private RawSocket slowReader(UUID reader) {
    return slowReader(wiki.person("editor2"), reader);
  }

  /** Joins as somebody whose machine takes 4 kB, and whose program reads no more. */
  private RawSocket slowReader(WikiClient other, UUID reader) {
    RawSocket slow = RawSocket.open(other, page, RawSocket.headers(person.wiki()), 4_096);
    slow.text(Say.join(reader));
    slow.await("joined");
    return slow;
  }

  /** The revision at which the page counts the other one as gone. */
  private long writeUntilItLeft() {
    try (RawSocket writer = joined(person)) {
      String text = "x".repeat(500_000);
      long seq = 0;
      while (writer.heard().stream().noneMatch(ClosingTest::left)) {
        seq++;
        assertTrue(seq <= 100, "25 MB wait for a reader who reads nothing");
        writer.text(
            seq % 2 == 1
                ? Say.op(seq, seq - 1, text)
                : Say.delta(seq, seq - 1, "[{\"delete\":" + text.length() + "}]"));
        writer.await("ack");
      }
      return seq;
    }
  }

  private void assertResumes(UUID reader, long rev, long head) {
    try (RawSocket again = RawSocket.open(wiki.person("editor2"), page)) {
      again.text(Say.join(reader, rev));
      JsonNode joined = again.await("joined");
      assertEquals(head, joined.path("rev").asLong());
      assertEquals(head - rev, joined.path("ops").size());
      assertEquals(rev + 1, joined.path("ops").get(0).path("rev").asLong());
    }
  }

  private static boolean left(JsonNode frame) {
    return frame.path("t").asText().equals("peer") && frame.path("state").asText().equals("left");
  }

  @Test
  void aNodeThatGoesDownClosesWith1012() {
    try (RawSocket socket = joined(person)) {
      wiki.undeploy();
      assertEquals(1012, socket.awaitClose());
      try (RawSocket refused =
          RawSocket.request(
              person.wiki(),
              "/api/collab/v1/pages/" + page + "/socket",
              RawSocket.headers(person.wiki()),
              0)) {
        assertTrue(refused.status().startsWith("HTTP/1.1 503"), refused.status());
      }
    } finally {
      wiki.deploy();
    }
  }

  /** Each in another way, and none of them answers the closing frame. */
  @Test
  void whoDoesNotJoinIsClosedWith4400AndLetGo() {
    byte[] part = "x".getBytes(UTF_8);
    try (RawSocket silent = RawSocket.open(person, page);
        RawSocket half = RawSocket.open(person, page);
        RawSocket pings = RawSocket.open(person, page);
        RawSocket drips = RawSocket.open(person, page)) {
      half.bytes(RawSocket.frame(true, 0, RawSocket.TEXT, 1_000, part));
      drips.bytes(RawSocket.frame(false, 0, RawSocket.TEXT, 1, part));
      CompletableFuture<Void> dripping =
          drip(drips, RawSocket.frame(false, 0, RawSocket.CONTINUATION, 1, part));
      CompletableFuture<Void> pinging =
          drip(pings, RawSocket.frame(true, 0, RawSocket.PING, 1, part));
      for (RawSocket socket : List.of(silent, half, pings, drips)) {
        assertEquals(4400, socket.awaitEnd());
      }
      dripping.join();
      pinging.join();
    }
  }

  /** Sends bytes again and again until the server has ended the connection, which it must. */
  private static CompletableFuture<Void> drip(RawSocket socket, byte[] bytes) {
    return CompletableFuture.runAsync(
        () ->
            await()
                .pollInterval(Duration.ofMillis(100))
                .atMost(PATIENCE)
                .until(() -> !socket.bytes(bytes)));
  }
}
