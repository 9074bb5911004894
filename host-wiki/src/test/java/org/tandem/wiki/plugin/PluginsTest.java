package org.tandem.wiki.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.api.plugin.ApiVersion;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.wiki.Browser;
import org.tandem.wiki.LogLines;
import org.tandem.wiki.SharedWiki;
import org.tandem.wiki.Wiki;
import org.tandem.wiki.core.Json;
import org.tandem.wiki.settings.StartRefusal;
import org.tandem.wiki.settings.WikiSettings;

@ExtendWith(SharedWiki.class)
class PluginsTest {

  @TempDir Path folder;

  private final Wiki wiki;
  private final Browser browser;

  PluginsTest(Wiki wiki, Browser browser) {
    this.wiki = wiki;
    this.browser = browser;
  }

  @AfterEach
  void removeIt() throws PluginRefusal {
    if (wiki.installation().plugin("echo").isPresent()) {
      wiki.plugins().remove("echo", "admin");
    }
  }

  /** The plugins that are not removed: id, version and whether they run. */
  private static List<String> installed(Wiki wiki) {
    return wiki.plugins().maintained().stream()
        .map(one -> one.id() + " " + one.version() + (one.running() ? " runs" : " is off"))
        .toList();
  }

  private Path archive(TestArchive archive) throws Exception {
    return archive.writeTo(folder.resolve("echo.zip"));
  }

  private void install() throws Exception {
    assertEquals("echo", wiki.plugins().install(archive(TestArchive.of("EchoPlugin")), "admin"));
  }

  private String refusal(TestArchive archive) throws Exception {
    Path file = archive(archive);
    PluginRefusal refusal =
        assertThrows(PluginRefusal.class, () -> wiki.plugins().install(file, "admin"));
    assertEquals(List.of(), installed(wiki), "nothing is left of it");
    return refusal.getMessage();
  }

  private String say(String path) throws Exception {
    return browser.get("/api/echo" + path).body();
  }

  @Nested
  class Calls {

    @Test
    void reachThePluginWithTheirCaller() throws Exception {
      install();
      assertEquals("nobody", say("/caller"));
      browser.signIn("editor1", WikiSettings.DEMO_PASSWORD);
      assertEquals("editor1", say("/caller"));
      assertEquals("/api/echo /place", say("/place"));
      assertEquals("true", say("/thread"));
      assertTrue(Files.isDirectory(Path.of(say("/data"))));
      assertEquals("hello", say("/setting?name=echo.word"));
      assertEquals("none", say("/setting?name=demo"), "the wiki's own");
      assertEquals("none", say("/setting?name=echo.other"), "not declared");
    }

    @Test
    void thatChangeSomethingHavePassedTheCsrfCheck() throws Exception {
      install();
      browser.signIn("editor1", WikiSettings.DEMO_PASSWORD);
      assertEquals(403, browser.json("POST", "/api/echo/x", "").statusCode());
      assertEquals("posted", browser.call("POST", "/api/echo/x", "").body());
    }

    @Test
    void whoseServletFailsGetAProblemWithoutDetails() throws Exception {
      install();
      HttpResponse<String> answer = browser.get("/api/echo/failure");
      assertEquals(500, answer.statusCode());
      assertFalse(answer.body().contains("secret detail"), answer.body());
      assertTrue(answer.body().contains("\"detail\""), answer.body());
    }

    @Test
    void getA503WhenThePluginIsOff() throws Exception {
      assertNoPlugin(404, browser.get("/api/never/x"));
      install();
      assertEquals(200, browser.get("/api/echo/caller").statusCode());
      wiki.plugins().disable("echo", "admin");
      assertNoPlugin(503, browser.get("/api/echo/caller"));
      wiki.plugins().enable("echo", "admin");
      assertEquals(200, browser.get("/api/echo/caller").statusCode());
      assertEquals("1", say("/starts"), "a new class loader has new statics");
    }

