package org.tandem.wiki;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.wiki.core.Json;
import org.tandem.wiki.plugin.TestArchive;
import org.tandem.wiki.settings.WikiSettings;

/** A plugin's maintenance in the running wiki, by calls and by the pages without JavaScript. */
@ExtendWith(SharedWiki.class)
@Timeout(60)
class MaintenanceTest {

  private static final String CALLS = "/api/admin/maintenance";

  @TempDir Path folder;

  private final Wiki wiki;
  private final Browser browser;

  MaintenanceTest(Wiki wiki, Browser browser) {
    this.wiki = wiki;
    this.browser = browser;
  }

  @BeforeEach
  void install() throws Exception {
    wiki.plugins()
        .install(TestArchive.of("EchoPlugin").writeTo(folder.resolve("echo.zip")), "admin");
    browser.signIn("admin", WikiSettings.DEMO_PASSWORD);
  }

  @AfterEach
  void leaveNothingBehind() throws Exception {
    for (JsonNode run : json(browser.get(CALLS)).get("runs")) {
      browser.call("DELETE", CALLS + "/runs/" + run.get("id").textValue(), "");
      ended(CALLS + "/runs/" + run.get("id").textValue());
    }
    wiki.plugins().remove("echo", "admin");
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return Json.read(answer.body());
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("location").orElseThrow();
  }

  private String started(String name, String body) throws Exception {
    HttpResponse<String> answer = browser.call("POST", CALLS + "/echo/" + name, body);
    assertEquals(202, answer.statusCode(), answer.body());
    assertEquals(location(answer), CALLS + "/runs/" + json(answer).get("id").textValue());
    return location(answer);
  }

