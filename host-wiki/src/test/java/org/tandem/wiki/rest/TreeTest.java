package org.tandem.wiki.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandem.wiki.core.Json;
import org.tandem.wiki.core.TestWiki;

/** Pages come, move, get other names and go. */
@ExtendWith(TestWiki.Shared.class)
class TreeTest {

  private final TestWiki wiki;

  TreeTest(TestWiki wiki) {
    this.wiki = wiki;
  }

  private String below(String parent, String title) throws Exception {
    HttpResponse<String> made =
        wiki.json(
            "editor1",
            "POST",
            "/api/pages",
            Json.of("space", "team", "parent", parent, "title", title));
    assertEquals(201, made.statusCode(), made.body());
    return Json.read(made.body()).get("id").textValue();
  }

  private HttpResponse<String> patch(String page, String body) throws Exception {
    return wiki.json("editor1", "PATCH", "/api/pages/" + page, body);
  }

  /** The ids of the pages directly below a page, in their order. */
  private List<String> children(String page) throws Exception {
    List<String> ids = new ArrayList<>();
    collect(Json.read(wiki.get("admin", "/api/spaces/team/tree").body()), page, ids);
    return ids;
  }

  private static void collect(JsonNode nodes, String page, List<String> ids) {
    for (JsonNode node : nodes) {
      if (node.get("id").textValue().equals(page)) {
        node.get("children").forEach(child -> ids.add(child.get("id").textValue()));
      }
      collect(node.get("children"), page, ids);
    }
  }

  @Test
  void aPageMovesWithAllBelowIt() throws Exception {
    String first = wiki.page("First", "");
    String second = wiki.page("Second", "");
    String child = below(first, "Child");
    String grandchild = below(child, "Grandchild");
    HttpResponse<String> moved = patch(child, Json.of("parent", second));
    assertEquals(200, moved.statusCode(), moved.body());
    assertEquals(List.of(), children(first));
    assertEquals(List.of(child), children(second));
    assertEquals(List.of(grandchild), children(child));
  }

  /** In the other space its rights would have opened a page that was closed to the mover. */
  @Test
  void aPageDoesNotTakeAlongWhatTheMoverMayNotEdit() throws Exception {
    wiki.form("admin", "/new-space", "key=elsewhere&name=Elsewhere");
    allow("/api/spaces/elsewhere", "edit");
    String top = wiki.page("Taken along", "");
    String closed = below(top, "Closed");
    allow("/api/pages/" + closed, "view");
    assertEquals(403, patch(top, Json.of("space", "elsewhere")).statusCode());
    allow("/api/pages/" + closed, "edit");
    assertEquals(200, patch(top, Json.of("space", "elsewhere")).statusCode());
  }

  /** Grants editor1 this, and nothing else of her own. */
  private void allow(String of, String access) throws Exception {
    String path = of + "/access/user/" + wiki.user("editor1").id();
    HttpResponse<String> set = wiki.json("admin", "PUT", path, Json.of("access", access));
    assertTrue(set.statusCode() < 300, set.body());
  }

  @Test
  void aPageCannotLieBelowItself() throws Exception {
    String top = wiki.page("Top", "");
    String child = below(top, "Child");
    assertEquals(422, patch(top, Json.of("parent", child)).statusCode());
    assertEquals(422, patch(top, Json.of("parent", top)).statusCode());
  }

  @Test
  void aPageMovesToTheTopAndToAnotherSpace() throws Exception {
    String top = wiki.page("Mover", "");
    String child = below(top, "Child");
    String grandchild = below(child, "Grandchild");
    assertEquals(200, patch(child, "{\"parent\":null}").statusCode());
    assertEquals(List.of(), children(top));
    assertEquals(200, patch(child, "{\"space\":\"handbook\"}").statusCode());
    JsonNode moved = Json.read(wiki.get("viewer", "/api/pages/" + grandchild).body());
    assertEquals("handbook", moved.get("space").textValue());
    assertEquals(child, moved.get("parent").textValue());
    String problem = patch(child, "{\"space\":\"team\",\"parent\":\"" + grandchild + "\"}").body();
    assertTrue(problem.contains("another space"), problem);
  }

