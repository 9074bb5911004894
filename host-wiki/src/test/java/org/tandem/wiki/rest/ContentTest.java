package org.tandem.wiki.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandem.wiki.core.Json;
import org.tandem.wiki.core.TestWiki;

/** Reading and saving contents while no plugin orders the changes. */
@ExtendWith(TestWiki.Shared.class)
class ContentTest {

  private final TestWiki wiki;

  ContentTest(TestWiki wiki) {
    this.wiki = wiki;
  }

  private HttpResponse<String> put(String page, long rev, String body) throws Exception {
    return wiki.json(
        "editor1", "PUT", "/api/pages/" + page + "/content", body, "If-Match", "\"" + rev + "\"");
  }

  private HttpResponse<String> putMarkdown(String page, long rev, String markdown)
      throws Exception {
    return wiki.call(
        "editor1",
        "PUT",
        "/api/pages/" + page + "/content",
        markdown,
        "Content-Type",
        "text/markdown",
        "If-Match",
        "\"" + rev + "\"");
  }

  private static String text(String text) {
    return "{\"ops\":[{\"insert\":\"" + text + "\"}]}";
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, application/json, {\"rev\":1",
    "'application/json;q=0.5, text/html', text/html, <",
    "text/markdown, text/markdown, **bold**",
    "text/plain, text/plain, bold",
    "*/*, application/json, {\"rev\":1"
  })
  void isReadInTheFormThatIsAccepted(String accept, String type, String begin) throws Exception {
    String page = wiki.page("Forms", "**bold** text");
    HttpResponse<String> answer =
        wiki.get("viewer", "/api/pages/" + page + "/content", "Accept", accept);
    assertEquals(200, answer.statusCode());
    assertEquals(type + ";charset=utf-8", answer.headers().firstValue("Content-Type").orElse(""));
    assertEquals("\"1\"", answer.headers().firstValue("ETag").orElse(""));
    assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse(""));
    assertTrue(answer.body().startsWith(begin), answer.body());
  }

  @Test
  void isNotToBeHadAsAPicture() throws Exception {
    String page = wiki.page("Picture", "text");
    assertEquals(
        406,
        wiki.get("viewer", "/api/pages/" + page + "/content", "Accept", "image/png").statusCode());
  }

  @Test
  void beginsEmptyAtRevisionZero() throws Exception {
    HttpResponse<String> made =
        wiki.json("editor1", "POST", "/api/pages", Json.of("space", "team", "title", "Empty"));
    String page = Json.read(made.body()).get("id").textValue();
    assertEquals("/api/pages/" + page, made.headers().firstValue("Location").orElse(""));
    assertEquals("{\"rev\":0,\"ops\":[{\"insert\":\"\\n\"}]}", sorted(page));
  }

  /** The JSON content with its members in this order. */
  private String sorted(String page) throws Exception {
    JsonNode content = Json.read(wiki.content(page, "application/json"));
    return "{\"rev\":" + content.get("rev") + ",\"ops\":" + content.get("ops") + "}";
  }

  @Test
  void eachSaveIsTheNextRevision() throws Exception {
    String page = wiki.page("Saves", "one");
    HttpResponse<String> second = put(page, 1, text("one\\ntwo\\n"));
    assertEquals(200, second.statusCode(), second.body());
    assertEquals("{\"rev\":2}", second.body());
    assertEquals("\"2\"", second.headers().firstValue("ETag").orElse(""));
    assertEquals("{\"rev\":3}", put(page, 2, text("two\\n")).body());
    assertEquals("{\"rev\":3,\"ops\":[{\"insert\":\"two\\n\"}]}", sorted(page));
    JsonNode versions = Json.read(wiki.get("viewer", "/api/pages/" + page + "/versions").body());
    assertEquals(3, versions.size());
    assertEquals(3, versions.get(0).get("rev").intValue());
    assertEquals("editor1", versions.get(0).get("authors").get(0).get("name").textValue());
    assertEquals(
        "one\ntwo\n",
        wiki.get("viewer", "/api/pages/" + page + "/versions/2", "Accept", "text/plain").body());
  }

  @Test
  void aSaveThatChangesNothingIsNoRevision() throws Exception {
    String page = wiki.page("Same", "same");
    assertEquals("{\"rev\":1}", put(page, 1, text("same\\n")).body());
  }

  @Test
  void aSaveOnAnOldRevisionIsAConflictAndChangesNothing() throws Exception {
    String page = wiki.page("Conflict", "base");
    put(page, 1, text("first\\n"));
    HttpResponse<String> late = put(page, 1, text("second\\n"));
    assertEquals(412, late.statusCode());
    assertEquals(2, Json.read(late.body()).get("rev").intValue());
    assertEquals(412, put(page, 77, text("future\\n")).statusCode());
    assertEquals("first\n", wiki.content(page, "text/plain"));
  }

  @Test
  void ofTwoSavesAtTheSameMomentOneWins() throws Exception {
    for (int round = 0; round < 10; round++) {
      String page = wiki.page("Race", "base");
      CompletableFuture<Integer> one = CompletableFuture.supplyAsync(() -> race(page, "one"));
      CompletableFuture<Integer> two = CompletableFuture.supplyAsync(() -> race(page, "two"));
      assertEquals(Set.of(200, 412), Set.of(one.get(), two.get()));
    }
  }

  private int race(String page, String text) {
    try {
      return put(page, 1, text(text + "\\n")).statusCode();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Test
  void aSaveNeedsItsRevision() throws Exception {
    String page = wiki.page("No revision", "base");
    String path = "/api/pages/" + page + "/content";
    assertEquals(428, wiki.json("editor1", "PUT", path, text("x\\n")).statusCode());
    for (String tag : new String[] {"*", "1", "\"one\"", "\"1\", \"2\""}) {
      assertEquals(
          400, wiki.json("editor1", "PUT", path, text("x\\n"), "If-Match", tag).statusCode(), tag);
    }
    assertEquals(
        200,
        wiki.json("editor1", "PUT", path, text("x\\n"), "If-Match", "W/\"1-gzip\"").statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ops\":[{\"insert\":\"no newline\"}]}",
        "{\"ops\":[{\"retain\":1}]}",
        "{\"ops\":[{\"insert\":\"a\\u0000b\\n\"}]}",
        "{\"ops\":[{\"insert\":\"\\ud800\\n\"}]}",
        "{\"ops\":[{\"insert\":\"a\\n\",\"attributes\":{\"onclick\":\"x\"}}]}",
        "{\"ops\":[{\"insert\":\"a\",\"attributes\":{\"link\":\"javascript:alert(1)\"}},"
            + "{\"insert\":\"\\n\"}]}",
        "{\"ops\":[{\"insert\":{\"video\":\"x\"}},{\"insert\":\"\\n\"}]}",
        "{\"ops\":[]}"
      })
  void aDocumentThatBreaksARuleIsRefused(String body) throws Exception {
    String page = wiki.page("Rules", "base");
    HttpResponse<String> answer = put(page, 1, body);
    assertEquals(422, answer.statusCode(), answer.body());
    assertEquals("base\n", wiki.content(page, "text/plain"));
  }

  /** It was read as infinite, and came to the check as the word for that. */
  @Test
  void aNumberBeyondEveryDoubleIsRefusedAsOne() throws Exception {
    String page = wiki.page("Numbers", "base");
    String body = "{\"ops\":[{\"insert\":\"\\n\",\"attributes\":{\"header\":1e400}}]}";
    HttpResponse<String> answer = put(page, 1, body);
    assertEquals(422, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains("A number is beyond"), answer.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "{\"ops\":1}", "{}", "", "{\"ops\":[],\"ops\":[]}", "null"})
  void aBodyThatIsNoContentIsRefused(String body) throws Exception {
    String page = wiki.page("Bodies", "base");
    HttpResponse<String> answer = put(page, 1, body);
    assertEquals(400, answer.statusCode(), answer.body());
    assertFalse(answer.body().contains("Exception"), answer.body());
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    String page = wiki.page("Large", "base");
    assertEquals(413, put(page, 1, text("x".repeat(5_000_000))).statusCode());
    assertEquals(413, putMarkdown(page, 1, "x".repeat(5_000_000)).statusCode());
  }

  @Test
  void otherMediaTypesAreNotRead() throws Exception {
    String page = wiki.page("Types", "base");
    HttpResponse<String> answer =
        wiki.call(
            "editor1",
            "PUT",
            "/api/pages/" + page + "/content",
            "<p>x</p>",
            "Content-Type",
            "text/html",
            "If-Match",
            "\"1\"");
    assertEquals(415, answer.statusCode());
  }

  /** Broken UTF-8 was stored with replacement characters in the place of what was lost. */
  @Test
  void markdownThatIsNoUtf8IsRefused() throws Exception {
    String page = wiki.page("Broken", "whole");
    byte[] broken = {'a', (byte) 0xff, (byte) 0xc0, (byte) 0xaf};
    assertEquals(400, putBytes(page, broken, "text/markdown").statusCode());
    byte[] latin = {'a', (byte) 0xe4};
    assertEquals(415, putBytes(page, latin, "text/markdown; charset=iso-8859-1").statusCode());
    assertEquals("whole\n", wiki.content(page, "text/markdown"));
    byte[] good = "gänzlich".getBytes(StandardCharsets.UTF_8);
    assertEquals(200, putBytes(page, good, "text/markdown; charset=UTF-8").statusCode());
    assertEquals("gänzlich\n", wiki.content(page, "text/markdown"));
  }

  /** Entered as plain text, its marks would stay on the page as what the person wrote. */
  @Test
  void markdownWithAParagraphThatCannotBeReadIsRefused() throws Exception {
    String page = wiki.page("Costly", "whole");
    HttpResponse<String> answer = putMarkdown(page, 1, "*a [b](/c) ".repeat(50_000));
    assertEquals(422, answer.statusCode(), answer.body());
    assertEquals("application/problem+json", answer.headers().firstValue("Content-Type").get());
    assertEquals("whole\n", wiki.content(page, "text/markdown"));
  }

  @Test
  void aNewPageWithHalfACharacterIsRefused() throws Exception {
    HttpResponse<String> answer =
        wiki.json(
            "editor1",
            "POST",
            "/api/pages",
            "{\"space\":\"team\",\"title\":\"Half\",\"markdown\":\"\\ud800\"}");
    assertEquals(422, answer.statusCode(), answer.body());
  }

  private HttpResponse<String> putBytes(String page, byte[] body, String type) throws Exception {
    return wiki.call(
        "editor1",
        "PUT",
        "/api/pages/" + page + "/content",
        BodyPublishers.ofByteArray(body),
        "Content-Type",
        type,
        "If-Match",
        "\"1\"");
  }

  @Test
  void markdownIsReadAndWritten() throws Exception {
    String markdown =
        "## Heading\n\nSome **bold**, *italic*, ~~struck~~ and `code`.\n\n- one\n  - two\n\n1. first\n\n"
            + "- [x] done\n- [ ] open\n\n> quoted\n\n```java\nint i;\n```\n\n---\n\n"
            + "[link](https://example.org/)\n";
    String page = wiki.page("Markdown", markdown);
    String written = wiki.content(page, "text/markdown");
    assertEquals("{\"rev\":1}", putMarkdown(page, 1, written).body());
    String again = wiki.page("Markdown again", written);
    assertEquals(
        Json.read(wiki.content(page, "application/json")).get("ops"),
        Json.read(wiki.content(again, "application/json")).get("ops"));
  }

  @Test
  void markdownKeepsTheFormatsThatItCannotSay() throws Exception {
    String page = wiki.page("Indented", "x");
    put(
        page,
        1,
        "{\"ops\":[{\"insert\":\"far in\"},{\"insert\":\"\\n\",\"attributes\":{\"indent\":3}},"
            + "{\"insert\":\"\\n\\nlast\\n\"}]}");
    String markdown = wiki.content(page, "text/markdown");
    HttpResponse<String> saved = putMarkdown(page, 2, markdown.replace("last", "very last"));
    assertEquals(200, saved.statusCode(), saved.body());
    JsonNode ops = Json.read(wiki.content(page, "application/json")).get("ops");
    assertEquals(3, ops.get(1).get("attributes").get("indent").intValue());
    assertEquals("\n\nvery last\n", ops.get(2).get("insert").textValue());
  }
}
