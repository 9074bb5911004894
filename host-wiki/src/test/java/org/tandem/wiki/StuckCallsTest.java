package org.tandem.wiki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.wiki.plugin.TestArchive;
import org.tandem.wiki.settings.WikiSettings;

/**
 * The calls of a plugin that never answered took one thread of the server after the other, until
 * the wiki answered nobody, its own health included.
 */
@ExtendWith(SharedWiki.class)
@Timeout(120)
class StuckCallsTest {

  private static final String STUCK = "org.example.echo.stuck";

  /** More than the server has threads. */
  private static final int CALLS = 300;

  @TempDir Path folder;

  private final Wiki wiki;
  private final Browser browser;

  StuckCallsTest(Wiki wiki, Browser browser) {
    this.wiki = wiki;
    this.browser = browser;
  }

  @AfterEach
  void remove() {
    System.clearProperty(STUCK);
    wiki.installation().remove("stuck", "admin");
    wiki.installation().deleteData("stuck", "admin");
  }

  @Test
  void takeNoThreadsFromTheRestOfTheWiki() throws Exception {
    wiki.plugins()
        .install(
            TestArchive.of("StuckPlugin")
                .describe("plugin.id", "stuck")
                .writeTo(folder.resolve("stuck.zip")),
            "admin");
    browser.signIn("admin", WikiSettings.DEMO_PASSWORD);
    System.setProperty(STUCK, "yes");
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest call = HttpRequest.newBuilder(wiki.address().resolve("/api/stuck/")).build();
    List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
    try (LogLines log = LogLines.open()) {
      for (int i = 0; i < CALLS; i++) {
        calls.add(client.sendAsync(call, HttpResponse.BodyHandlers.ofString()));
      }
      CompletableFuture.anyOf(calls.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
      assertEquals(200, browser.get("/health/live").statusCode());
      assertEquals(200, browser.get("/admin").statusCode());
      HttpResponse<String> refused = browser.get("/api/stuck/");
      assertEquals(503, refused.statusCode());
      assertTrue(refused.body().contains("has too much to do: try again later"), refused.body());
      assertEquals(1, log.all().stream().filter(line -> line.contains("takes no more")).count());
    }
    System.clearProperty(STUCK);
    long answered = 0;
    for (CompletableFuture<HttpResponse<String>> one : calls) {
      answered += one.get(30, TimeUnit.SECONDS).statusCode() == 200 ? 1 : 0;
    }
    assertTrue(answered >= 50 && answered < CALLS, answered + " were answered");
    assertEquals("free", browser.get("/api/stuck/").body());
  }
}
