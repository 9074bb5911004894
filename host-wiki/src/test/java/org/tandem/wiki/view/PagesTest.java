package org.tandem.wiki.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandem.wiki.core.TestWiki;

/** The HTML pages, used as a browser without JavaScript uses them. */
@ExtendWith(TestWiki.Shared.class)
class PagesTest {

  private static final String HOSTILE =
      "\"><script>alert(1)</script><img src=x onerror=alert(2)> ${7*7} ' & `";

  private final TestWiki wiki;

  PagesTest(TestWiki wiki) {
    this.wiki = wiki;
  }

  private Document open(String person, String path) throws Exception {
    HttpResponse<String> answer = wiki.get(person, path);
    assertEquals(200, answer.statusCode(), path);
    return Jsoup.parse(answer.body());
  }

  private HttpResponse<String> send(String person, String path, String... fields) throws Exception {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < fields.length; i += 2) {
      body.append(fields[i]).append('=');
      body.append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8)).append('&');
    }
    return wiki.form(person, path, body.toString());
  }

  private static String location(HttpResponse<String> answer) {
    assertEquals(303, answer.statusCode(), answer.body());
    return answer.headers().firstValue("Location").orElseThrow();
  }

  @Test
  void aPageIsReadOnTheServer() throws Exception {
    String page = wiki.page("To read", "# Part\n\nSome **bold** words.");
    Document read = open("viewer", "/pages/" + page);
    assertEquals("To read · Tandem", read.title());
    assertEquals("To read", read.selectFirst("main h1").text());
    assertEquals("Part", read.selectFirst("article.content h2").text());
    assertEquals("bold", read.selectFirst("article.content strong").text());
    assertEquals("Team", read.select(".crumbs a").last().text());
    assertTrue(read.selectFirst(".page-meta").text().startsWith("Last edited by editor1, "));
    assertEquals(
        "page", read.selectFirst(".tree a[href=/pages/" + page + "]").attr("aria-current"));
    assertTrue(read.select(".page-actions a:not(.menu a)").isEmpty());
    assertEquals(List.of("Markdown", "HTML"), read.select(".page-actions .menu a").eachText());
    assertEquals(
        "/pages/" + page + "/edit",
        open("editor1", "/pages/" + page).selectFirst(".page-actions a").attr("href"));
  }

  @Test
  void whoIsNotSignedInIsSentToTheSignInPageAndBack() throws Exception {
    HttpResponse<String> answer = wiki.get("", "/search?q=a%26b");
    assertEquals("/sign-in?next=%2Fsearch%3Fq%3Da%2526b", location(answer));
    Document signIn = open("", "/sign-in?next=%2Fsearch%3Fq%3Da%2526b");
    assertEquals("/search?q=a%26b", signIn.selectFirst("input[name=next]").val());
    assertEquals("/", location(wiki.get("viewer", "/sign-in")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "x",
        "/a\tb",
        ""
      })
  void signingInLeadsToNoOtherSite(String next) {
    assertEquals("/", SignInPage.own(next));
  }

  @ParameterizedTest
  @CsvSource({
    "/a|b, /a%7Cb",
    "/a b?c={d}, /a%20b?c=%7Bd%7D",
    "/100%, /100%25",
    "/a%7Cb, /a%7Cb",
    "/ü?q=ö#part, /%C3%BC?q=%C3%B6#part",
    "/a#b#c, /"
  })
  void anAddressThatIsNoUriIsEncoded(String next, String shown) throws Exception {
    assertEquals(shown, SignInPage.own(next));
    String query = URLEncoder.encode(next, StandardCharsets.UTF_8);
    assertEquals(shown, location(wiki.get("viewer", "/sign-in?next=" + query)));
  }

  @Test
  void aPageIsMadeRenamedMovedAndDeletedByForms() throws Exception {
    Document form = open("editor1", "/spaces/team/new");
    assertEquals("", form.selectFirst("option").val());
    String made = location(send("editor1", "/spaces/team/new", "title", "By form", "parent", ""));
    assertTrue(made.endsWith("/edit"), made);
    String page = made.substring(0, made.length() - "/edit".length());
    assertEquals(page, location(send("editor1", page + "/rename", "title", "Under a new name")));
    assertEquals("Under a new name", open("viewer", page).selectFirst("h1").text());

    String parent = "/pages/" + wiki.page("New parent", "");
    String place = parent.substring("/pages/".length());
    assertEquals(1, open("editor1", page + "/move").select("option[value=" + place + "]").size());
    assertEquals(page, location(send("editor1", page + "/move", "place", place)));
    assertEquals("New parent", open("viewer", page).select(".crumbs a").last().text());
    assertEquals(page, location(send("editor1", page + "/move", "place", "space:team")));

    assertTrue(open("editor1", page + "/delete").selectFirst("h1").text().contains("Delete"));
    assertEquals("/spaces/team", location(send("editor1", page + "/delete")));
    assertEquals(404, wiki.get("editor1", page).statusCode());
  }

  @Test
  void aFormThatIsRefusedComesBackWithWhatWasTyped() throws Exception {
    HttpResponse<String> answer =
        send("editor1", "/spaces/team/new", "title", "x".repeat(201), "parent", "");
    assertEquals(422, answer.statusCode());
    Document form = Jsoup.parse(answer.body());
    assertEquals("x".repeat(201), form.selectFirst("input[name=title]").val());
    assertTrue(form.selectFirst("[role=alert]").text().contains("1 to 200 characters"));
  }

  @Test
  void formsAskForTheRightToo() throws Exception {
    String page = "/pages/" + wiki.page("Protected", "text");
    for (String form : new String[] {"/edit", "/rename", "/move", "/delete", "/access"}) {
      assertEquals(403, wiki.get("viewer", page + form).statusCode(), form);
      assertEquals(403, send("viewer", page + form, "title", "x", "place", "x").statusCode(), form);
      assertEquals(401, send("", page + form, "title", "x").statusCode(), form);
    }
    assertEquals(403, wiki.get("viewer", "/spaces/team/new").statusCode());
    assertEquals(403, send("viewer", "/spaces/team/new", "title", "x").statusCode());
    assertEquals(403, wiki.get("editor1", "/new-space").statusCode());
    assertEquals(403, send("editor1", "/new-space", "key", "x", "name", "x").statusCode());
  }

  @Test
  void aHostileTitleIsText() throws Exception {
    String page = wiki.page(HOSTILE, HOSTILE);
    List<String> paths =
        List.of(
            "/pages/" + page,
            "/pages/" + page + "/edit",
            "/pages/" + page + "/rename",
            "/pages/" + page + "/move",
            "/pages/" + page + "/delete",
            "/pages/" + page + "/versions",
            "/pages/" + page + "/versions/1",
            "/pages/" + page + "/access",
            "/spaces/team",
            "/spaces/team/new?parent=" + page,
            "/search?q=" + URLEncoder.encode("onerror alert", StandardCharsets.UTF_8),
            "/search?q=" + URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8));
    for (String path : paths) {
      Document read = open("admin", path);
      assertEquals(0, read.select("script:not([nonce]), img, [onerror]").size(), path);
      assertTrue(read.text().contains("<script>alert(1)</script>") || path.contains("/edit"), path);
    }
    assertEquals(HOSTILE, open("viewer", "/pages/" + page).selectFirst("h1").text());
  }

  @Test
  void aConflictShowsBothTextsAndLosesNone() throws Exception {
    String page = "/pages/" + wiki.page("Both", "base");
    assertEquals(page, location(send("editor1", page + "/edit", "base", "1", "text", "first")));
    HttpResponse<String> late = send("editor2", page + "/edit", "base", "1", "text", "second");
    assertEquals(409, late.statusCode());
    Document form = Jsoup.parse(late.body());
    assertEquals("second", form.selectFirst("textarea[name=text]").wholeText().strip());
    assertEquals("first", form.selectFirst("textarea[readonly]").wholeText().strip());
    assertEquals("2", form.selectFirst("input[name=base]").val());
    assertEquals(
        page,
        location(send("editor2", page + "/edit", "base", "2", "text", "first\r\n\r\nsecond")));
    assertEquals(List.of("first", "second"), open("viewer", page).select("article p").eachText());
  }

  @Test
  void aTextThatCannotBeSavedIsShownAgain() throws Exception {
    String page = "/pages/" + wiki.page("Lost right", "base");
    HttpResponse<String> refused =
        send("viewer", page + "/edit", "base", "1", "text", "precious <text>");
    assertEquals(403, refused.statusCode());
    Document shown = Jsoup.parse(refused.body());
    assertEquals("precious <text>", shown.selectFirst("textarea").wholeText().strip());
  }

  @Test
  void theMarkdownFormKeepsWhatMarkdownCannotSay() throws Exception {
    String id = wiki.page("Indented by form", "x");
    wiki.json(
        "editor1",
        "PUT",
        "/api/pages/" + id + "/content",
        "{\"ops\":[{\"insert\":\"far in\"},{\"insert\":\"\\n\",\"attributes\":{\"indent\":3}},"
            + "{\"insert\":\"plain\\n\"}]}",
        "If-Match",
        "\"1\"");
    Document form = open("editor1", "/pages/" + id + "/edit");
    String text = form.selectFirst("textarea").wholeText().strip();
    send(
        "editor1",
        "/pages/" + id + "/edit",
        "base",
        form.selectFirst("input[name=base]").val(),
        "text",
        text.replace("plain", "simple"));
    Element article = open("viewer", "/pages/" + id).selectFirst("article");
    assertEquals("far in", article.selectFirst("p.indent-3").text());
    assertEquals("far in simple", article.text());
  }

  @Test
  void anEditorOfAPluginTakesTheFormsPlace() throws Exception {
    String page = wiki.page("Plugin's editor", "text");
    wiki.editor.set(
        Optional.of(
            new EditorPage(
                "/plugins/x/1/editor.js", List.of("/plugins/x/1/editor.css"), List.of())));
    try {
      Document shell = open("editor1", "/pages/" + page + "/edit");
      Element editor = shell.selectFirst("#editor");
      assertEquals(page, editor.attr("data-page"));
      assertEquals("Plugin's editor", editor.attr("data-title"));
      assertEquals(1, shell.select("script[type=module][src=/plugins/x/1/editor.js]").size());
      assertEquals(1, shell.select("link[href=/plugins/x/1/editor.css]").size());
      assertEquals(1, shell.select("script[type=importmap]").size());
      assertEquals(
          1, open("editor1", "/pages/" + page + "/edit?form=markdown").select("textarea").size());
    } finally {
      wiki.editor.set(Optional.empty());
    }
  }

  @Test
  void rightsAreGrantedByForms() throws Exception {
    String page = "/pages/" + wiki.page("Rights by form", "text");
    assertEquals(
        page + "/access",
        location(
            send(
                "admin",
                page + "/access",
                "kind",
                "name",
                "name",
                "Viewer",
                "level",
                "edit",
                "action",
                "set")));
    assertEquals(200, wiki.get("viewer", page + "/edit").statusCode());
    Document list = open("admin", page + "/access");
    assertEquals("viewer", list.selectFirst(".grant-name").text());
    String id = list.selectFirst(".grant-form input[name=id]").val();
    location(send("admin", page + "/access", "kind", "user", "id", id, "action", "remove"));
    assertEquals(403, wiki.get("viewer", page + "/edit").statusCode());
    HttpResponse<String> nobody =
        send("admin", page + "/access", "kind", "name", "name", "nobody", "level", "edit");
    assertEquals(422, nobody.statusCode());
  }

  @Test
  void aSpaceIsMadeByTheAdministrator() throws Exception {
    assertEquals(
        "/spaces/by-form",
        location(send("admin", "/new-space", "key", "by-form", "name", "By <form>")));
    assertEquals("By <form>", open("admin", "/spaces/by-form").selectFirst("h1").text());
    assertEquals(403, wiki.get("viewer", "/spaces/by-form").statusCode());
    assertEquals(422, send("admin", "/new-space", "key", "by-form", "name", "Again").statusCode());
    assertTrue(!wiki.get("viewer", "/").body().contains("by-form"));
  }

  @Test
  void aPersonIsMadeByTheAdministrator() throws Exception {
    assertEquals(403, wiki.get("editor1", "/people").statusCode());
    HttpResponse<String> made = send("admin", "/people", "name", " Zoë ");
    assertEquals(200, made.statusCode());
    assertEquals("one-time", Jsoup.parse(made.body()).selectFirst(".secret").text());
    assertEquals("Zoë", wiki.user("zoë").name());
    assertEquals(422, send("admin", "/people", "name", "ZOË").statusCode());
    assertEquals(422, send("admin", "/people", "name", " ").statusCode());
    assertTrue(open("admin", "/people").text().contains("Zoë"));
  }

  @Test
  void lookingAfterTheNodeIsTheAdministratorsAlone() throws Exception {
    assertEquals("/sign-in?next=%2Fadmin", location(wiki.get("", "/admin")));
    assertEquals(403, wiki.get("editor1", "/admin").statusCode());
    assertEquals(403, wiki.get("editor1", "/admin/runs/none").statusCode());
    assertEquals(403, send("editor1", "/admin/maintenance/no/such").statusCode());
    assertEquals(403, send("editor1", "/admin/runs/none/cancel").statusCode());
    assertTrue(open("editor1", "/").select(".site-header a[href=/admin]").isEmpty());
    Document admin = open("admin", open("admin", "/").select("a[href=/admin]").attr("href"));
    assertTrue(admin.selectFirst(".empty").text().startsWith("No plugin is installed."));
    assertEquals(404, wiki.get("admin", "/admin/runs/none").statusCode());
    assertEquals(404, send("admin", "/admin/maintenance/no/such").statusCode());
    assertEquals(404, send("admin", "/admin/runs/none/cancel").statusCode());
  }

  @Test
  void aLongTextIsSavedByTheForm() throws Exception {
    String page = "/pages/" + wiki.page("Long", "base");
    String text = "a line of text\n\n".repeat(30_000);
    assertEquals(page, location(send("editor1", page + "/edit", "base", "1", "text", text)));
    assertEquals(30_000, open("viewer", page).select("article p").size());
  }

  @Test
  void searchSaysWhatToDoWhenNothingIsFound() throws Exception {
    assertTrue(open("viewer", "/search").selectFirst(".empty").hasText());
    assertTrue(open("viewer", "/search?q=xyzzy12345").selectFirst(".empty").hasText());
    assertTrue(open("viewer", "/search?q=%27%3A*%26%7C!()").selectFirst(".empty").hasText());
    assertEquals(200, wiki.get("viewer", "/search?q=a&from=abc").statusCode());
  }

  @Test
  void aFailureIsAPageWithAWayOn() throws Exception {
    HttpResponse<String> answer = wiki.get("viewer", "/no/such/address");
    assertEquals(404, answer.statusCode());
    Document page = Jsoup.parse(answer.body());
    assertEquals("Not found", page.selectFirst("h1").text());
    assertEquals("/", page.selectFirst("main a").attr("href"));
    assertEquals(405, wiki.form("viewer", "/search", "q=x").statusCode());
  }

  @Test
  void aDatabaseThatIsAwayIsSaidSo() throws Exception {
    HttpResponse<String> page = wiki.get(TestWiki.UNLUCKY, "/");
    assertEquals(503, page.statusCode());
    assertTrue(Jsoup.parse(page.body()).text().contains("database does not answer"));
    HttpResponse<String> call = wiki.get(TestWiki.UNLUCKY, "/api/spaces");
    assertEquals(503, call.statusCode());
    assertEquals("2", call.headers().firstValue("Retry-After").orElse(""));
  }
}
