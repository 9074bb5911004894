package org.tandem.testkit.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tandem.api.host.PageId;
import org.tandem.testkit.WikiClient;

/** The closing codes, each by what brings it about; those of bad messages are in BadInputTest. */
@ExtendWith(RunningWiki.Extension.class)
class ClosingTest {

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
  void aNodeThatGoesDownClosesWith1012() {
    try (RawSocket socket = joined(person)) {
      wiki.undeploy();
      assertEquals(1012, socket.awaitClose());
      RawSocket refused =
          RawSocket.request(
              person.wiki(),
              "/api/collab/v1/pages/" + page + "/socket",
              RawSocket.headers(person.wiki()),
              0);
      assertTrue(refused.status().startsWith("HTTP/1.1 503"), refused.status());
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

  /** Sends bytes ten times a second until the server has ended the connection, for 30 s at most. */
  private static CompletableFuture<Void> drip(RawSocket socket, byte[] bytes) {
    return CompletableFuture.runAsync(
        () -> {
          for (int i = 0; i < 300 && socket.bytes(bytes); i++) {
            LockSupport.parkNanos(100_000_000);
          }
        });
  }
}
