package org.tandem.wiki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tandem.wiki.settings.WikiSettings;

@ExtendWith(SharedWiki.class)
@Timeout(60)
class MetricsTest {

  private final Browser browser;

  MetricsTest(Browser browser) {
    this.browser = browser;
  }

  private String text() throws Exception {
    HttpResponse<String> answer = browser.get("/metrics");
    assertEquals(200, answer.statusCode());
    assertEquals("no-store", answer.headers().firstValue("cache-control").orElseThrow());
    assertTrue(
        answer.headers().firstValue("content-type").orElseThrow().startsWith("text/plain"),
        answer.headers().toString());
    return answer.body();
  }

  private static double figure(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .sum();
  }

  @Test
  void anybodyWhoReachesTheNodeSeesItsFigures() throws Exception {
    String text = text();
    for (String part :
        new String[] {
          "jvm_memory_used_bytes{",
          "jvm_threads_live_threads ",
          "process_cpu_usage ",
          "jvm_gc_",
          "tandem_wiki_pool_used ",
          "tandem_wiki_pool_waiting "
        }) {
      assertTrue(text.contains("\n" + part), part + " in " + text);
    }
    assertTrue(text.endsWith("\n"));
  }

  @Test
  void requestsAreCountedByTheirKind() throws Exception {
    String live = "tandem_wiki_requests_seconds_count{route=\"health\",status=\"2xx\"}";
    String none = "tandem_wiki_requests_seconds_count{route=\"api\",status=\"4xx\"}";
    String before = text();
    browser.get("/health/live");
    browser.get("/api/nothing");
    browser.get("/api/pages/" + UUID.randomUUID());
    // The answer may be here before it is counted.
    String after = text();
    while (figure(after, live) < figure(before, live) + 1
        || figure(after, none) < figure(before, none) + 2) {
      after = text();
    }
    assertTrue(figure(after, live) >= figure(before, live) + 1, after);
  }

  @Test
  void noAddressAndNobodyIsNamed() throws Exception {
    browser.signIn("editor1", WikiSettings.DEMO_PASSWORD);
    UUID page = UUID.randomUUID();
    browser.get("/api/pages/" + page);
    String text = text();
    assertFalse(text.contains(page.toString()), text);
    assertFalse(text.contains("editor1"), text);
  }

  @Test
  void noFamilyComesTwice() throws Exception {
    Set<String> types = new HashSet<>();
    text()
        .lines()
        .filter(line -> line.startsWith("# TYPE "))
        .forEach(line -> assertTrue(types.add(line.split(" ")[2]), line));
    assertFalse(types.isEmpty());
  }

  @Test
  void nothingIsBelowAndNothingIsTaken() throws Exception {
    assertEquals(404, browser.get("/metricsx").statusCode());
    assertEquals(405, browser.call("POST", "/metrics", "").statusCode());
  }
}
