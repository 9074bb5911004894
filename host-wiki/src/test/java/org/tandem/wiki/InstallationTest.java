package org.tandem.wiki;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.wiki.core.Json;
import org.tandem.wiki.plugin.TestArchive;
import org.tandem.wiki.settings.WikiSettings;

/** An administrator installs, changes and removes plugins, by calls and on the page. */
@ExtendWith(SharedWiki.class)
class InstallationTest {

  private static final String CALLS = "/api/admin/plugins";

  @TempDir Path folder;

  private final Wiki wiki;
  private final Browser browser;

  InstallationTest(Wiki wiki, Browser browser) {
    this.wiki = wiki;
    this.browser = browser;
  }

  @BeforeEach
  void signIn() throws Exception {
    browser.signIn("admin", WikiSettings.DEMO_PASSWORD);
  }

  @AfterEach
  void removeIt() throws Exception {
    if (wiki.installation().plugin("echo").isPresent()) {
      wiki.installation().remove("echo", "admin");
      wiki.installation().deleteData("echo", "admin");
    }
  }

  private Path archive(String version) throws Exception {
    return TestArchive.of("EchoPlugin")
        .describe("plugin.version", version)
        .describe("plugin.description", "Says it <again>.")
        .writeTo(folder.resolve("echo-" + version + ".zip"));
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return Json.read(answer.body());
  }