  @Test
  void aChangeIsMadeWhollyOrNotAtAll() throws Exception {
    String page = wiki.page("Whole", "");
    String both = "{\"title\":\"New\",\"parent\":\"" + page + "\"}";
    assertEquals(422, patch(page, both).statusCode());
    String bad = "{\"title\":\"\",\"space\":\"handbook\"}";
    assertEquals(422, patch(page, bad).statusCode());
    JsonNode read = Json.read(wiki.get("viewer", "/api/pages/" + page).body());
    assertEquals("Whole", read.get("title").textValue());
    assertEquals("team", read.get("space").textValue());
  }

  @Test
  void aDeletedPageLeavesItsPlaceToThoseBelowIt() throws Exception {
    String top = wiki.page("Parent", "");
    String before = below(top, "Before");
    String gone = below(top, "Gone");
    String after = below(top, "After");
    String one = below(gone, "One");
    String two = below(gone, "Two");
    assertEquals(204, wiki.call("editor1", "DELETE", "/api/pages/" + gone, "").statusCode());
    assertEquals(List.of(before, one, two, after), children(top));
    for (String path : new String[] {"", "/content", "/versions"}) {
      assertEquals(404, wiki.get("admin", "/api/pages/" + gone + path).statusCode());
    }
    assertEquals(404, wiki.get("admin", "/pages/" + gone).statusCode());
    assertEquals(404, wiki.call("editor1", "DELETE", "/api/pages/" + gone, "").statusCode());
  }

  @Test
  void pagesLieTwentyLevelsDeepAtMost() throws Exception {
    String page = wiki.page("Level 1", "");
    for (int level = 2; level <= 20; level++) {
      page = below(page, "Level " + level);
    }
    HttpResponse<String> deeper =
        wiki.json(
            "editor1",
            "POST",
            "/api/pages",
            Json.of("space", "team", "parent", page, "title", "Level 21"));
    assertEquals(422, deeper.statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\u0000", "\n\t", "\u200b\u200b"})
  void aTitleHasSomethingVisible(String title) throws Exception {
    String body = Json.of("space", "team", "title", title);
    assertEquals(422, wiki.json("editor1", "POST", "/api/pages", body).statusCode());
  }

  @Test
  void aTitleHasALimitInCharacters() throws Exception {
    String face = "\ud83d\ude00";
    String page = wiki.page("Limit", "");
    assertEquals(200, patch(page, Json.of("title", face.repeat(200))).statusCode());
    assertEquals(422, patch(page, Json.of("title", face.repeat(201))).statusCode());
  }

  @Test
  void aTitleIsOneLineWithoutControls() throws Exception {
    String page = wiki.page("a\nb\u0007c  d\u202e", "");
    JsonNode read = Json.read(wiki.get("viewer", "/api/pages/" + page).body());
    assertEquals("a b c d", read.get("title").textValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"title\":1}", "{\"title\":null}", "{\"parent\":{}}", "[]", "{"})
  void aChangeThatMakesNoSenseIsRefused(String body) throws Exception {
    String page = wiki.page("Unchanged", "");
    assertEquals(400, patch(page, body).statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "1.5", "true", "{}", "[]", "null"})
  void aTitleIsAText(String title) throws Exception {
    String body = "{\"space\":\"team\",\"title\":" + title + "}";
    HttpResponse<String> answer = wiki.json("editor1", "POST", "/api/pages", body);
    assertEquals(400, answer.statusCode(), answer.body());
    assertEquals(400, Json.read(answer.body()).get("status").intValue());
  }

  @Test
  void aNewPageWithABadContentDoesNotAppear() throws Exception {
    int before = Json.read(wiki.get("admin", "/api/spaces/team/tree").body()).size();
    HttpResponse<String> made =
        wiki.json(
            "editor1",
            "POST",
            "/api/pages",
            Json.of("space", "team", "title", "Bad", "markdown", "a\u0000b\u0007"));
    int after = Json.read(wiki.get("admin", "/api/spaces/team/tree").body()).size();
    assertEquals(made.statusCode() == 201 ? before + 1 : before, after, made.body());
    assertTrue(made.statusCode() == 201 || made.statusCode() == 422, made.body());
  }

  @Test
  void aListIsAskedForAgainByItsTag() throws Exception {
    HttpResponse<String> list = wiki.get("viewer", "/api/spaces");
    String tag = list.headers().firstValue("ETag").orElseThrow();
    assertEquals(304, wiki.get("viewer", "/api/spaces", "If-None-Match", tag).statusCode());
  }
}