    /** What tells a client that is not the node's or the page's matter. */
    private void assertNoPlugin(int status, HttpResponse<String> answer) throws Exception {
      assertEquals(status, answer.statusCode());
      assertEquals(
          "application/problem+json", answer.headers().firstValue("content-type").orElseThrow());
      assertEquals("urn:tandem:problem:no-plugin", Json.read(answer.body()).path("type").asText());
    }
  }

  @Nested
  class Isolation {

    @Test
    void showsThePluginApiAndTheJdkAlone() throws Exception {
      install();
      assertEquals("own", say("/class?name=org.example.echo.EchoPlugin"));
      assertEquals("shared", say("/class?name=org.tandem.api.plugin.Plugin"));
      assertEquals("shared", say("/class?name=jakarta.servlet.http.HttpServlet"));
      assertEquals("shared", say("/class?name=jakarta.websocket.Endpoint"));
      assertEquals("shared", say("/class?name=org.slf4j.Logger"));
      assertEquals("shared", say("/class?name=java.util.List"));
      assertEquals("shared", say("/class?name=java.sql.Connection"));
      for (String hidden :
          new String[] {
            "org.tandem.wiki.Wiki",
            "org.tandem.db.DatabasePool",
            "org.hibernate.Session",
            "com.zaxxer.hikari.HikariDataSource",
            "com.fasterxml.jackson.databind.ObjectMapper",
            "org.eclipse.jetty.server.Server",
            "org.pf4j.Plugin",
            "io.micrometer.core.instrument.MeterRegistry",
            "org.postgresql.Driver",
            "org.tandem.wiki.plugin.PluginsTest"
          }) {
        assertEquals("hidden", say("/class?name=" + hidden), hidden);
      }
      assertEquals("null", say("/resource?name=db/wiki/V1__wiki.sql"));
      assertEquals("null", say("/resource?name=logback.xml"));
      assertEquals("null", say("/resource?name=META-INF/services/java.sql.Driver"));
    }
  }

  @Nested
  class Figures {

    @Test
    void areServedWithTheWikisAndEndWithThePlugin() throws Exception {
      install();
      assertTrue(browser.get("/metrics").body().endsWith("\necho_starts 1\n"));
      wiki.plugins().disable("echo", "admin");
      assertFalse(browser.get("/metrics").body().contains("echo_starts"));
      wiki.plugins().enable("echo", "admin");
      assertTrue(browser.get("/metrics").body().endsWith("\necho_starts 1\n"));
    }
  }

  @Nested
  class FrontEnds {

    @Test
    void areServedForGoodUnderTheirHash() throws Exception {
      install();
      String page = newPage();
      String html = browser.open(page + "/edit").body();
      String module = html.replaceFirst("(?s).*(/plugins/echo/[0-9a-f]{8}/editor\\.js).*", "$1");
      HttpResponse<String> file = new Browser(wiki.address()).get(module);
      assertEquals("export const x = 1;\n", file.body());
      assertEquals(
          "public, max-age=31536000, immutable",
          file.headers().firstValue("cache-control").orElseThrow());
      assertTrue(
          file.headers().firstValue("content-type").orElseThrow().startsWith("text/javascript"));
      assertEquals(404, browser.get(module + "/../../plugin.properties").statusCode());
      assertEquals(404, browser.get(module.replace("editor.js", "none.js")).statusCode());
      wiki.plugins().disable("echo", "admin");
      assertEquals(404, browser.get(module).statusCode());
      assertTrue(browser.open(page + "/edit").body().contains("<textarea"));
    }

    private String newPage() throws Exception {
      browser.signIn("editor1", WikiSettings.DEMO_PASSWORD);
      return browser
          .call("POST", "/api/pages", "{\"space\": \"team\", \"title\": \"With an editor\"}")
          .headers()
          .firstValue("location")
          .orElseThrow()
          .replace("/api/", "/");
    }

    @Test
    void areToldFromTheOneThatAnEditorWasLoadedWith() throws Exception {
      install();
      String page = newPage();
      JsonNode first = frontEnd(page);
      Map<String, String> told =
          Jsoup.parse(browser.open(page + "/edit").body()).getElementById("editor").dataset();
      assertEquals(first.asText(), told.get("front-end"));
      assertEquals(Json.read(browser.get("/api/me").body()).path("id").asText(), told.get("user"));
      wiki.plugins()
          .install(
              archive(TestArchive.of("EchoPlugin").file("web/editor.js", "export {};\n")), "admin");
      assertNotEquals(first, frontEnd(page));
      wiki.plugins().disable("echo", "admin");
      assertTrue(frontEnd(page).isNull(), "the wiki's own form");
    }