  /** The run when it has ended. */
  private JsonNode ended(String run) throws Exception {
    return await()
        .until(
            () -> json(browser.get(run)), now -> !now.get("state").textValue().equals("running"));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.textValue()));
    return texts;
  }

  @Nested
  class Calls {

    @Test
    void tellWhatThereIsWhetherThePluginRunsOrNot() throws Exception {
      JsonNode plugin = json(browser.get(CALLS)).get("plugins").get(0);
      assertEquals("echo", plugin.get("id").textValue());
      assertEquals("1.0.0", plugin.get("version").textValue());
      assertTrue(plugin.get("running").booleanValue());
      assertEquals(5, plugin.get("maintenance").size());
      JsonNode first = plugin.get("maintenance").get(0);
      assertEquals("say-again", first.get("name").textValue());
      assertEquals("Title of say-again", first.get("title").textValue());
      assertEquals("what to say", first.get("argument").textValue());
      assertFalse(plugin.get("maintenance").get(1).has("argument"));
      wiki.plugins().disable("echo", "admin");
      JsonNode off = json(browser.get(CALLS)).get("plugins").get(0);
      assertFalse(off.get("running").booleanValue());
      assertEquals(plugin.get("maintenance"), off.get("maintenance"));
      assertEquals("good", ended(started("say-again", "")).get("state").textValue());
    }

    @Test
    void leaveOutWhatHasAnUnfitName() throws Exception {
      Path unfit = TestArchive.of("UnfitPlugin").writeTo(folder.resolve("unfit.zip"));
      wiki.plugins().install(unfit, "admin");
      JsonNode offered = json(browser.get(CALLS)).get("plugins").get(0).get("maintenance");
      assertEquals(1, offered.size(), offered.toString());
      assertEquals("fit-1", offered.get(0).get("name").textValue());
    }

    @Test
    void runItInTheBackground() throws Exception {
      JsonNode run = ended(started("say-again", "{\"argument\": \" two words \"}"));
      assertEquals("good", run.get("state").textValue());
      assertEquals("two words", run.get("argument").textValue());
      assertEquals("admin", run.get("startedBy").textValue());
      assertTrue(
          run.get("startedAt").textValue().compareTo(run.get("endedAt").textValue()) <= 0,
          run.toString());
      assertEquals(List.of("Saying <it>."), texts(run.get("progress")));
      assertEquals(
          List.of("two words", "word hello", "own classes true", "database answers"),
          texts(run.get("report")));
    }

    @Test
    void tellHowItEnded() throws Exception {
      JsonNode found = ended(started("find", "{}"));
      assertEquals("bad", found.get("state").textValue());
      assertEquals(List.of("Damage."), texts(found.get("report")));
      JsonNode refused = ended(started("refuse", "{}"));
      assertEquals("refused", refused.get("state").textValue());
      assertEquals(List.of("Ask for something else."), texts(refused.get("report")));
      JsonNode failed = ended(started("break", "{}"));
      assertEquals("failed", failed.get("state").textValue());
      assertTrue(failed.toString().contains("the log says why"), failed.toString());
      assertFalse(failed.toString().contains("secret detail"), failed.toString());
      assertFalse(failed.toString().contains("Exception"), failed.toString());
    }

    @Test
    void startItOnceAtATimeAndCancelIt() throws Exception {
      String run = started("go-on", "{}");
      HttpResponse<String> second = browser.call("POST", CALLS + "/echo/go-on", "{}");
      assertEquals(409, second.statusCode());
      assertEquals(
          "application/problem+json", second.headers().firstValue("content-type").orElseThrow());
      assertEquals(run, json(second).get("run").textValue());
      assertTrue(second.body().contains("runs already, started by admin"), second.body());
      assertEquals("good", ended(started("say-again", "{}")).get("state").textValue());
      assertEquals(202, browser.call("DELETE", run, "").statusCode());
      JsonNode cancelled = ended(run);
      assertEquals("cancelled", cancelled.get("state").textValue());
      assertEquals(List.of("Done in part."), texts(cancelled.get("report")));
      assertEquals(200, browser.call("DELETE", run, "").statusCode());
      assertNotEquals(run, started("go-on", "{}"));
    }

    @Test
    void refuseWhatMakesNoSense() throws Exception {
      JsonNode before = json(browser.get(CALLS)).get("runs");
      for (String[] call :
          new String[][] {
            {"find", "{\"argument\": \"x\"}", "422"},
            {"say-again", "{\"argument\": \"" + "x".repeat(201) + "\"}", "422"},
            {"say-again", "{\"argument\": \"a\\nb\"}", "422"},
            {"say-again", "{\"argument\": 1}", "400"},
            {"say-again", "{", "400"},
            {"none", "{}", "404"}
          }) {
        HttpResponse<String> answer = browser.call("POST", CALLS + "/echo/" + call[0], call[1]);
        assertEquals(call[2], Integer.toString(answer.statusCode()), answer.body());
        assertTrue(answer.body().contains("\"detail\""), answer.body());
      }
      assertEquals(before, json(browser.get(CALLS)).get("runs"), "nothing was started");
    }

    @Test
    void thatAreForgedStartAndCancelNothing() throws Exception {
      String run = started("go-on", "{}");
      assertEquals(403, browser.json("POST", CALLS + "/echo/find", "{}").statusCode());
      assertEquals(403, browser.json("DELETE", run, "").statusCode());
      assertEquals(403, browser.form("/admin/maintenance/echo/find", Map.of()).statusCode());
      String page = run.replace(CALLS, "/admin");
      assertEquals(403, browser.form(page + "/cancel", Map.of()).statusCode());
      JsonNode runs = json(browser.get(CALLS)).get("runs");
      assertEquals("running", runs.get(0).get("state").textValue());
      assertFalse(runs.get(0).get("cancelling").booleanValue());
    }

    @Test
    void rememberTheLatestRuns() throws Exception {
      for (int i = 0; i < 7; i++) {
        ended(started("say-again", "{\"argument\": \"" + i + "\"}"));
      }
      List<String> arguments = new ArrayList<>();
      json(browser.get(CALLS))
          .get("runs")
          .forEach(
              run -> {
                if (run.get("name").textValue().equals("say-again")) {
                  arguments.add(run.get("argument").textValue());
                }
              });
      assertEquals(List.of("6", "5", "4", "3", "2"), arguments);
    }
  }

  @Nested
  class Pages {

    private Document open(String path) throws Exception {
      HttpResponse<String> answer = browser.open(path);
      assertEquals(200, answer.statusCode(), path);
      return Jsoup.parse(answer.body());
    }

    private HttpResponse<String> send(String path, String argument) throws Exception {
      return browser.form(path, Map.of("csrf", browser.cookies.get("csrf"), "argument", argument));
    }

    @Test
    void showAPluginAndWhatItOffers() throws Exception {
      Document admin = open("/admin");
      assertEquals("echo 1.0.0 Running", admin.selectFirst("h2[id^=plugin-]").text());
      assertEquals(5, admin.select(".maintenance form").size());
      assertEquals("Does <b>say-again</b>.", admin.selectFirst(".maintenance p").text());
      assertEquals(1, admin.select("input[name=argument]").size());
      assertEquals("what to say", admin.selectFirst(".maintenance .hint").text());
      wiki.plugins().disable("echo", "admin");
      assertEquals("echo 1.0.0 Disabled", open("/admin").selectFirst("h2[id^=plugin-]").text());
    }

    @Test
    void runIt() throws Exception {
      String page = location(send("/admin/maintenance/echo/say-again", " <i>words</i> "));
      ended(page.replace("/admin", CALLS));
      Document run = open(page);
      assertEquals("All is well", run.selectFirst("[role=status]").text());
      assertEquals("<i>words</i>", run.selectFirst(".report li").text());
      assertEquals("Saying <it>.", run.selectFirst(".progress li").text());
      assertTrue(run.select("[data-live], noscript, form[action$=cancel]").isEmpty());
      Document admin = open("/admin");
      assertEquals("All is well", admin.selectFirst(".runs .state").text());
      assertEquals(page, admin.selectFirst(".runs a").attr("href"));
      assertTrue(admin.selectFirst(".runs .grant-name").text().contains(" by admin: <i>words</i>"));
    }

    @Test
    void renewThemselvesWhileItGoesOnAndCancelIt() throws Exception {
      String page = location(send("/admin/maintenance/echo/go-on", ""));
      await()
          .until(() -> open(page).select(".progress li").eachText(), List.of("Going on.")::equals);
      Document run = open(page);
      assertEquals("Running", run.selectFirst("[role=status]").text());
      assertEquals(page, run.selectFirst("[data-live]").attr("data-live"));
      assertEquals(
          "3",
          Jsoup.parse(run.selectFirst("head noscript").html())
              .select("meta[http-equiv=refresh]")
              .attr("content"));
      assertEquals("/admin", open("/admin").selectFirst("[data-live]").attr("data-live"));
      HttpResponse<String> second = send("/admin/maintenance/echo/go-on", "");
      assertEquals(409, second.statusCode());
      assertTrue(
          Jsoup.parse(second.body()).selectFirst("[role=alert]").text().contains("runs already"));
      String cancel = run.selectFirst("form[action$=cancel]").attr("action");
      assertEquals(page, location(send(cancel, "")));
      ended(page.replace("/admin", CALLS));
      assertEquals("Cancelled", open(page).selectFirst("[role=status]").text());
    }

    @Test
    void giveBackAnArgumentThatIsRefused() throws Exception {
      HttpResponse<String> refused = send("/admin/maintenance/echo/say-again", "x".repeat(201));
      assertEquals(422, refused.statusCode());
      Document again = Jsoup.parse(refused.body());
      assertEquals("x".repeat(201), again.selectFirst("input[name=argument]").val());
      assertTrue(again.selectFirst("[role=alert]").text().contains("200 characters"));
    }
  }
}
