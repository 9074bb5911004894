package org.tandem.wiki.plugin;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.wiki.Browser;
import org.tandem.wiki.SharedWiki;
import org.tandem.wiki.Wiki;
import org.tandem.wiki.core.Json;
import org.tandem.wiki.settings.WikiSettings;

/** What the host offers, as a plugin uses it. */
@ExtendWith(SharedWiki.class)
class ServicesTest {

  @TempDir Path folder;

  private final Wiki wiki;
  private final Browser browser;
  private String page = "";
  private String me = "";

  ServicesTest(Wiki wiki, Browser browser) {
    this.wiki = wiki;
    this.browser = browser;
  }

  @BeforeEach
  void install() throws Exception {
    Path archive = TestArchive.of("EchoPlugin").writeTo(folder.resolve("echo.zip"));
    wiki.plugins().install(archive, "admin");
    browser.signIn("editor1", WikiSettings.DEMO_PASSWORD);
    String made = Json.of("space", "team", "title", "Services", "markdown", "text");
    page = Json.read(browser.call("POST", "/api/pages", made).body()).get("id").textValue();
    me = Json.read(browser.get("/api/me").body()).get("id").textValue();
  }

  @AfterEach
  void removeIt() {
    wiki.installation().remove("echo", "admin");
    wiki.installation().deleteData("echo", "admin");
  }

  /** What the plugin says of a service: names and values in turn. */
  private String use(String service, String... namesAndValues) throws Exception {
    StringBuilder query = new StringBuilder("/api/echo/services/" + service + "?page=" + page);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      query.append('&').append(namesAndValues[i]).append('=');
      query.append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
    }
    HttpResponse<String> answer = browser.get(query.toString());
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.body();
  }

  @Test
  void peopleAreFoundByTheBeginningOfTheirNames() throws Exception {
    assertEquals("editor1,editor2", use("named", "beginning", "EDITOR"));
    assertEquals("", use("named", "beginning", "%"));
  }

  @Test
  void whatIsKeptForAPageOutlivesThePluginUntilItsDataIsDeleted() throws Exception {
    assertEquals("STORED", use("keep", "key", "word", "value", "hello"));
    assertEquals("UNFIT_KEY", use("keep", "key", "", "value", "hello"));
    wiki.installation().disable("echo", "admin");
    wiki.installation().enable("echo", "admin");
    assertEquals("{word=hello}", use("kept"));
    wiki.installation().remove("echo", "admin");
    wiki.installation().enable("echo", "admin");
    assertEquals("{word=hello}", use("kept"));
    removeIt();
    wiki.plugins().install(folder.resolve("echo.zip"), "admin");
    assertEquals("{}", use("kept"));
  }

  @Test
  void whatIsKeptIsHeardOf() throws Exception {
    assertEquals("listens", use("listen"));
    assertEquals("STORED", use("keep", "key", "word", "value", "hello"));
    await().until(() -> use("heard").contains("word"));
    assertTrue(
        wiki.installation().plugin("echo").orElseThrow().contributed().stream()
            .anyMatch(one -> one.name().equals("page settings")));
  }

  @Test
  void addressesLeadWhereTheySay() throws Exception {
    List<String> urls = use("urls").lines().toList();
    assertEquals("http://localhost:" + wiki.address().getPort() + "/", urls.get(0));
    for (String url : urls) {
      assertEquals(200, browser.open(URI.create(url).getRawPath()).statusCode(), url);
    }
    assertEquals("export const x = 1;\n", browser.get(URI.create(urls.get(3)).getRawPath()).body());
  }

  @Test
  void whatIsRecordedIsFromThePlugin() throws Exception {
    assertEquals("RECORDED", use("record", "act", "word.said", "user", me, "text", "hello"));
    removeIt();
    assertEquals(403, browser.get("/api/admin/audit?source=echo").statusCode());
    browser.signIn("admin", WikiSettings.DEMO_PASSWORD);
    JsonNode said = Json.read(browser.get("/api/admin/audit?source=echo").body()).at("/entries/0");
    assertEquals("word.said", said.get("act").textValue(), "it outlives the plugin");
    assertEquals("editor1", said.get("userName").textValue());
    assertEquals("Services", said.get("pageTitle").textValue());
    assertEquals("hello", said.get("detail").textValue());
  }

  @Test
  void aPersonIsToldInTheNameOfThePlugin() throws Exception {
    assertEquals("SENT", use("notify", "user", me, "text", "Look here."));
    String told = browser.get("/api/me/notifications").body();
    assertEquals("echo", Json.read(told).at("/notifications/0/plugin").textValue());
    assertEquals("Look here.", Json.read(told).at("/notifications/0/text").textValue());
    assertEquals(403, browser.form("/notifications/read", Map.of("newest", "")).statusCode());
    assertEquals(403, browser.json("POST", "/api/me/notifications/read", "").statusCode());
    told = browser.get("/api/me/notifications").body();
    assertEquals(1, Json.read(told).at("/unread").intValue(), "without the token nothing is done");
    removeIt();
    told = browser.get("/api/me/notifications").body();
    assertEquals(0, Json.read(told).at("/notifications").size(), "it went with the plugin's data");
  }
}
