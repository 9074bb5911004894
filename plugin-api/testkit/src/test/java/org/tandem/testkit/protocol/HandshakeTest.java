package org.tandem.testkit.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tandem.api.host.PageId;
import org.tandem.testkit.WikiClient;

/** Refusals of an upgrade, before the answer 101. */
@ExtendWith(RunningWiki.Extension.class)
class HandshakeTest {

  private final RunningWiki wiki;
  private final WikiClient person;
  private final PageId page;

  HandshakeTest(RunningWiki wiki) {
    this.wiki = wiki;
    this.person = wiki.person("editor1");
    this.page = person.createPage("Handshake");
  }

  /** An empty value leaves the header out. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "Sec-WebSocket-Key, , 400",
    "Sec-WebSocket-Key, dGhlIHNhbXBsZSBub25j, 400",
    "Sec-WebSocket-Key, dGhlIHNhbXBsZSBub25jZSE=, 400",
    "Sec-WebSocket-Key, dGhlIHNhbXBsZSBub25jZ===, 400",
    "Sec-WebSocket-Key, no Base64, 400",
    "Sec-WebSocket-Version, 12, 400",
    "Sec-WebSocket-Version, , 400",
    "Sec-WebSocket-Protocol, tandem.v9, 426",
    "Sec-WebSocket-Protocol, , 426",
    "Connection, close, 400",
    "Origin, https://elsewhere.example, 403",
    "Origin, null, 403"
  })
  void aHeaderThatIsWrongIsRefused(String name, String value, int status) {
    Map<String, String> headers = RawSocket.headers(person.wiki());
    headers.remove(name);
    if (value != null) {
      headers.put(name, value);
    }
    try (RawSocket refused = RawSocket.request(person, page, headers, 0)) {
      assertTrue(refused.status().startsWith("HTTP/1.1 " + status), refused.status());
    }
  }

  /** Nothing of what the wiki counts by itself, which a client would have to refuse. */
  @Test
  void noExtensionIsNamedThatWasNotAskedFor() {
    try (RawSocket plain = RawSocket.open(person, page)) {
      assertFalse(plain.status().contains("Sec-WebSocket-Extensions"), plain.status());
    }
    Map<String, String> headers = RawSocket.headers(person.wiki());
    headers.put("Sec-WebSocket-Extensions", "permessage-deflate, @control-frames");
    try (RawSocket deflating = RawSocket.open(person, page, headers, 0)) {
      assertTrue(deflating.status().contains("permessage-deflate"), deflating.status());
      assertFalse(deflating.status().contains("@"), deflating.status());
    }
  }

  @Test
  void aTicketServesOnceAndForItsPage() {
    String ticket = person.ticket(page);
    PageId other = person.createPage("Another");
    assertEquals(401, status("/api/collab/v1/pages/" + other + "/socket?ticket=" + ticket));
    ticket = person.ticket(page);
    String path = "/api/collab/v1/pages/" + page + "/socket?ticket=" + ticket;
    assertEquals(101, status(path));
    assertEquals(401, status(path));
  }

  @Test
  void anAddressThatIsNoneIsRefused() {
    assertEquals(400, status("/api/collab/v1/pages/nonsense/socket"));
    assertEquals(404, status("/api/collab/v1/nonsense"));
    assertEquals(401, status("/api/collab/v1/pages/" + UUID.randomUUID() + "/socket"));
  }

  private int status(String path) {
    try (RawSocket answered =
        RawSocket.request(person.wiki(), path, RawSocket.headers(person.wiki()), 0)) {
      return Integer.parseInt(answered.status().substring(9, 12));
    }
  }
}
