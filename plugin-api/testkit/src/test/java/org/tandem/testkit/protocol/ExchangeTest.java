package org.tandem.testkit.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tandem.api.host.PageId;
import org.tandem.testkit.ScriptedClient;
import org.tandem.testkit.WikiClient;

/** Joining, changing, and going on after a connection that broke at any place of the exchange. */
@ExtendWith(RunningWiki.Extension.class)
class ExchangeTest {

  private final RunningWiki wiki;
  private final UUID client = UUID.randomUUID();
  private final WikiClient person;
  private PageId page;

  ExchangeTest(RunningWiki wiki) {
    this.wiki = wiki;
    this.person = wiki.person("editor1");
    this.page = person.createPage("Exchange");
  }

  private RawSocket open() {
    return RawSocket.open(person, page);
  }

  private RawSocket joined() {
    RawSocket socket = open();
    socket.text(Say.join(client));
    socket.await("joined");
    return socket;
  }

  private JsonNode again(long rev) {
    try (RawSocket socket = open()) {
      socket.text(Say.join(client, rev));
      return socket.await("joined");
    }
  }

  private static void write(RawSocket socket, long from, long to) {
    for (long seq = from; seq <= to; seq++) {
      socket.text(Say.op(seq, seq - 1, "w"));
      assertEquals(seq, socket.await("ack").path("rev").asLong());
    }
  }

  private static void assertOps(JsonNode joined, long... revs) {
    assertFalse(joined.has("doc"), joined.toString());
    assertEquals(revs.length, joined.path("ops").size(), joined.toString());
    for (int i = 0; i < revs.length; i++) {
      assertEquals(revs[i], joined.path("ops").get(i).path("rev").asLong());
    }
  }

  @Nested
  class Joining {

    @Test
    void withoutARevisionGivesTheDocumentAndTheLimits() {
      try (RawSocket socket = open()) {
        socket.text(Say.join(client));
        JsonNode joined = socket.await("joined");
        assertEquals(0, joined.path("rev").asLong());
        assertEquals(0, joined.path("acked").asLong());
        assertEquals("edit", joined.path("access").asText());
        assertEquals("[{\"insert\":\"\\n\"}]", joined.path("doc").toString());
        assertEquals("[]", joined.path("peers").toString());
        assertEquals(1_048_576, joined.path("limits").path("message").asInt());
        assertEquals(50_000, joined.path("limits").path("ops").asInt());
        assertEquals(20, joined.path("limits").path("cursorsPerSecond").asInt());
      }
    }

    @Test
    void withAKnownRevisionGivesWhatWasMissed() {
      try (RawSocket socket = joined()) {
        write(socket, 1, 3);
      }
      JsonNode joined = again(1);
      assertOps(joined, 2, 3);
      assertEquals(3, joined.path("acked").asLong());
      JsonNode own = joined.path("ops").get(1);
      assertEquals(client.toString(), own.path("client").asText());
      assertEquals(3, own.path("seq").asLong());
      assertOps(again(3));
    }

    /** As after a backup of the database was restored. */
    @Test
    void withARevisionAboveTheHeadGivesTheDocument() {
      try (RawSocket socket = joined()) {
        write(socket, 1, 2);
      }
      for (long rev : new long[] {3, 1_000, Long.MAX_VALUE}) {
        JsonNode joined = again(rev);
        assertEquals("[{\"insert\":\"ww\\n\"}]", joined.path("doc").toString());
        assertEquals(2, joined.path("rev").asLong());
        assertEquals(2, joined.path("acked").asLong());
      }
    }

    /** A page that was made with content begins at revision 1 in the log. */
    @Test
    void withARevisionBeforeTheLogGivesTheDocument() {
      page = person.createPage("team", "Made with content", "Hello");
      JsonNode joined = again(0);
      assertEquals("[{\"insert\":\"Hello\\n\"}]", joined.path("doc").toString());
      assertEquals(1, joined.path("rev").asLong());
    }