    private JsonNode frontEnd(String page) throws Exception {
      HttpResponse<String> answer = browser.get("/api" + page + "/editor");
      assertEquals(200, answer.statusCode(), answer.body());
      return Json.read(answer.body()).path("frontEnd");
    }
  }

  @Nested
  class Sockets {

    @Test
    void speakToThePluginAndEndWithIt() throws Exception {
      install();
      Heard heard = new Heard();
      WebSocket socket = open("/api/echo/v1/socket", heard);
      assertEquals("echo.v1", socket.getSubprotocol());
      socket.sendText("hello", true);
      assertEquals("echo hello", heard.text.get(30, TimeUnit.SECONDS));
      wiki.plugins().disable("echo", "admin");
      assertEquals(1012, heard.closed.get(30, TimeUnit.SECONDS));
      assertEquals(503, refused("/api/echo/v1/socket", null));
    }

    /** Co-editing was stopped for all, and started again, for an archive that could not work. */
    @Test
    void stayOpenBesideAnArchiveThatCannotWork() throws Exception {
      install();
      Heard heard = new Heard();
      WebSocket socket = open("/api/echo/v1/socket", heard);
      Path nowhere =
          TestArchive.of("Nowhere")
              .describe("plugin.version", "9.0.0")
              .writeTo(folder.resolve("nowhere.zip"));
      assertThrows(PluginRefusal.class, () -> wiki.plugins().install(nowhere, "admin"));
      socket.sendText("still here", true);
      assertEquals("echo still here", heard.text.get(30, TimeUnit.SECONDS));
    }

    @Test
    void areRefusedBeforeTheUpgrade() throws Exception {
      install();
      for (int status : new int[] {400, 401, 403, 404, 426, 429, 503}) {
        assertEquals(status, refused("/api/echo/s?refuse=" + status, null));
      }
      assertEquals(403, refused("/api/echo/s", "https://evil.example"));
      assertEquals(403, refused("/api/echo/s", "null"));
      assertEquals(
          403, refused("/api/echo/s", wiki.address().toString().replace("http:", "https:")));
      Heard heard = new Heard();
      HttpClient.newHttpClient()
          .newWebSocketBuilder()
          .header("Origin", wiki.address().toString())
          .subprotocols("echo.v1")
          .buildAsync(ws("/api/echo/s"), heard)
          .join()
          .abort();
    }

    @Test
    void refuseMessagesThatAreTooLong() throws Exception {
      install();
      Heard heard = new Heard();
      open("/api/echo/s", heard).sendText("x".repeat(1001), true);
      assertEquals(1009, heard.closed.get(30, TimeUnit.SECONDS));
    }

