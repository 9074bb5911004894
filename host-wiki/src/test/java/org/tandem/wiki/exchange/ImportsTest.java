package org.tandem.wiki.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tandem.api.delta.Delta;
import org.tandem.api.exchange.Importer;
import org.tandem.api.host.Registration;
import org.tandem.wiki.core.Json;
import org.tandem.wiki.core.TestWiki;

/** Files as pages, by calls and by the form. */
@ExtendWith(TestWiki.Shared.class)
class ImportsTest {

  private static final String CALL = "/api/spaces/team/imports/";
  private static final String NO_PARENT =
      "There is no such parent page: choose another one, or none for the top of a space.";

  private final TestWiki wiki;
  private final List<Registration> registered = new ArrayList<>();

  ImportsTest(TestWiki wiki) {
    this.wiki = wiki;
  }

  @AfterEach
  void takeBack() {
    registered.forEach(Registration::close);
  }

  /** Reads what is no sheet. What a file begins with is what becomes of it. */
  private static final class Sheets implements Importer {

    @Override
    public String name() {
      return "sheet";
    }

    @Override
    public String label() {
      return "Sheet";
    }

    @Override
    public List<String> extensions() {
      return List.of("sheet", "tar.x");
    }

    @Override
    public Outcome read(byte[] file, String fileName) throws IOException {
      String text = new String(file, StandardCharsets.UTF_8);
      return switch (text.lines().findFirst().orElse("")) {
        case "refuse" -> new Outcome.Refused("This is <no> sheet.");
        case "throw" -> throw new IOException("secret detail");
        case "bad" -> new Outcome.Imported("Bad", Delta.builder().insert("no newline").build());
        case "untitled" -> new Outcome.Imported("", Delta.builder().insert("x\n").build());
        default ->
            new Outcome.Imported(
                "Of " + fileName, Delta.builder().insert(file.length + " bytes\n").build());
      };
    }
  }

  private void sheets() {
    registered.add(wiki.extensions.registrations().register("sheets", new Sheets()));
  }

  private HttpResponse<String> bring(String person, String way, String query, String file)
      throws Exception {
    return wiki.call(
        person, "POST", CALL + way + query, file, "Content-Type", "application/octet-stream");
  }

  private HttpResponse<String> json(String person, String method, String path, String body)
      throws Exception {
    return wiki.call(person, method, path, body, "Content-Type", "application/json");
  }

  private int pages() throws Exception {
    return Json.read(wiki.get("admin", "/api/spaces/team/tree").body()).findValues("id").size();
  }

  private String titleOf(HttpResponse<String> made) throws Exception {
    assertEquals(201, made.statusCode(), made.body());
    String address = made.headers().firstValue("Location").orElseThrow();
    assertEquals("/api/pages/" + Json.read(made.body()).get("id").textValue(), address);
    return Json.read(wiki.get("viewer", address).body()).get("title").textValue();
  }

  @Test
  void areListedWithTheWikisOwn() throws Exception {
    sheets();
    JsonNode ways = Json.read(wiki.get("viewer", "/api/spaces/team/imports").body());
    assertEquals(2, ways.size());
    assertEquals(CALL + "markdown", ways.get(0).get("address").textValue());
    assertEquals("sheets", ways.get(1).get("plugin").textValue());
    assertEquals("Sheet", ways.get(1).get("label").textValue());
    assertEquals("tar.x", ways.get(1).get("extensions").get(1).textValue());
    assertEquals(CALL + "sheets/sheet", ways.get(1).get("address").textValue());
  }

  @Test
  void ofAPluginMakeAPageOfWhoeverBringsTheFile() throws Exception {
    sheets();
    HttpResponse<String> made = bring("editor1", "sheets/sheet", "?file=a.sheet", "12345");
    assertEquals("Of a.sheet", titleOf(made));
    String page = Json.read(made.body()).get("id").textValue();
    assertEquals("5 bytes\n", wiki.content(page, "text/plain"));
    JsonNode versions = Json.read(wiki.get("viewer", "/api/pages/" + page + "/versions").body());
    assertEquals("editor1", versions.get(0).get("authors").get(0).get("name").textValue());
    String found = wiki.get("viewer", "/search?q=bytes").body();
    assertTrue(found.contains("/pages/" + page), found);
  }