  /** Uploads the bytes in pieces of 1,000, the last first, and has them installed. */
  private HttpResponse<String> install(byte[] bytes, String name) throws Exception {
    String upload = json(browser.call("POST", CALLS + "/uploads", "")).get("upload").textValue();
    for (int from = bytes.length / 1000 * 1000; from >= 0; from -= 1000) {
      byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(from + 1000, bytes.length));
      if (piece.length > 0) {
        String place = CALLS + "/uploads/" + upload + "/" + from / 1000;
        assertEquals(204, browser.put(place, piece).statusCode());
      }
    }
    return browser.call(
        "POST", CALLS, "{\"upload\": \"" + upload + "\", \"file\": \"" + name + "\"}");
  }

  private JsonNode installed(String version) throws Exception {
    Path file = archive(version);
    HttpResponse<String> answer = install(Files.readAllBytes(file), file.getFileName().toString());
    assertEquals(201, answer.statusCode(), answer.body());
    return json(answer);
  }

  private JsonNode act(String method, String path) throws Exception {
    HttpResponse<String> answer = browser.call(method, CALLS + "/echo" + path, "");
    assertEquals(200, answer.statusCode(), answer.body());
    return json(answer);
  }

  private Document page(String path) throws Exception {
    return Jsoup.parse(browser.open(path).body());
  }

  @Test
  void anUploadIsInstalledAndRuns() throws Exception {
    JsonNode plugin = installed("1.0.0");
    assertEquals("running", plugin.get("condition").textValue(), plugin.toString());
    assertEquals("Says it <again>.", plugin.get("description").textValue());
    assertEquals("admin", plugin.get("changedBy").textValue());
    assertEquals("running", plugin.get("nodes").get(0).get("state").textValue());
    assertTrue(plugin.get("contributed").toString().contains("/api/echo/"), plugin.toString());
    assertEquals(200, browser.get("/api/echo/caller").statusCode());
    assertEquals(plugin, json(browser.get(CALLS)).get("plugins").get(0));
  }

  @Test
  void pagesAreExportedImportedAndFoundAsAPluginDoes() throws Exception {
    JsonNode contributed = installed("1.0.0").get("contributed");
    for (String kind : new String[] {"export of pages", "import of files", "words for search"}) {
      assertTrue(
          contributed.toString().contains("{\"kind\":\"" + kind + "\",\"name\":\"echo-file\"}"),
          contributed.toString());
    }
    HttpResponse<String> made =
        browser.call("POST", "/api/spaces/team/imports/echo/echo-file?file=a.echo", "some text");
    assertEquals(201, made.statusCode(), made.body());
    String page = json(made).get("id").textValue();
    String export = "/pages/" + page + "/exports/echo/echo-file";
    HttpResponse<String> file = browser.open(export);
    assertEquals("echo Echo of a.echo", file.body());
    assertEquals(List.of("nosniff"), file.headers().allValues("x-content-type-options"));
    assertTrue(browser.open("/search?q=echoedpage+some").body().contains("/pages/" + page));
    await()
        .untilAsserted(
            () ->
                assertTrue(
                    browser.open("/search?q=echoedpage+handbook").body().contains("class=\"hit\""),
                    "pages that were there before"));
    act("POST", "/disable");
    assertEquals(404, browser.open(export).statusCode());
    assertEquals(200, browser.open("/pages/" + page).statusCode());
  }

  @Test
  void settingsAreShownWithWhereTheyAreFrom() throws Exception {
    JsonNode settings = installed("1.0.0").get("settings");
    assertEquals(2, settings.size(), settings::toString);
    assertEquals("tandem.echo.word", settings.get(0).get("name").textValue());
    assertEquals("TANDEM_ECHO_WORD", settings.get(0).get("variable").textValue());
    assertEquals("hello", settings.get(0).get("value").textValue());
    assertEquals("file", settings.get(0).get("source").textValue());
    assertEquals("(not set)", settings.get(1).get("value").textValue());
    assertEquals("default", settings.get(1).get("source").textValue());
  }

  @Test
  void whatIsNoPluginIsRefusedWithOneReason() throws Exception {
    HttpResponse<String> answer = install("no archive".getBytes(), "nonsense.zip");
    assertEquals(422, answer.statusCode());
    assertEquals(
        "The archive nonsense.zip is no ZIP archive or is damaged: copy it again.",
        json(answer).get("detail").textValue());
    Path refusing = TestArchive.of("RefusingPlugin").writeTo(folder.resolve("refusing.zip"));
    answer = install(Files.readAllBytes(refusing), "refusing.zip");
    assertEquals(422, answer.statusCode());
    assertEquals("Set echo.something first.", json(answer).get("detail").textValue());
    assertEquals(404, browser.get(CALLS + "/echo").statusCode(), "nothing is left of it");
  }

  @Test
  void anEmptyFileIsCalledSo() throws Exception {
    HttpResponse<String> answer = install(new byte[0], "empty.zip");
    assertEquals(404, answer.statusCode());
    assertEquals(
        "Nothing was uploaded here, and an empty file is no plugin archive: put the pieces of one"
            + " first.",
        json(answer).get("detail").textValue());
    Path empty = Files.createFile(folder.resolve("empty.zip"));
    PluginRefusal refusal =
        assertThrows(PluginRefusal.class, () -> wiki.plugins().install(empty, "admin"));
    assertEquals("The archive empty.zip is empty: copy it again.", refusal.getMessage());
  }

  @Test
  void anUploadThatIsNotWholeIsNotInstalled() throws Exception {
    String upload = json(browser.call("POST", CALLS + "/uploads", "")).get("upload").textValue();
    assertEquals(204, browser.put(CALLS + "/uploads/" + upload + "/1", new byte[5]).statusCode());
    String body = "{\"upload\": \"" + upload + "\", \"file\": \"x.zip\"}";
    HttpResponse<String> torn = browser.call("POST", CALLS, body);
    assertEquals(404, torn.statusCode());
    assertTrue(torn.body().contains("Not all pieces"), torn.body());
    String never = "{\"upload\": \"" + UUID.randomUUID() + "\"}";
    assertEquals(404, browser.call("POST", CALLS, never).statusCode());
    assertEquals(422, browser.call("POST", CALLS, "{}").statusCode());
    assertEquals(404, browser.call("POST", CALLS, "{\"upload\": \"x\"}").statusCode());
    String place = CALLS + "/uploads/" + upload;
    assertEquals(422, browser.put(place + "/256", new byte[5]).statusCode());
    assertEquals(422, browser.put(place + "/-1", new byte[5]).statusCode());
    HttpResponse<String> empty = browser.put(place + "/0", new byte[0]);
    assertEquals(422, empty.statusCode());
    assertTrue(empty.body().contains("empty file is no plugin archive"), empty.body());
    assertEquals(422, browser.put(place + "/0", new byte[2 * 1024 * 1024 + 1]).statusCode());
    assertEquals(413, browser.put(place + "/0", new byte[5 * 1024 * 1024]).statusCode());
  }

  @Test
  void anUpgradeCanBeTakenBackAndForth() throws Exception {
    installed("1.0.0");
    JsonNode next = installed("1.1.0");
    assertEquals("1.1.0", next.get("version").textValue());
    assertEquals("1.0.0", next.get("formerVersion").textValue());
    JsonNode back = act("POST", "/roll-back");
    assertEquals("1.0.0", back.get("version").textValue());
    assertEquals("running", back.get("condition").textValue());
    assertEquals("1.1.0", act("POST", "/roll-back").get("version").textValue());
  }

  @Test
  void aBadUpgradeLeavesTheOldOneRunning() throws Exception {
    installed("1.0.0");
    Path bad =
        TestArchive.of("RefusingPlugin")
            .describe("plugin.version", "1.1.0")
            .writeTo(folder.resolve("bad.zip"));
    assertEquals(422, install(Files.readAllBytes(bad), "bad.zip").statusCode());
    JsonNode plugin = json(browser.get(CALLS + "/echo"));
    assertEquals("1.0.0", plugin.get("version").textValue());
    assertEquals("running", plugin.get("condition").textValue());
    assertEquals(200, browser.get("/api/echo/caller").statusCode());
  }

  @Test
  void whatIsRemovedCanBeBroughtBackOrDeletedForGood() throws Exception {
    installed("1.0.0");
    Path data = Path.of(browser.get("/api/echo/data").body());
    Files.writeString(data.resolve("kept.txt"), "kept");
    assertEquals("removed", act("DELETE", "").get("condition").textValue());
    assertEquals(503, browser.get("/api/echo/caller").statusCode());
    assertTrue(Files.exists(data.resolve("kept.txt")));
    assertEquals("running", act("POST", "/enable").get("condition").textValue());
    assertEquals(422, browser.call("DELETE", CALLS + "/echo/data", "").statusCode());
    act("DELETE", "");
    assertEquals(204, browser.call("DELETE", CALLS + "/echo/data", "").statusCode());
    assertFalse(Files.exists(data));
    assertEquals(404, browser.get(CALLS + "/echo").statusCode());
  }

  @Test
  void aPluginRunsOnlyWithThoseThatItNeeds() throws Exception {
    Path needing =
        TestArchive.of("UnfitPlugin")
            .describe("plugin.id", "needing")
            .describe("plugin.dependencies", "echo@>=1.1.0")
            .writeTo(folder.resolve("needing.zip"));
    HttpResponse<String> alone = install(Files.readAllBytes(needing), "needing.zip");
    assertEquals(422, alone.statusCode());
    assertEquals(
        "The plugin needing needs the plugin echo >=1.1.0, which does not run: install and enable"
            + " that one first.",
        json(alone).get("detail").textValue());
    installed("1.0.0");
    HttpResponse<String> old = install(Files.readAllBytes(needing), "needing.zip");
    assertTrue(old.body().contains("and 1.0.0 runs"), old.body());
    installed("1.1.0");
    assertEquals(201, install(Files.readAllBytes(needing), "needing.zip").statusCode());
    try {
      HttpResponse<String> needed = browser.call("POST", CALLS + "/echo/disable", "");
      assertEquals(422, needed.statusCode());
      assertEquals(
          "The plugin echo is needed by needing: disable that first.",
          json(needed).get("detail").textValue());
      // It went on beside a version that it excludes, until the next start.
      HttpResponse<String> back = browser.call("POST", CALLS + "/echo/roll-back", "");
      assertEquals(422, back.statusCode());
      assertEquals(
          "The plugin needing needs echo >=1.1.0, and this is 1.0.0: disable needing first, or"
              + " install a version of it that fits.",
          json(back).get("detail").textValue());
      assertEquals("1.1.0", json(browser.get(CALLS + "/echo")).get("version").textValue());
    } finally {
      wiki.installation().remove("needing", "admin");
      wiki.installation().deleteData("needing", "admin");
    }
  }

  @Test
  void othersThanAdministratorsSeeAndDoNothing() throws Exception {
    installed("1.0.0");
    browser.signIn("editor1", WikiSettings.DEMO_PASSWORD);
    for (String path : new String[] {CALLS, CALLS + "/echo", "/admin/plugins/echo"}) {
      assertEquals(403, browser.get(path).statusCode(), path);
    }
    for (String path : new String[] {"/uploads", "", "/echo/enable", "/echo/disable"}) {
      assertEquals(403, browser.call("POST", CALLS + path, "{}").statusCode(), path);
    }
    assertEquals(403, browser.call("DELETE", CALLS + "/echo", "").statusCode());
    assertEquals(200, browser.get("/api/echo/caller").statusCode());
  }

  @Test
  void whatIsDoneIsRecordedWithWhoDidIt() throws Exception {
    installed("1.0.0");
    installed("1.1.0");
    act("POST", "/roll-back");
    act("POST", "/disable");
    act("POST", "/enable");
    assertEquals(422, browser.call("DELETE", CALLS + "/echo/data", "").statusCode());
    act("DELETE", "");
    assertEquals(204, browser.call("DELETE", CALLS + "/echo/data", "").statusCode());
    JsonNode entries = json(browser.get("/api/admin/audit?source=-")).get("entries");
    List<String> said = new ArrayList<>();
    for (int i = 6; i >= 0; i--) {
      JsonNode entry = entries.get(i);
      assertEquals("admin", entry.get("userName").textValue());
      said.add(entry.get("act").textValue() + " " + entry.get("detail").textValue());
    }
    assertEquals(
        List.of(
            "plugin.install echo 1.0.0",
            "plugin.upgrade echo 1.0.0 to 1.1.0",
            "plugin.roll-back echo 1.1.0 to 1.0.0",
            "plugin.disable echo 1.0.0",
            "plugin.enable echo 1.0.0",
            "plugin.remove echo 1.0.0",
            "plugin.delete-data echo"),
        said);
    assertTrue(page("/admin").select("a[href=/admin/audit]").hasText());
    assertTrue(page("/admin/audit").select("td").eachText().contains("plugin.roll-back"));
  }

  /** A lower version was recorded as an upgrade, and the very same archive as enabled. */
  @Test
  void whatIsNoUpgradeIsNotCalledOne() throws Exception {
    installed("1.1.0");
    assertFalse(installed("1.2.0").has("notice"));
    byte[] same = Files.readAllBytes(folder.resolve("echo-1.2.0.zip"));
    assertEquals(
        "echo 1.2.0 runs already, from this very archive: nothing was changed.",
        json(install(same, "echo.zip")).get("notice").textValue());
    assertEquals(
        "echo was taken down from 1.2.0 to 1.0.0: its page offers the way back.",
        installed("1.0.0").get("notice").textValue());
    Path other =
        TestArchive.of("EchoPlugin").file("web/more.js", "").writeTo(folder.resolve("other.zip"));
    assertEquals(201, install(Files.readAllBytes(other), "other.zip").statusCode());
    JsonNode entries = json(browser.get("/api/admin/audit?source=-")).get("entries");
    List<String> said = new ArrayList<>();
    for (int i = 3; i >= 0; i--) {
      said.add(entries.get(i).get("act").textValue() + " " + entries.get(i).get("detail").asText());
    }
    assertEquals(
        List.of(
            "plugin.install echo 1.1.0",
            "plugin.upgrade echo 1.1.0 to 1.2.0",
            "plugin.downgrade echo 1.2.0 to 1.0.0",
            "plugin.replace echo 1.0.0 to 1.0.0"),
        said);
  }

  @Test
  void onThePageAllCanBeDoneWithoutScripts() throws Exception {
    installed("1.0.0");
    installed("1.1.0");
    Document plugin = page("/admin/plugins/echo");
    assertEquals("Running", plugin.selectFirst("[role=status]").text());
    assertEquals("Says it <again>.", plugin.selectFirst("main > p").text());
    press(plugin, "Disable");
    assertEquals("Disabled", page("/admin/plugins/echo").selectFirst("[role=status]").text());
    press(page("/admin/plugins/echo"), "Enable");
    press(page("/admin/plugins/echo"), "Go back to 1.0.0");
    assertEquals("echo 1.0.0", page("/admin/plugins/echo").selectFirst("h1").text());
    press(page("/admin/plugins/echo"), "Remove");
    Document removed = page("/admin/plugins/echo");
    assertEquals("Removed", removed.selectFirst("[role=status]").text());
    HttpResponse<String> unsure = delete("eco");
    assertEquals(422, unsure.statusCode());
    assertTrue(unsure.body().contains("Write echo into the field"), unsure.body());
    assertEquals(303, delete("echo").statusCode());
    assertEquals(404, browser.open("/admin/plugins/echo").statusCode());
  }

  private HttpResponse<String> delete(String typed) throws Exception {
    return browser.form(
        "/admin/plugins/echo/delete-data",
        Map.of("csrf", browser.cookies.get("csrf"), "confirm", typed));
  }

  private void press(Document page, String button) throws Exception {
    var form =
        page.select("form").stream()
            .filter(one -> one.text().equals(button))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no button " + button + " in " + page.text()));
    HttpResponse<String> answer =
        browser.form(
            form.attr("action"),
            Map.of("csrf", form.selectFirst("input[name=csrf]").attr("value")));
    assertEquals(303, answer.statusCode(), answer.body());
  }

  /** Copied with its old time it was passed over, and nobody knew why. */
  @Test
  void anArchiveOlderThanTheRemovalOfItsPluginIsExplained() throws Exception {
    installed("1.0.0");
    act("DELETE", "");
    Path file = wiki.data().resolveSibling("plugins").resolve("old.zip");
    Files.createDirectories(file.getParent());
    try (LogLines log = LogLines.open()) {
      Path copied = Files.copy(folder.resolve("echo-1.0.0.zip"), folder.resolve("old.zip"));
      Files.setLastModifiedTime(copied, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
      Files.move(copied, file);
      await().until(() -> !wiki.installation().refusedArchives().isEmpty());
      String said = page("/admin").select("section[aria-labelledby=refused]").text();
      assertTrue(said.contains("old.zip The plugin echo was removed"), said);
      assertEquals(1, log.all().stream().filter(line -> line.contains("is passed over")).count());
      assertEquals(List.of(), log.faults());
      act("POST", "/enable");
      assertEquals(List.of(), wiki.installation().refusedArchives());
      act("POST", "/disable");
      assertTrue(page("/admin").text().contains("The plugin echo is disabled, and this archive"));
    } finally {
      Files.deleteIfExists(file);
      await().until(() -> wiki.installation().refusedArchives().isEmpty());
    }
  }

  /** It was refused for want of another one, and stayed so when that came. */
  @Test
  void anArchiveOfTheFolderIsTakenWhenWhatItNeedsRuns() throws Exception {
    Path file = wiki.data().resolveSibling("plugins").resolve("needing.zip");
    Files.createDirectories(file.getParent());
    Files.move(
        TestArchive.of("UnfitPlugin")
            .describe("plugin.id", "needing")
            .describe("plugin.dependencies", "echo")
            .writeTo(folder.resolve("needing.zip")),
        file);
    try {
      await().until(() -> !wiki.installation().refusedArchives().isEmpty());
      installed("1.0.0");
      await().until(() -> wiki.installation().plugin("needing").isPresent());
      assertEquals(List.of(), wiki.installation().refusedArchives());
    } finally {
      Files.deleteIfExists(file);
      browser.call("DELETE", CALLS + "/needing", "");
      browser.call("DELETE", CALLS + "/needing/data", "");
    }
  }

  @Test
  void anArchiveThatIsPutIntoTheFolderIsInstalledWhileTheWikiRuns() throws Exception {
    Path plugins = wiki.data().resolveSibling("plugins");
    Files.createDirectories(plugins);
    Path bad = Files.writeString(plugins.resolve("bad.zip"), "no archive");
    Path good = plugins.resolve("echo.zip");
    Files.copy(archive("1.0.0"), good);
    try {
      await().until(() -> wiki.installation().plugin("echo").isPresent());
      await().until(() -> browser.get("/api/echo/caller").statusCode() == 200);
      await().until(() -> !wiki.installation().refusedArchives().isEmpty());
      String said = page("/admin").select("section[aria-labelledby=refused]").text();
      assertTrue(said.contains("bad.zip") && said.contains("no ZIP archive"), said);
      Files.delete(good);
      Files.delete(bad);
      await().until(() -> wiki.installation().refusedArchives().isEmpty());
      assertEquals("running", json(browser.get(CALLS + "/echo")).get("condition").textValue());
    } finally {
      Files.deleteIfExists(bad);
      Files.deleteIfExists(good);
    }
  }
}