    @Test
    void letsThePeersKnow() {
      try (RawSocket first = joined();
          RawSocket second = RawSocket.open(wiki.person("editor2"), page)) {
        first.text(Say.cursor(0, 0, 0));
        first.text(Say.ping("1"));
        first.await("pong");
        UUID other = UUID.randomUUID();
        second.text(Say.join(other));
        JsonNode peers = second.await("joined").path("peers");
        assertEquals(client.toString(), peers.get(0).path("client").asText());
        assertEquals("edit", peers.get(0).path("access").asText());
        JsonNode peer = first.await("peer");
        assertEquals(other.toString(), peer.path("client").asText());
        assertEquals("joined", peer.path("state").asText());
        assertEquals("editor2", peer.path("user").path("name").asText());
        second.cut();
        assertEquals("left", first.await("peer").path("state").asText());
      }
    }
  }

  @Nested
  class ARepetition {

    @Test
    void isAcknowledgedAgainWithTheSameRevision() {
      try (RawSocket socket = joined()) {
        write(socket, 1, 2);
        socket.text(Say.op(2, 1, "w"));
        assertEquals(2, socket.await("ack").path("rev").asLong());
        socket.text(Say.op(1, 0, "something else"));
        JsonNode ack = socket.await("ack");
        assertEquals(1, ack.path("rev").asLong());
        assertEquals(1, ack.path("seq").asLong());
        write(socket, 3, 3);
      }
      wiki.assertPage(page, 3, "www\n");
    }

    @Test
    void ofWhatIsInFlightGetsNoAnswerOfItsOwn() {
      try (RawSocket socket = joined()) {
        String op = Say.op(1, 0, "once");
        byte[] frame = RawSocket.frame(true, 0, RawSocket.TEXT, op.length(), op.getBytes());
        byte[] thrice = new byte[3 * frame.length];
        for (int i = 0; i < 3; i++) {
          System.arraycopy(frame, 0, thrice, i * frame.length, frame.length);
        }
        socket.bytes(thrice);
        socket.await("ack");
        write(socket, 2, 2);
        long acks = socket.heard().stream().filter(f -> f.path("seq").asLong() == 1).count();
        assertTrue(acks >= 1, socket.heard().toString());
        assertTrue(
            socket.heard().stream()
                .filter(f -> f.path("seq").asLong() == 1)
                .allMatch(f -> f.path("t").asText().equals("ack") && f.path("rev").asLong() == 1));
      }
      wiki.assertPage(page, 2, "wonce\n");
    }

    @Test
    void byANewConnectionIsAcknowledgedAgain() {
      try (RawSocket socket = joined()) {
        write(socket, 1, 1);
      }
      try (RawSocket socket = open()) {
        socket.text(Say.join(client, 0));
        assertEquals(1, socket.await("joined").path("acked").asLong());
        socket.text(Say.op(1, 0, "w"));
        assertEquals(1, socket.await("ack").path("rev").asLong());
      }
      wiki.assertPage(page, 1, "w\n");
    }

    @Test
    void ofABranchIsMergedAgain() {
      try (RawSocket socket = joined();
          ScriptedClient other = ScriptedClient.join(wiki.person("editor2"), page)) {
        other.append("x");
        other.awaitSettled();
        socket.text(Say.branch(1, 0, "ab"));
        JsonNode merged = socket.await("merged");
        assertEquals(2, merged.path("rev").asLong());
        socket.text(Say.branch(1, 0, "ab"));
        assertEquals(merged, socket.await("merged"));
      }
      wiki.assertPage(page, 2, "xba\n");
    }

    @Test
    void whileAnotherSeqIsInFlightIsRefused() {
      try (RawSocket socket = joined()) {
        write(socket, 1, 1);
        socket.text(Say.op(3, 1, "skipped one"));
        JsonNode error = socket.await("error");
        assertEquals("bad_message", error.path("code").asText());
        assertEquals(3, error.path("seq").asLong());
        write(socket, 2, 2);
      }
    }
  }

