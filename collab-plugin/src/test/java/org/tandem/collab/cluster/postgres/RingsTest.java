package org.tandem.collab.cluster.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tandem.api.host.PageId;
import org.tandem.collab.cluster.NodeId;

class RingsTest {

  private static final NodeId NODE = new NodeId("n".repeat(200));
  private static final String PAGE = "7f9c24e8-3b12-4a5d-9c1f-0123456789ab";
  private static final int LIMIT = 8_000;

  @Test
  void whatIsWrittenIsReadAgainAndFitsIntoANotification() {
    Map<PageId, Long> pages = new HashMap<>();
    for (int i = 0; i < 1_001; i++) {
      pages.put(PageId.random(), 999_999_999_999_999_999L);
    }
    Map<PageId, Long> read = new HashMap<>();
    List<String> payloads = Rings.write(NODE, pages);
    for (String payload : payloads) {
      assertTrue(payload.getBytes(StandardCharsets.UTF_8).length < LIMIT);
      Rings rings = Rings.read(payload).orElseThrow();
      assertEquals(NODE, rings.from());
      read.putAll(rings.pages());
    }
    assertEquals(pages, read);
    assertEquals(11, payloads.size());
  }

  @Test
  void nothingIsNoNotification() {
    assertEquals(List.of(), Rings.write(NODE, Map.of()));
  }

  static Stream<String> strangers() {
    return Stream.of(
        "",
        " ",
        "1",
        "1 node",
        "1 node " + PAGE,
        "2 node " + PAGE + " 1",
        "1  " + PAGE + " 1",
        "1 node " + PAGE + " 1 ",
        "1 node  " + PAGE + " 1",
        "1 node " + PAGE + " -1",
        "1 node " + PAGE + " 01",
        "1 node " + PAGE + " +1",
        "1 node " + PAGE + " 1x",
        "1 node " + PAGE + " \u0661",
        "1 node " + PAGE + " 9999999999999999999",
        "1 node page 1",
        "1 node 1-1-1-1-1 1",
        "1 n\u00f6de " + PAGE + " 1",
        "1 " + "n".repeat(201) + " " + PAGE + " 1",
        "1 node " + PAGE + " 1 " + PAGE,
        "{\"t\":\"head\"}");
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void anythingElseIsNotRead(String payload) {
    assertEquals(Optional.empty(), Rings.read(payload));
  }
}
