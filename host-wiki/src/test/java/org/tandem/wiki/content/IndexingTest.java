package org.tandem.wiki.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.PlainText;
import org.tandem.api.document.format.ConflictRule;
import org.tandem.api.document.format.DeclaredFormat;
import org.tandem.api.document.format.Format;
import org.tandem.api.document.format.Look;
import org.tandem.api.document.format.Markup;
import org.tandem.api.exchange.SearchText;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;
import org.tandem.wiki.core.Core;
import org.tandem.wiki.core.TestWiki;

/** Pages are found by what plugins say of them: at once, and when a plugin comes later. */
@ExtendWith(TestWiki.Shared.class)
class IndexingTest {

  private static final long PATIENCE_SECONDS = 60;

  private final TestWiki wiki;
  private final List<Registration> registered = new ArrayList<>();

  IndexingTest(TestWiki wiki) {
    this.wiki = wiki;
  }

  @AfterEach
  void takeBack() {
    registered.forEach(Registration::close);
  }

  /** Has pages with a word found by another one. */
  private record Meaning(String word, String meaning, String edition) implements SearchText {

    @Override
    public String words(PageId page, Delta document) {
      return PlainText.of(document).contains(word) ? meaning : "";
    }
  }

  private void register(String plugin, SearchText words) {
    registered.add(wiki.extensions.registrations().register(plugin, words));
  }

  private boolean finds(String query, String page) throws Exception {
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    return wiki.get("viewer", "/search?q=" + encoded).body().contains("/pages/" + page);
  }