  @Nested
  class ACut {

    @Test
    void afterJoinAndBeforeJoinedLeavesNothingBehind() {
      try (ScriptedClient other = ScriptedClient.join(wiki.person("editor2"), page)) {
        RawSocket socket = open();
        socket.text(Say.join(client));
        socket.cut();
        other.append("x");
        other.awaitSettled();
        try (RawSocket next = open()) {
          next.text(Say.join(client));
          JsonNode joined = next.await("joined");
          assertEquals(1, joined.path("peers").size(), joined.toString());
        }
      }
    }

    /** The client asks with its last revision, and either finds the change or sends it again. */
    @Test
    void afterOpAndBeforeAckIsTakenUpByAcked() {
      for (int i = 1; i <= 5; i++) {
        RawSocket socket = open();
        socket.text(Say.join(client, i - 1));
        socket.await("joined");
        socket.text(Say.op(i, i - 1, "w"));
        socket.cut();
        try (RawSocket next = open()) {
          next.text(Say.join(client, i - 1));
          JsonNode joined = next.await("joined");
          long acked = joined.path("acked").asLong();
          assertTrue(acked == i || acked == i - 1, joined.toString());
          assertEquals(acked, joined.path("rev").asLong());
          next.text(Say.op(i, i - 1, "w"));
          if (acked == i - 1) {
            // It may arrive after all: the answer is then an op or an ack of the same revision.
            assertEquals(i, next.await("ack").path("rev").asLong());
          } else {
            assertOps(joined, i);
            assertEquals(i, next.await("ack").path("rev").asLong());
          }
        }
      }
      wiki.assertPage(page, 5, "wwwww\n");
    }

    @Test
    void inTheMiddleOfTheOpLeavesTheChangeUndone() {
      RawSocket socket = joined();
      String op = Say.op(1, 0, "half");
      byte[] half = op.substring(0, 20).getBytes();
      socket.bytes(RawSocket.frame(true, 0, RawSocket.TEXT, op.length(), half));
      socket.cut();
      assertEquals(0, again(0).path("acked").asLong());
      wiki.assertPage(page, 0, "\n");
    }

    @Test
    void afterBranchAndBeforeMergedIsTakenUpByAcked() {
      RawSocket socket = joined();
      socket.text(Say.branch(1, 0, "ab"));
      socket.cut();
      try (RawSocket next = open()) {
        next.text(Say.join(client, 0));
        next.await("joined");
        next.text(Say.branch(1, 0, "ab"));
        JsonNode merged = next.await("merged");
        assertEquals(1, merged.path("rev").asLong());
        assertEquals(1, merged.path("seq").asLong());
      }
      wiki.assertPage(page, 1, "ba\n");
    }

    @Test
    void afterTheAckWasSentIsTakenUpByTheMissedRevisions() {
      RawSocket socket = joined();
      write(socket, 1, 1);
      socket.cut();
      JsonNode joined = again(0);
      assertOps(joined, 1);
      assertEquals(1, joined.path("acked").asLong());
      wiki.assertPage(page, 1, "w\n");
    }
  }

  @Test
  void theSecondConnectionOfAClientTakesThePlaceOfTheFirst() {
    try (RawSocket first = joined();
        RawSocket second = joined()) {
      assertEquals(4400, first.awaitClose());
      write(second, 1, 1);
    }
  }

  @Test
  void aPingIsEchoedAlsoBeforeJoin() {
    try (RawSocket socket = open()) {
      socket.text(Say.ping("{\"any\":[1,null,\"v\"]}"));
      assertEquals("{\"any\":[1,null,\"v\"]}", socket.await("pong").path("at").toString());
      socket.text(Say.ping("null"));
      assertFalse(socket.await("pong").has("at"));
      socket.text("{\"t\":\"ping\"}");
      assertFalse(socket.await("pong").has("at"));
    }
  }
}
