package org.tandem.wiki;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.wiki.core.Json;
import org.tandem.wiki.installation.ActOutcome;
import org.tandem.wiki.plugin.TestArchive;
import org.tandem.wiki.settings.WikiSettings;

/**
 * A plugin hung at its start, and for two minutes an administrator who disabled another one looked
 * at a page that did not come, while nothing said why.
 */
@ExtendWith(SharedWiki.class)
@Timeout(120)
class SlowStartTest {

  private static final String SLOW = "org.example.echo.slow";
  private static final String CALLS = "/api/admin/plugins";

  @TempDir Path folder;

  private final Wiki wiki;
  private final Browser browser;

  SlowStartTest(Wiki wiki, Browser browser) {
    this.wiki = wiki;
    this.browser = browser;
  }

  @AfterEach
  void removeThem() {
    System.clearProperty(SLOW);
    for (String id : new String[] {"echo", "slow"}) {
      // Also after a test that failed while it was being started.
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> !(wiki.installation().remove(id, "admin") instanceof ActOutcome.Busy));
      wiki.installation().deleteData(id, "admin");
    }
  }

  private Document page(String path) throws Exception {
    return Jsoup.parse(browser.open(path).body());
  }

  private static void assertTells(String text) {
    assertTrue(
        text.contains("The plugin slow 1.0.0 is being started on this node since ")
            && text.contains("one that hangs is given up after 120 s"),
        text);
  }

  @Test
  void isShownAndDoesNotHoldUpWhatIsDoneWithOthers() throws Exception {
    browser.signIn("admin", WikiSettings.DEMO_PASSWORD);
    wiki.plugins()
        .install(TestArchive.of("EchoPlugin").writeTo(folder.resolve("echo.zip")), "admin");
    Path archive =
        TestArchive.of("SlowPlugin")
            .describe("plugin.id", "slow")
            .writeTo(folder.resolve("slow.zip"));
    assertTrue(page("/admin").select("#under-way p").isEmpty());
    System.setProperty(SLOW, "yes");
    CompletableFuture<String> starting = CompletableFuture.supplyAsync(() -> installed(archive));

    await().until(() -> wiki.installation().underWay().isPresent());
    JsonNode underWay = Json.read(browser.get(CALLS).body()).path("underWay");
    assertEquals("slow", underWay.path("plugin").asText());
    assertEquals("starting", underWay.path("step").asText());
    assertTells(underWay.path("sentence").asText());
    for (String path : new String[] {"/admin", "/admin/plugins/echo"}) {
      assertTells(page(path).select("#under-way[data-live=" + path + "] [role=status]").text());
    }

    HttpResponse<String> busy = browser.call("POST", CALLS + "/echo/disable", "");
    assertEquals(409, busy.statusCode(), busy.body());
    assertTells(Json.read(busy.body()).path("detail").asText());
    HttpResponse<String> onThePage =
        browser.form("/admin/plugins/echo/disable", Map.of("csrf", browser.cookies.get("csrf")));
    assertEquals(409, onThePage.statusCode());
    assertTells(Jsoup.parse(onThePage.body()).select("[role=alert]").text());
    assertEquals(200, browser.get("/api/echo/caller").statusCode(), "nothing was changed");
    assertFalse(starting.isDone());

    System.clearProperty(SLOW);
    assertEquals("slow", starting.get(30, TimeUnit.SECONDS));
    assertEquals(200, browser.call("POST", CALLS + "/echo/disable", "").statusCode());
    assertTrue(page("/admin").select("#under-way p").isEmpty());
  }

  private String installed(Path archive) {
    try {
      return wiki.plugins().install(archive, "admin");
    } catch (Exception refused) {
      throw new AssertionError(refused);
    }
  }
}