  @ParameterizedTest
  @CsvSource({
    "?title=Typed&file=a.sheet, x, Typed",
    "?file=a.b.sheet, untitled, a.b",
    "?file=C%3A%5Cfiles%5Cnotes.sheet, untitled, notes",
    "?file=..%2F..%2Fetc%2Fpasswd, untitled, passwd",
    "?file=%E2%80%AEgpj.exe, untitled, gpj",
    "?file=%0D%0A, untitled, Imported page",
    "'', untitled, Imported page",
    "?file=.sheet, untitled, .sheet",
  })
  void aPageIsCalledAsItsImporterOrItsFileSays(String query, String file, String title)
      throws Exception {
    sheets();
    assertEquals(title, titleOf(bring("editor1", "sheets/sheet", query, file)));
  }

  @Test
  void aLongFileNameIsCut() throws Exception {
    sheets();
    String title =
        titleOf(
            bring("editor1", "sheets/sheet", "?file=" + "%F0%9F%98%80".repeat(300), "untitled"));
    assertEquals("\ud83d\ude00".repeat(200), title);
  }

  @Test
  void markdownIsTheWikisOwn() throws Exception {
    HttpResponse<String> made =
        bring("editor1", "markdown", "?file=My%20notes.md", "\ufeff# One\n\n**two**");
    assertEquals("My notes", titleOf(made));
    String page = Json.read(made.body()).get("id").textValue();
    assertEquals("<h2", wiki.content(page, "text/html").substring(0, 3));
    HttpResponse<String> broken =
        wiki.call(
            "editor1",
            "POST",
            CALL + "markdown?file=a.md",
            BodyPublishers.ofByteArray(new byte[] {(byte) 0xff, (byte) 0xfe}));
    assertEquals(422, broken.statusCode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "refuse | 422 | This is <no> sheet.",
        "throw | 500 | The plugin sheets failed to read this file, and the wiki's log says how.",
        "bad | 500 | The plugin sheets failed to read this file: it made a document that breaks a"
            + " rule: A document ends with a newline.",
      })
  void nothingIsStoredWhenNothingComesOfIt(String file, int status, String detail)
      throws Exception {
    sheets();
    int before = pages();
    HttpResponse<String> answer = bring("editor1", "sheets/sheet", "?file=a.sheet", file);
    assertEquals(status, answer.statusCode(), answer.body());
    String told = Json.read(answer.body()).get("detail").textValue();
    assertTrue(told.startsWith(detail), told);
    assertFalse(answer.body().contains("secret"), answer.body());
    assertEquals(before, pages());
  }

  @Test
  void nothingIsStoredWhereTheCallerMayNotEdit() throws Exception {
    sheets();
    int before = pages();
    assertEquals(403, bring("viewer", "sheets/sheet", "?file=a.sheet", "x").statusCode());
    assertEquals(401, bring("", "sheets/sheet", "?file=a.sheet", "x").statusCode());
    for (String nowhere : new String[] {"00000000-0000-4000-8000-000000000000", "no-page", ""}) {
      HttpResponse<String> answer =
          bring("editor1", "sheets/sheet", "?file=a.sheet&parent=" + nowhere, "x");
      assertEquals(422, answer.statusCode(), nowhere);
      assertEquals(NO_PARENT, Json.read(answer.body()).get("detail").textValue());
    }
    assertEquals(404, bring("editor1", "sheets/other", "?file=a.sheet", "x").statusCode());
    assertEquals(422, bring("editor1", "markdown", "?title=" + "x".repeat(201), "x").statusCode());
    assertEquals(before, pages());
  }