    @Test
    void areCompressedForThoseWhoOfferIt() throws Exception {
      install();
      try (java.net.Socket socket =
          new java.net.Socket(wiki.address().getHost(), wiki.address().getPort())) {
        socket.setSoTimeout(30_000);
        socket
            .getOutputStream()
            .write(
                ("GET /api/echo/s HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        + "Sec-WebSocket-Protocol: echo.v1\r\n"
                        + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n")
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        byte[] answer = new byte[4096];
        int length = socket.getInputStream().read(answer);
        String text = new String(answer, 0, length, java.nio.charset.StandardCharsets.US_ASCII);
        assertTrue(text.startsWith("HTTP/1.1 101"), text);
        assertTrue(text.contains("permessage-deflate"), text);
        assertTrue(text.contains("echo.v1"), text);
      }
    }

    private URI ws(String path) {
      return URI.create(wiki.address().toString().replace("http:", "ws:") + path);
    }

    private WebSocket open(String path, Heard heard) {
      return HttpClient.newHttpClient()
          .newWebSocketBuilder()
          .subprotocols("echo.v1")
          .buildAsync(ws(path), heard)
          .join();
    }

    private int refused(String path, @Nullable String origin) {
      WebSocket.Builder builder =
          HttpClient.newHttpClient().newWebSocketBuilder().subprotocols("echo.v1");
      if (origin != null) {
        builder.header("Origin", origin);
      }
      CompletionException failure =
          assertThrows(
              CompletionException.class, () -> builder.buildAsync(ws(path), new Heard()).join());
      HttpResponse<?> answer = ((WebSocketHandshakeException) failure.getCause()).getResponse();
      assertEquals(
          "application/problem+json", answer.headers().firstValue("content-type").orElseThrow());
      return answer.statusCode();
    }
  }

  @Nested
  class Archives {

    @Test
    void thatLeadOutOfTheirFolderAreRefused() throws Exception {
      for (String name :
          new String[] {"../evil.txt", "classes/../../evil.txt", "/evil.txt", "web/..\\evil.txt"}) {
        String said = refusal(TestArchive.of("EchoPlugin").file(name, "evil"));
        assertTrue(said.contains("outside"), said);
      }
    }

    @Test
    void thatAreNoPluginsAreRefused() throws Exception {
      assertTrue(
          refusal(TestArchive.of("EchoPlugin").withoutDescriptor()).contains("plugin.properties"));
      for (String key : new String[] {"plugin.id", "plugin.version", "plugin.class"}) {
        for (String value : new String[] {"", "../x", "a b"}) {
          assertTrue(
              refusal(TestArchive.of("EchoPlugin").describe(key, value)).contains(key), value);
        }
      }
      Path text = Files.writeString(folder.resolve("text.zip"), "no archive");
      assertThrows(PluginRefusal.class, () -> wiki.plugins().install(text, "admin"));
      assertThrows(
          PluginRefusal.class,
          () -> wiki.plugins().install(folder.resolve("missing.zip"), "admin"));
    }

    @Test
    void thatNeedAnotherApiAreRefused() throws Exception {
      for (String range : List.of(">=9.0.0", "~9.1", "<0.0.1", "9.x | 8.x")) {
        String said = refusal(TestArchive.of("EchoPlugin").describe("plugin.requires", range));
        assertTrue(said.contains("needs plugin API " + range), said);
        assertTrue(said.contains("this wiki has " + ApiVersion.current()), said);
      }
    }

    @Test
    void thatAskForNoRangeAreRefused() throws Exception {
      for (String range : List.of("nonsense", "", ">=", "[0.1,9)", "(".repeat(50_000))) {
        String said = refusal(TestArchive.of("EchoPlugin").describe("plugin.requires", range));
        assertTrue(said.contains("plugin.requires") && said.contains("no range"), said);
      }
    }

    @Test
    void thatFitThisApiAreTaken() throws Exception {
      String current = ApiVersion.current();
      for (String range :
          List.of("*", "^" + current, "~" + current, ">=0.1.0 & <9.0.0", "9.x | >=0.1", current)) {
        wiki.plugins()
            .install(
                archive(TestArchive.of("EchoPlugin").describe("plugin.requires", range)), "admin");
        assertEquals("nobody", say("/caller"), range);
        wiki.plugins().remove("echo", "admin");
      }
    }

    @Test
    void whosePluginRefusesLeaveNothingBehind() throws Exception {
      assertEquals("Set echo.something first.", refusal(TestArchive.of("RefusingPlugin")));
      assertEquals(503, browser.get("/api/echo/caller").statusCode());
      assertEquals(
          "The class that the plugin echo names as its plugin.class is not in the archive.",
          refusal(TestArchive.of("Nowhere")));
      assertEquals(
          "The class that the plugin echo names as its plugin.class does not implement Plugin.",
          refusal(TestArchive.of("EchoServlet")));
    }

    /** It could be read by nobody, which nobody said. */
    @Test
    void whosePluginDeclaresASettingThatIsNotItsOwnAreRefused() throws Exception {
      assertEquals(
          "The plugin echo declares the setting “database.password”, which is not its own: its"
              + " settings begin with its id, like “echo.password”.",
          refusal(TestArchive.of("StrangePlugin")));
    }

    @Test
    void thatAreRefusedLeaveNoFolder() throws Exception {
      Path data = wiki.data().resolve("plugin-data/refused");
      for (String type : new String[] {"RefusingPlugin", "BrokenPlugin", "StrangePlugin"}) {
        refusal(TestArchive.of(type).describe("plugin.id", "refused"));
        assertFalse(Files.exists(data), type);
      }
    }

    /** An error with its trace, another one and a warning told of the same constructor. */
    @Test
    void whosePluginFailsAreOneLineInTheLog() throws Exception {
      String sentence =
          "The plugin echo failed at its start: java.lang.IllegalStateException: no beans";
      try (LogLines log = LogLines.open()) {
        assertEquals(sentence, refusal(TestArchive.of("BrokenPlugin")));
        assertEquals(List.of(), log.faults(), "who asked for it tells");
      }
      TestArchive.of("BrokenPlugin").writeTo(folder.resolve("plugins/broken.zip"));
      WikiSettings settings = WikiSettings.of(folder, Map.of("port", "0"));
      try (LogLines log = LogLines.open();
          Wiki fresh = Wiki.start(settings)) {
        assertEquals(List.of("echo 1.0.0 is off"), installed(fresh));
        assertEquals(List.of("WARN " + sentence), log.faults());
        assertEquals(1, log.traces());
      }
    }

    /** Which of the plugins it was that had the address was not said. */
    @Test
    void whosePluginTakesTheAddressOfAnotherAreRefusedWithItsName() throws Exception {
      install();
      Path other =
          TestArchive.of("RivalPlugin")
              .describe("plugin.id", "other")
              .writeTo(folder.resolve("other.zip"));
      PluginRefusal refusal =
          assertThrows(PluginRefusal.class, () -> wiki.plugins().install(other, "admin"));
      assertTrue(
          refusal
              .getMessage()
              .contains(
                  "The calls of /api/echo are served by the plugin echo already: give one of the"
                      + " two another prefix, or disable it first."),
          refusal.getMessage());
      assertEquals("nobody", say("/caller"));
      assertEquals(List.of("echo 1.0.0 runs"), installed(wiki));
    }

    @Test
    void ofANewVersionTakeThePlaceOfTheOld() throws Exception {
      install();
      Path next =
          TestArchive.of("EchoPlugin")
              .describe("plugin.version", "1.1.0")
              .writeTo(folder.resolve("next.zip"));
      wiki.plugins().install(next, "admin");
      assertEquals(List.of("echo 1.1.0 runs"), installed(wiki));
      Path bad =
          TestArchive.of("RefusingPlugin")
              .describe("plugin.version", "1.2.0")
              .writeTo(folder.resolve("bad.zip"));
      assertThrows(PluginRefusal.class, () -> wiki.plugins().install(bad, "admin"));
      assertEquals(List.of("echo 1.1.0 runs"), installed(wiki));
      assertEquals("nobody", say("/caller"), "the one before runs again");
    }
  }

  @Nested
  class AtTheStart {

    private Map<String, String> settings(Map<String, String> more) {
      Map<String, String> all = new java.util.HashMap<>(Map.of("port", "0"));
      all.putAll(more);
      return all;
    }

    @Test
    void theFolderIsLoadedAndBadArchivesAreLeftOff() throws Exception {
      TestArchive.of("EchoPlugin").writeTo(folder.resolve("plugins/a.zip"));
      TestArchive.of("EchoPlugin").writeTo(folder.resolve("plugins/b-same-id.zip"));
      Files.writeString(folder.resolve("plugins/c.zip"), "no archive");
      try (Wiki fresh = Wiki.start(WikiSettings.of(folder, settings(Map.of())))) {
        assertEquals(List.of("echo 1.0.0 runs"), installed(fresh));
        fresh.plugins().disable("echo", "admin");
      }
      try (Wiki again = Wiki.start(WikiSettings.of(folder, settings(Map.of())))) {
        assertEquals(List.of("echo 1.0.0 is off"), installed(again));
        again.plugins().remove("echo", "admin");
        again.installation().deleteData("echo", "admin");
      }
      // The archive that lay there made the plugin and its tables anew.
      try (Wiki third = Wiki.start(WikiSettings.of(folder, settings(Map.of())))) {
        assertEquals(List.of(), installed(third));
        assertTrue(
            third.installation().refusedArchives().stream()
                .anyMatch(one -> one.toString().contains("was removed with its data after a.zip")));
      }
    }

    /** The hooks' figures were told of when plugins had registered theirs. */
    @Test
    void nothingIsSaidThatAnAdminShouldLookAt() throws Exception {
      TestArchive.of("EchoPlugin").writeTo(folder.resolve("plugins/a.zip"));
      try (LogLines log = LogLines.open();
          Wiki fresh = Wiki.start(WikiSettings.of(folder, settings(Map.of())))) {
        assertEquals(List.of("echo 1.0.0 runs"), installed(fresh));
        assertEquals(List.of(), log.faults());
      }
    }

    /** One letter was wrong, and nothing said so. */
    @Test
    void aSettingThatThePluginDoesNotHaveIsTold() throws Exception {
      TestArchive.of("EchoPlugin").writeTo(folder.resolve("plugins/a.zip"));
      Map<String, String> typed = settings(Map.of("echo.wrod", "x", "echo.word", "y"));
      try (LogLines log = LogLines.open();
          Wiki fresh = Wiki.start(WikiSettings.of(folder, typed))) {
        assertEquals(List.of("echo 1.0.0 runs"), installed(fresh));
        assertEquals(
            List.of(
                "WARN Set and without effect, as the plugin echo has no such setting:"
                    + " tandem.echo.wrod"),
            log.faults());
      }
    }

    /** Trying again was in vain before the node was started anew. */
    @Test
    void theFileOfSettingsIsReadAndAgainWhenAPluginIsStarted() throws Exception {
      TestArchive.of("EchoPlugin").writeTo(folder.resolve("plugins/a.zip"));
      Path file = Files.createDirectories(folder.resolve("conf")).resolve("tandem.properties");
      Files.writeString(file, "tandem.echo.word=refuse\ntandem.nothing=x\n");
      WikiSettings settings = WikiSettings.read(folder, Map.of("TANDEM_PORT", "0"));
      try (LogLines log = LogLines.open();
          Wiki fresh = Wiki.start(settings)) {
        assertEquals(List.of("echo 1.0.0 is off"), installed(fresh));
        Files.writeString(file, "tandem.echo.word=hello\ntandem.nothing=x\n");
        assertEquals("hello", shown(fresh));
        fresh.plugins().enable("echo", "admin");
        assertEquals("hello", heard(fresh));
        Files.writeString(file, "tandem.echo.word=later\n");
        assertEquals("hello", heard(fresh));
        assertEquals("hello", shown(fresh), "what it runs with");
        fresh.plugins().disable("echo", "admin");
        fresh.plugins().enable("echo", "admin");
        assertEquals("later", heard(fresh));
        assertEquals("later", shown(fresh));
        assertEquals(1, log.faults().size(), "of the refusal alone: " + log.faults());
      }
    }

    private String heard(Wiki fresh) throws Exception {
      return new Browser(fresh.address()).get("/api/echo/setting?name=echo.word").body();
    }

    private String shown(Wiki fresh) {
      return fresh.installation().plugin("echo").orElseThrow().settings().get(0).value();
    }

    @Test
    void aPluginCanEndTheNode() throws Exception {
      TestArchive.of("RefusingPlugin").writeTo(folder.resolve("plugins/a.zip"));
      WikiSettings settings = WikiSettings.of(folder, settings(Map.of("echo.ends", "yes")));
      StartRefusal refusal = assertThrows(StartRefusal.class, () -> Wiki.start(settings));
      assertEquals("This node must not run.", refusal.getMessage());
    }
  }

  /** What came over a socket. */
  private static final class Heard implements WebSocket.Listener {

    final CompletableFuture<String> text = new CompletableFuture<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.complete(data.toString());
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      closed.complete(status);
      return null;
    }
  }
}
