package org.tandem.wiki.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tandem.api.document.PlainText;
import org.tandem.api.document.format.Looks;
import org.tandem.api.exchange.Exporter;
import org.tandem.api.host.Page;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.Registration;
import org.tandem.wiki.core.Json;
import org.tandem.wiki.core.TestWiki;

/** Pages as files, by calls and on their pages. */
@ExtendWith(TestWiki.Shared.class)
class ExportsTest {

  private final TestWiki wiki;
  private final List<Registration> registered = new ArrayList<>();

  ExportsTest(TestWiki wiki) {
    this.wiki = wiki;
  }

  @AfterEach
  void takeBack() {
    registered.forEach(Registration::close);
  }

  /** Writes the words of a page in capitals, or does not. */
  private record Loud(String name) implements Exporter {

    @Override
    public String label() {
      return "Capitals <loud>";
    }

    @Override
    public String mediaType() {
      return "text/x-loud; charset=utf-8";
    }

    @Override
    public String extension() {
      return "loud";
    }

    @Override
    public void export(Page page, PageContent content, Looks looks, OutputStream out)
        throws IOException {
      if (name.equals("throws")) {
        throw new IllegalStateException("secret detail");
      }
      String text = page.space() + " " + content.rev() + " " + PlainText.of(content.document());
      out.write(text.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }
  }

  private void register(String name) {
    registered.add(wiki.extensions.registrations().register("loud-words", new Loud(name)));
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void areListedWithTheWikisOwn() throws Exception {
    register("capitals");
    String page = wiki.page("Listed", "text");
    JsonNode ways = Json.read(wiki.get("viewer", "/api/pages/" + page + "/exports").body());
    assertEquals(3, ways.size());
    assertEquals("", ways.get(0).get("plugin").textValue());
    assertEquals("markdown", ways.get(0).get("name").textValue());
    assertEquals("loud-words", ways.get(2).get("plugin").textValue());
    assertEquals("Capitals <loud>", ways.get(2).get("label").textValue());
    assertEquals("loud", ways.get(2).get("extension").textValue());
    assertEquals(
        "/api/pages/" + page + "/exports/loud-words/capitals",
        ways.get(2).get("address").textValue());
    Document shown = Jsoup.parse(wiki.get("viewer", "/pages/" + page).body());
    assertEquals("Capitals <loud>", shown.select(".page-actions .menu a").last().text());
  }

  @Test
  void ofAPluginAreFilesThatABrowserKeeps() throws Exception {
    register("capitals");
    String page = wiki.page("Über \"x\"/y", "some words");
    for (String address : List.of("/api/pages/", "/pages/")) {
      HttpResponse<String> answer =
          wiki.get("viewer", address + page + "/exports/loud-words/capitals");
      assertEquals(200, answer.statusCode(), answer.body());
      assertEquals("TEAM 1 SOME WORDS\n", answer.body());
      assertEquals("text/x-loud;charset=utf-8", header(answer, "Content-Type"));
      assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
      assertEquals("no-store", header(answer, "Cache-Control"));
      assertEquals(
          "attachment; filename=\"Uber x y.loud\"; filename*=UTF-8''%C3%9Cber%20x%20y.loud",
          header(answer, "Content-Disposition"));
    }
  }

  @Test
  void ofTheWikiAreWholeFiles() throws Exception {
    String page = wiki.page("A & <b>", "**bold** words");
    HttpResponse<String> html = wiki.get("viewer", "/pages/" + page + "/exports/html");
    Document read = Jsoup.parse(html.body());
    assertEquals("A & <b>", read.title());
    assertEquals("A & <b>", read.selectFirst("h1").text());
    assertEquals("bold", read.selectFirst("strong").text());
    assertTrue(
        header(html, "Content-Disposition").startsWith("attachment; filename=\"A & b.html\""));
    HttpResponse<String> markdown = wiki.get("viewer", "/api/pages/" + page + "/exports/markdown");
    assertEquals("**bold** words\n", markdown.body());
    assertEquals("text/markdown;charset=utf-8", header(markdown, "Content-Type"));
  }

  @Test
  void thatFailAreToldWithThePluginAndNothingElse() throws Exception {
    register("throws");
    String page = wiki.page("Fails", "text");
    String path = page + "/exports/loud-words/throws";
    HttpResponse<String> call = wiki.get("viewer", "/api/pages/" + path);
    assertEquals(500, call.statusCode());
    assertEquals("application/problem+json", header(call, "Content-Type"));
    assertEquals(
        "The plugin loud-words failed to export this page, and the wiki's log says how. Tell an"
            + " administrator.",
        Json.read(call.body()).get("detail").textValue());
    assertEquals("", header(call, "Content-Disposition"));
    HttpResponse<String> shown = wiki.get("viewer", "/pages/" + path);
    assertEquals(500, shown.statusCode());
    assertTrue(shown.body().contains("The plugin loud-words failed"), shown.body());
    assertFalse(shown.body().contains("secret detail"), shown.body());
  }

  @Test
  void areForThoseWhoMayViewThePage() throws Exception {
    register("capitals");
    String page = wiki.page("Hidden", "text");
    String user = wiki.user("viewer").id().toString();
    assertEquals(
        200,
        wiki.json(
                "admin",
                "PUT",
                "/api/pages/" + page + "/access/user/" + user,
                Json.of("access", "none"))
            .statusCode());
    for (String way : List.of("", "/markdown", "/html", "/loud-words/capitals")) {
      String path = "/api/pages/" + page + "/exports" + way;
      assertEquals(403, wiki.get("viewer", path).statusCode(), path);
      assertEquals(401, wiki.get("", path).statusCode(), path);
      assertEquals(200, wiki.get("editor1", path).statusCode(), path);
    }
    assertEquals(
        403, wiki.get("viewer", "/pages/" + page + "/exports/loud-words/capitals").statusCode());
  }

  @Test
  void thatNobodyOffersAreNotFound() throws Exception {
    String page = wiki.page("None", "text");
    for (String way : List.of("pdf", "loud-words/capitals", "a/b/c", "..%2f..", "%00")) {
      int status = wiki.get("viewer", "/api/pages/" + page + "/exports/" + way).statusCode();
      assertTrue(status == 404 || status == 400, way + " " + status);
    }
  }
}