  @Test
  void aFileHasTenMegabytesAtTheMost() throws Exception {
    sheets();
    String largest = "x".repeat(Exchange.MOST_IMPORTED);
    assertEquals(201, bring("editor1", "sheets/sheet", "?file=a.sheet", largest).statusCode());
    HttpResponse<String> over = bring("editor1", "sheets/sheet", "?file=a.sheet", largest + "x");
    assertEquals(413, over.statusCode());
    assertTrue(over.body().contains("larger than 10 MB"), over.body());
    HttpResponse<String> other =
        wiki.json("editor1", "POST", "/api/pages", "x".repeat(5 * 1024 * 1024));
    assertEquals(413, other.statusCode(), "other calls take less");
  }

  /** A form with a file as a browser sends it: names and values in turn, then the file. */
  private HttpResponse<String> send(String person, String fileName, byte[] file, String... fields)
      throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i < fields.length; i += 2) {
      body.writeBytes(part("name=\"" + fields[i] + "\"\r\n\r\n" + fields[i + 1] + "\r\n"));
    }
    body.writeBytes(part("name=\"file\"; filename=\"" + fileName + "\"\r\n\r\n"));
    body.writeBytes(file);
    body.writeBytes("\r\n--edge--\r\n".getBytes(StandardCharsets.UTF_8));
    return wiki.call(
        person,
        "POST",
        "/spaces/team/import",
        BodyPublishers.ofByteArray(body.toByteArray()),
        "Content-Type",
        "multipart/form-data; boundary=edge");
  }

  private static byte[] part(String rest) {
    return ("--edge\r\nContent-Disposition: form-data; " + rest).getBytes(StandardCharsets.UTF_8);
  }

  private HttpResponse<String> send(String person, String fileName, String file, String... fields)
      throws Exception {
    return send(person, fileName, file.getBytes(StandardCharsets.UTF_8), fields);
  }

  @Test
  void aFormMakesAPageOfAFile() throws Exception {
    sheets();
    Document form = Jsoup.parse(wiki.get("editor1", "/spaces/team/import").body());
    assertEquals(
        ".md,.markdown,.txt,.sheet,.tar.x", form.selectFirst("input[type=file]").attr("accept"));
    assertEquals(3, form.select("select[name=way] option").size());
    assertEquals("multipart/form-data", form.selectFirst("main form").attr("enctype"));
    Document create = Jsoup.parse(wiki.get("editor1", "/spaces/team/new").body());
    assertEquals(
        "/spaces/team/import", create.selectFirst("a:contains(Import a file)").attr("href"));
    HttpResponse<String> made = send("editor1", "größe.sheet", "12", "way", "", "title", "");
    assertEquals(303, made.statusCode(), made.body());
    String page = made.headers().firstValue("Location").orElseThrow();
    assertEquals(
        "Of größe.sheet", Jsoup.parse(wiki.get("viewer", page).body()).selectFirst("h1").text());
    String id = page.substring("/pages/".length());
    HttpResponse<String> below =
        send("editor1", "a.md", "text", "way", "", "title", "Below", "parent", id);
    String address = below.headers().firstValue("Location").orElseThrow();
    assertEquals(
        id, Json.read(wiki.get("viewer", "/api" + address).body()).get("parent").textValue());
  }

  @Test
  void aFormComesBackWithWhatWasWrong() throws Exception {
    sheets();
    int before = pages();
    HttpResponse<String> refused =
        send("editor1", "a.x", "refuse", "way", "sheets/sheet", "title", "<Kept>");
    assertEquals(422, refused.statusCode());
    Document form = Jsoup.parse(refused.body());
    assertEquals("This is <no> sheet.", form.selectFirst(".notice-problem").text());
    assertEquals("<Kept>", form.selectFirst("input[name=title]").val());
    assertEquals("sheets/sheet", form.selectFirst("option[selected]").val());
    HttpResponse<String> failed = send("editor1", "a.sheet", "throw", "way", "");
    assertEquals(500, failed.statusCode());
    assertTrue(failed.body().contains("The plugin sheets failed to read this file"));
    assertFalse(failed.body().contains("secret"), failed.body());
    assertEquals(422, send("editor1", "a.exe", "x", "way", "").statusCode(), "who reads it?");
    assertEquals(422, send("editor1", "a.sheet", "", "way", "").statusCode(), "empty");
    assertEquals(404, send("editor1", "a.sheet", "x", "way", "no/such").statusCode());
    assertEquals(403, send("viewer", "a.sheet", "x", "way", "").statusCode());
    byte[] large = new byte[Exchange.MOST_IMPORTED + 1];
    HttpResponse<String> over = send("editor1", "a.sheet", large, "way", "", "title", "Large");
    assertEquals(413, over.statusCode());
    assertEquals("Large", Jsoup.parse(over.body()).selectFirst("input[name=title]").val());
    assertEquals(before, pages());
  }

  /** Its page came to stand at the top of the space. */
  @Test
  void aFormWhoseParentIsNotThereComesBack() throws Exception {
    int before = pages();
    for (String nowhere : new String[] {"00000000-0000-4000-8000-000000000000", "no-page"}) {
      HttpResponse<String> sent =
          send("editor1", "a.md", "text", "way", "", "title", "Kept", "parent", nowhere);
      assertEquals(422, sent.statusCode(), nowhere);
      Document form = Jsoup.parse(sent.body());
      assertEquals(NO_PARENT, form.selectFirst(".notice-problem").text());
      assertEquals("Kept", form.selectFirst("input[name=title]").val());
      HttpResponse<String> opened = wiki.get("editor1", "/spaces/team/import?parent=" + nowhere);
      assertEquals(422, opened.statusCode(), nowhere);
      HttpResponse<String> made =
          wiki.form("editor1", "/spaces/team/new", "title=Kept&parent=" + nowhere);
      assertEquals(422, made.statusCode(), nowhere);
      assertEquals(NO_PARENT, Jsoup.parse(made.body()).selectFirst(".notice-problem").text());
      assertEquals(
          422, wiki.get("editor1", "/spaces/team/new?parent=" + nowhere).statusCode(), nowhere);
    }
    assertEquals(before, pages());
  }

  /** She was told that she may not edit the space, and the title was gone. */
  @Test
  void aFormOfWhoMayEditPagesAloneComesBackWithThose() throws Exception {
    String page = wiki.page("Hers to edit", "text");
    String viewer = Json.read(wiki.get("viewer", "/api/me").body()).get("id").textValue();
    String grant = "/api/pages/" + page + "/access/user/" + viewer;
    assertEquals(200, json("admin", "PUT", grant, "{\"access\": \"edit\"}").statusCode());
    HttpResponse<String> made =
        wiki.form("viewer", "/spaces/team/new", "title=Kept&parent=no-page");
    assertEquals(422, made.statusCode());
    Document form = Jsoup.parse(made.body());
    assertEquals(NO_PARENT, form.selectFirst(".notice-problem").text());
    assertEquals("Kept", form.selectFirst("input[name=title]").val());
    assertEquals(0, form.select("option[value=]").size(), "the top is not offered");
    assertEquals(1, form.select("option[value=" + page + "]").size());
  }

  @Test
  void aPageIsNotMovedBelowOneThatIsNotThere() throws Exception {
    String page = wiki.page("Stays", "text");
    HttpResponse<String> moved =
        json("editor1", "PATCH", "/api/pages/" + page, "{\"parent\": \"no-page\"}");
    assertEquals(422, moved.statusCode());
    assertEquals(NO_PARENT, Json.read(moved.body()).get("detail").textValue());
  }

  @Test
  void aFormWithoutAFileComesBack() throws Exception {
    HttpResponse<String> answer =
        wiki.call(
            "editor1",
            "POST",
            "/spaces/team/import",
            "--edge\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nx\r\n--edge--\r\n",
            "Content-Type",
            "multipart/form-data; boundary=edge");
    assertEquals(422, answer.statusCode());
    assertEquals(
        415,
        wiki.form("editor1", "/spaces/team/import", "title=" + URLEncoder.encode("x", "UTF-8"))
            .statusCode());
  }
}