  private void soonFinds(String query, String page) {
    Awaitility.await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS).until(() -> finds(query, page));
  }

  /** Until the round that is under way has ended. */
  private void awaitRest() {
    Awaitility.await()
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(wiki.core().indexing()::isAtRest);
  }

  private void save(String page, String rev, String text) throws Exception {
    int status =
        wiki.call(
                "editor1",
                "PUT",
                "/api/pages/" + page + "/content",
                text,
                "If-Match",
                '"' + rev + '"',
                "Content-Type",
                "text/markdown")
            .statusCode();
    assertEquals(200, status);
  }

  @Test
  void aPageIsFoundByTheWordsOfPluginsAtOnce() throws Exception {
    register("abbreviations", new Meaning("wysiwyg", "What you see, is' & what:* you <get>", ""));
    String page = wiki.page("Editor", "A wysiwyg editor that shows zweiundvierzig.");
    assertTrue(finds("see what", page));
    assertTrue(finds("zweiund get", page), "with words of its text");
    String shown = wiki.get("viewer", "/search?q=zweiundvierzig+get").body();
    assertTrue(shown.contains("<mark>zweiundvierzig</mark>"), shown);
    save(page, "1", "Another editor.");
    assertFalse(finds("see what", page), "the word is gone");
    save(page, "2", "Again wysiwyg.");
    assertTrue(finds("see what", page));
  }

  @Test
  void manyWordsDoNotPushOutTheText() throws Exception {
    String much = "much ".repeat(SearchText.LONGEST) + "behindtheend";
    register("much", new Meaning("floods", much, ""));
    register("more", new Meaning("floods", "more ".repeat(2_000), ""));
    String page = wiki.page("Flood", "This floods it with ausgerechnet that.");
    assertTrue(finds("ausgerechnet much", page));
    assertFalse(finds("behindtheend", page));
  }

  @Test
  void pagesThatWereThereBeforeAreFoundSoonAfterAPluginCame() throws Exception {
    List<String> pages = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      pages.add(wiki.page("before" + i + "end", "We use tlaone here."));
    }
    assertFalse(finds("threelettered before0end", pages.get(0)));
    register("tla", new Meaning("tlaone", "threelettered", ""));
    for (int i = 0; i < 50; i++) {
      soonFinds("threelettered before" + i + "end", pages.get(i));
    }
    registered.forEach(Registration::close);
    assertTrue(finds("threelettered before0end", pages.get(0)), "until its next change");
  }

  @Test
  void anotherEditionIsAskedAboutAllPagesAgain() throws Exception {
    register("edition", new Meaning("tlatwo", "firstmeaning", "1"));
    String page = wiki.page("Edition", "We use tlatwo here.");
    assertTrue(finds("firstmeaning", page));
    takeBack();
    register("edition", new Meaning("tlatwo", "secondmeaning", "2"));
    soonFinds("secondmeaning", page);
    assertFalse(finds("firstmeaning", page));
  }

  /** Makes the index of a page as another node may have left it. */
  private void left(String page, String how) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(
                wiki.database.url(), wiki.database.user(), wiki.database.password());
        PreparedStatement change =
            connection.prepareStatement(
                "update wiki.page_content set search_text = '', "
                    + how
                    + " where page_id = ?::uuid")) {
      change.setString(1, page);
      assertEquals(1, change.executeUpdate());
    }
  }

  @Test
  void whatANodeWithoutThePluginSavedIsIndexedWithinAnHour() throws Exception {
    String without = wiki.page("Without", "We use tlahour here.");
    String other = wiki.page("Other edition", "We use tlahour here.");
    String older = wiki.page("Older wiki", "We use tlahour here.");
    left(without, "indexed_with = '{}'");
    register("hourly", new Meaning("tlahour", "hourlymeaning", "1"));
    soonFinds("hourlymeaning without", without);
    awaitRest();
    left(other, "indexed_with = '{\"hourly\": \"2\"}'");
    left(older, "rev = rev + 1");
    left(without, "indexed_with = '{}'");
    wiki.core().indexing().hourlyNow();
    soonFinds("hourlymeaning without", without);
    awaitRest();
    assertTrue(finds("hourlymeaning older", older), "a version of the wiki that knew no words");
    assertFalse(finds("hourlymeaning other", other), "another node's edition is left alone");
  }

  @Test
  void whatFailsOnPageAfterPageIsLeftForAnHour() throws Exception {
    for (int i = 0; i < 80; i++) {
      wiki.page("broken" + i + "end", "We use tlabroken here.");
    }
    AtomicInteger asked = new AtomicInteger();
    register(
        "broken",
        (page, document) -> {
          asked.incrementAndGet();
          throw new IllegalStateException("as the test wants");
        });
    Awaitility.await()
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(wiki.core().indexing()::isResting);
    assertTrue(asked.get() >= 50 && asked.get() < 80, "asked " + asked.get() + " times");
    takeBack();
    Awaitility.await()
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(() -> !wiki.core().indexing().isResting());
  }

  @Test
  void twoNodesDoItTogether() throws Exception {
    List<String> pages = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      pages.add(wiki.page("together" + i + "end", "We use tlathree here."));
    }
    Core other = wiki.node();
    try {
      register("tla-three", new Meaning("tlathree", "threemeaning", ""));
      for (int i = 0; i < 50; i++) {
        soonFinds("threemeaning together" + i + "end", pages.get(i));
      }
    } finally {
      other.close();
    }
  }

  private void retry(Duration later) {
    wiki.core().indexing().retry(Instant.now().plus(later));
  }

  @Test
  void aPageOnWhichAPluginFailedIsIndexedAgain() throws Exception {
    AtomicBoolean fails = new AtomicBoolean(true);
    String before = wiki.page("Before", "We use tlabefore here.");
    register(
        "moody",
        (page, document) -> {
          if (fails.get() && PlainText.of(document).contains("tlafour")) {
            throw new IllegalStateException("as the test wants");
          }
          return "moodymeaning";
        });
    // The round for the plugin would try the page, too.
    soonFinds("tlabefore moodymeaning", before);
    awaitRest();
    String page = wiki.page("Moody", "We use tlafour here.");
    assertTrue(finds("tlafour", page), "the page is found by its text");
    assertFalse(finds("tlafour moodymeaning", page));
    retry(Duration.ofSeconds(30));
    assertEquals(0, tries(page), "it is too early");
    retry(Duration.ofSeconds(90));
    assertEquals(1, tries(page));
    assertFalse(finds("tlafour moodymeaning", page), "it fails still");
    retry(Duration.ofSeconds(150));
    assertEquals(1, tries(page), "it waits longer each time");
    fails.set(false);
    retry(Duration.ofMinutes(10));
    assertTrue(finds("tlafour moodymeaning", page));
    assertEquals(NOT_DUE, tries(page));
  }

  private static final int NOT_DUE = -1;

  /** How often a page that is due was tried again. */
  private int tries(String page) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(
                wiki.database.url(), wiki.database.user(), wiki.database.password());
        PreparedStatement asked =
            connection.prepareStatement(
                "select index_tries from wiki.page_content"
                    + " where page_id = ?::uuid and index_due is not null")) {
      asked.setString(1, page);
      try (ResultSet row = asked.executeQuery()) {
        return row.next() ? row.getInt(1) : NOT_DUE;
      }
    }
  }

  @Test
  void whatAFormatCouldNotShowForAMomentIsFoundLater() throws Exception {
    AtomicBoolean fails = new AtomicBoolean(true);
    Format format = new Format("moments", Format.Place.EMBED, String.class::isInstance);
    registered.add(
        wiki.extensions
            .registrations()
            .register(
                "moments",
                new DeclaredFormat(
                    format,
                    ConflictRule.ONE_VALUE,
                    (name, value) -> {
                      if (fails.get()) {
                        throw new IllegalStateException("as the test wants");
                      }
                      return Look.Thing.of(new Markup.Text("x"), "shown" + value);
                    })));
    String page = wiki.page("Moments", "first");
    String ops = "{\"ops\":[{\"insert\":{\"moments\":\"zzlater\"}},{\"insert\":\"\\n\"}]}";
    assertEquals(
        200,
        wiki.json("editor1", "PUT", "/api/pages/" + page + "/content", ops, "If-Match", "\"1\"")
            .statusCode());
    assertFalse(finds("shownzzlater", page));
    fails.set(false);
    retry(Duration.ofMinutes(2));
    assertTrue(finds("shownzzlater", page));
  }
}
