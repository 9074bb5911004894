package org.tandem.wiki.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Pages;
import org.tandem.api.host.SavedVersion;
import org.tandem.api.host.UserId;
import org.tandem.wiki.core.Json;
import org.tandem.wiki.core.TestWiki;

/** What a page authority publishes: the page, the search and the versions follow. */
@ExtendWith(TestWiki.Shared.class)
class PublishTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final TestWiki wiki;
  private final Pages pages;
  private final UserId one;
  private final UserId two;

  PublishTest(TestWiki wiki) {
    this.wiki = wiki;
    this.pages = wiki.core().pages();
    this.one = wiki.user("editor1").id();
    this.two = wiki.user("editor2").id();
  }

  private PageId page(String title) throws Exception {
    return PageId.parse(wiki.page(title, "start")).orElseThrow();
  }

  private void publish(PageId page, long rev, String text, UserId author, Duration after) {
    Delta document = Delta.builder().insert(text + "\n").build();
    long alone = pages.savedAlone(page).stream().mapToLong(SavedVersion::rev).max().orElse(0);
    SavedVersion version = new SavedVersion(rev, document, Set.of(author), NOON.plus(after));
    assertTrue(pages.publish(page, version, alone));
  }

  private JsonNode versions(PageId page) throws Exception {
    return Json.read(wiki.get("viewer", "/api/pages/" + page + "/versions").body());
  }

  @Test
  void thePageTheSearchAndTheVersionsFollow() throws Exception {
    PageId page = page("Follows");
    publish(page, 5, "Zitronenfalter am Fenster", one, Duration.ZERO);
    assertTrue(wiki.get("viewer", "/pages/" + page).body().contains("Zitronenfalter am Fenster"));
    assertEquals("Zitronenfalter am Fenster\n", wiki.content(page.toString(), "text/plain"));
    String found = wiki.get("viewer", "/search?q=zitronenf").body();
    assertTrue(found.contains("/pages/" + page), found);
    assertTrue(found.contains("<mark>Zitronenfalter</mark>"), found);
    assertEquals(5, versions(page).get(0).get("rev").intValue());
    assertEquals("edited", versions(page).get(0).get("kind").textValue());
    publish(page, 6, "something else", one, Duration.ofSeconds(2));
    assertTrue(!wiki.get("viewer", "/search?q=zitronenf").body().contains("/pages/" + page));
  }

  @Test
  void aRevisionThatIsNotNewerChangesNothing() throws Exception {
    PageId page = page("Not newer");
    publish(page, 7, "seven", one, Duration.ZERO);
    publish(page, 6, "six, late", two, Duration.ofSeconds(1));
    publish(page, 7, "seven, again", two, Duration.ofSeconds(1));
    assertEquals("seven\n", wiki.content(page.toString(), "text/plain"));
    assertEquals(2, versions(page).size());
  }

  @Test
  void oneVersionFollowsTheEditingForTenMinutes() throws Exception {
    PageId page = page("Span");
    publish(page, 2, "two", one, Duration.ZERO);
    publish(page, 9, "nine", two, Duration.ofMinutes(9));
    publish(page, 11, "eleven", one, Duration.ofMinutes(11));
    JsonNode versions = versions(page);
    assertEquals(3, versions.size());
    assertEquals(11, versions.get(0).get("rev").intValue());
    assertEquals(1, versions.get(0).get("authors").size());
    assertEquals(9, versions.get(1).get("rev").intValue());
    assertEquals(
        Set.of("editor1", "editor2"),
        Set.copyOf(versions.get(1).get("authors").findValuesAsText("name")));
    assertEquals(1, versions.get(2).get("rev").intValue());
  }

  @Test
  void whatTheWikiSavedAloneIsHandedOverUntilItIsPublished() throws Exception {
    PageId page = page("Alone");
    wiki.json(
        "editor2",
        "PUT",
        "/api/pages/" + page + "/content",
        "{\"ops\":[{\"insert\":\"alone\\n\"}]}",
        "If-Match",
        "\"1\"");
    List<SavedVersion> alone = pages.savedAlone(page);
    assertEquals(List.of(1L, 2L), alone.stream().map(SavedVersion::rev).toList());
    assertEquals(
        List.of(Set.of(one), Set.of(two)), alone.stream().map(SavedVersion::authors).toList());
    publish(page, 2, "alone", two, Duration.ZERO);
    assertEquals(List.of(), pages.savedAlone(page));
    assertEquals(2, versions(page).size());
    assertEquals(2, pages.content(page).orElseThrow().rev());
  }

  /** A node without the plugin saved a text, and the editing on another node once replaced it. */
  @Test
  void whatTheWikiSavedAloneIsNotOverwritten() throws Exception {
    PageId page = page("Beside");
    publish(page, 2, "together", one, Duration.ZERO);
    wiki.json(
        "editor2",
        "PUT",
        "/api/pages/" + page + "/content",
        "{\"ops\":[{\"insert\":\"alone\\n\"}]}",
        "If-Match",
        "\"2\"");
    Delta edited = Delta.builder().insert("edited\n").build();
    SavedVersion version = new SavedVersion(3, edited, Set.of(one), NOON);
    assertFalse(pages.publish(page, version, 0));
    assertEquals("alone\n", wiki.content(page.toString(), "text/plain"));
    assertEquals(List.of(3L), pages.savedAlone(page).stream().map(SavedVersion::rev).toList());
    publish(page, 4, "edited alone", one, Duration.ofSeconds(1));
    assertEquals("edited alone\n", wiki.content(page.toString(), "text/plain"));
    assertEquals(4, versions(page).size());
  }

  @Test
  void aPageThatIsGoneIsLeftAlone() throws Exception {
    PageId page = page("Gone");
    wiki.call("admin", "DELETE", "/api/pages/" + page, "");
    publish(page, 3, "late", one, Duration.ZERO);
    assertTrue(pages.content(page).isEmpty());
    assertTrue(pages.page(page).isEmpty());
  }

  @Test
  void aTextOfManyWordsCanBePublished() throws Exception {
    PageId page = page("Many words");
    StringBuilder words = new StringBuilder("anfang ");
    for (int i = 0; i < 400_000; i++) {
      words.append(Integer.toString(i, 36)).append(i % 3 == 0 ? " " : "\u6f22 ");
    }
    publish(page, 2, words.toString(), one, Duration.ZERO);
    publish(page, 3, "x".repeat(3_000_000), one, Duration.ofSeconds(1));
    assertEquals(3, pages.content(page).orElseThrow().rev());
  }
}
