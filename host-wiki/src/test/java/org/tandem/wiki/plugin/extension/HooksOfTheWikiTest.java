package org.tandem.wiki.plugin.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tandem.api.document.format.ConflictRule;
import org.tandem.api.document.format.DeclaredFormat;
import org.tandem.api.document.format.Format;
import org.tandem.api.document.format.Look;
import org.tandem.api.document.format.Markup;
import org.tandem.api.document.format.Tag;
import org.tandem.api.editor.ChangeCheck;
import org.tandem.api.editor.ChangeListener;
import org.tandem.api.editor.PageChange;
import org.tandem.api.host.Registration;
import org.tandem.wiki.core.Json;
import org.tandem.wiki.core.TestWiki;
import org.tandem.wiki.plugin.hook.Fuse;

/** Plugins' formats, checks and listeners in the wiki's own saves, without co-editing. */
@ExtendWith(TestWiki.Shared.class)
class HooksOfTheWikiTest {

  private static final String WITH_ANNA =
      "{\"ops\":[{\"insert\":\"to \"},{\"insert\":{\"people\":\"anna\"}},{\"insert\":\"!\\nsecond"
          + " line\\n\"}]}";

  private final TestWiki wiki;
  private final List<Registration> registered = new ArrayList<>();
  private final List<String> told = new CopyOnWriteArrayList<>();

  HooksOfTheWikiTest(TestWiki wiki) {
    this.wiki = wiki;
  }

  @AfterEach
  void takeBack() {
    registered.forEach(Registration::close);
  }

  private void people() {
    Format format = new Format("people", Format.Place.EMBED, value -> !"nobody".equals(value));
    registered.add(
        wiki.extensions
            .registrations()
            .register(
                "people",
                new DeclaredFormat(
                    format,
                    ConflictRule.ONE_VALUE,
                    (name, value) ->
                        Look.Thing.of(
                            Markup.Element.of(Tag.SPAN).text("@" + value), "@zz" + value))));
  }

  private HttpResponse<String> save(String page, String rev, String body) throws Exception {
    return wiki.json(
        "editor1", "PUT", "/api/pages/" + page + "/content", body, "If-Match", '"' + rev + '"');
  }

  private HttpResponse<String> saveMarkdown(String page, String rev, String body) throws Exception {
    return wiki.call(
        "editor1",
        "PUT",
        "/api/pages/" + page + "/content",
        body,
        "If-Match",
        '"' + rev + '"',
        "Content-Type",
        "text/markdown");
  }

  @Test
  void aPageShowsWhatAPluginDeclares() throws Exception {
    String page = wiki.page("Declared", "first");
    assertEquals(422, save(page, "1", WITH_ANNA).statusCode(), "nobody has declared it");
    people();
    assertEquals(200, save(page, "1", WITH_ANNA).statusCode());
    assertEquals(422, save(page, "2", WITH_ANNA.replace("anna", "nobody")).statusCode());
    String shown = "<p>to <span class=\"x-people\">@anna</span>!</p>";
    assertEquals(shown + "<p>second line</p>", wiki.content(page, "text/html"));
    assertTrue(wiki.get("viewer", "/pages/" + page).body().contains(shown));
    assertEquals("to @zzanna!\nsecond line\n", wiki.content(page, "text/plain"));
    assertEquals("to @zzanna\\!\n\nsecond line\n", wiki.content(page, "text/markdown"));
    String found = wiki.get("viewer", "/search?q=zzanna").body();
    assertTrue(found.contains("/pages/" + page), found);
  }

  @Test
  void whoEditsAsMarkdownKeepsWhatSheDoesNotTouch() throws Exception {
    people();
    String page = wiki.page("Kept", "first");
    assertEquals(200, save(page, "1", WITH_ANNA).statusCode());
    String markdown = wiki.content(page, "text/markdown").replace("second", "last");
    assertEquals(200, saveMarkdown(page, "2", markdown).statusCode());
    assertEquals(
        "<p>to <span class=\"x-people\">@anna</span>!</p><p>last line</p>",
        wiki.content(page, "text/html"));
  }

  @Test
  void whatAPluginDeclaredStaysWithoutIt() throws Exception {
    people();
    String page = wiki.page("Stays", "first");
    assertEquals(200, save(page, "1", WITH_ANNA).statusCode());
    takeBack();
    assertEquals(
        "<p>to <span class=\"unknown-embed\">[people]</span>!</p><p>second line</p>",
        wiki.content(page, "text/html"));
    String more = WITH_ANNA.replace("second", "another");
    assertEquals(200, save(page, "2", more).statusCode(), "it is not set anew");
    assertEquals(422, save(page, "3", more.replace("anna", "otto")).statusCode());
    String without = more.replace("{\"insert\":{\"people\":\"anna\"}},", "");
    assertEquals(200, save(page, "3", without).statusCode(), "it may be removed");
  }

  private void guard() {
    ChangeCheck check =
        (change, author, access) -> {
          told.add(
              author.name() + " " + access.word() + " " + change.manner().word() + change.head());
          int length = change.applied().length();
          return change.applied().text(0, length).contains("secret")
              ? new ChangeCheck.Answer.Refuse("Secrets are kept elsewhere.")
              : new ChangeCheck.Answer.Accept();
        };
    registered.add(wiki.extensions.registrations().register("guard", check));
  }

  @Test
  void aSaveThatACheckRefusesIsNotStored() throws Exception {
    guard();
    String page = wiki.page("Guarded", "first");
    assertEquals("first\n", wiki.content(page, "text/plain"));
    HttpResponse<String> refused = saveMarkdown(page, "1", "my secret");
    assertEquals(422, refused.statusCode());
    assertEquals("Secrets are kept elsewhere.", Json.read(refused.body()).get("detail").asText());
    assertEquals("first\n", wiki.content(page, "text/plain"));
    assertEquals(200, saveMarkdown(page, "1", "my word").statusCode());
    assertEquals(
        List.of("editor1 edit saved0", "editor1 edit saved1", "editor1 edit saved1"),
        List.copyOf(told));
  }

  @Test
  void aPageDoesNotBeginWithWhatACheckRefuses() throws Exception {
    guard();
    HttpResponse<String> refused =
        wiki.json(
            "editor1",
            "POST",
            "/api/pages",
            Json.of("space", "team", "title", "Begins", "markdown", "a secret"));
    assertEquals(422, refused.statusCode());
    assertEquals("Secrets are kept elsewhere.", Json.read(refused.body()).get("detail").asText());
  }

  @Test
  void aSaveThatCannotBeCheckedIsTriedAgain() throws Exception {
    String page = wiki.page("Later", "first");
    ChangeCheck faulty =
        (change, author, access) -> {
          throw new IllegalStateException("as the test wants");
        };
    registered.add(wiki.extensions.registrations().register("faulty", faulty));
    for (int i = 0; i < Fuse.FAULTS; i++) {
      HttpResponse<String> failed = saveMarkdown(page, "1", "word");
      assertEquals(503, failed.statusCode());
      assertTrue(failed.body().contains("The plugin faulty failed to check"), failed.body());
    }
    assertEquals(200, saveMarkdown(page, "1", "word").statusCode(), "the check is off");
  }

  @Test
  void aListenerHearsOfSaves() throws Exception {
    registered.add(
        wiki.extensions
            .registrations()
            .register(
                "news",
                new ChangeListener() {
                  @Override
                  public void ordered(PageChange change) {
                    told.add("ordered " + change.rev());
                  }

                  @Override
                  public void committed(PageChange change) {
                    told.add(change.page() + " " + change.rev() + " " + change.author());
                  }
                }));
    String page = wiki.page("Told", "first");
    assertEquals(412, saveMarkdown(page, "0", "stale").statusCode());
    assertEquals(200, saveMarkdown(page, "1", "first").statusCode(), "changes nothing");
    assertEquals(200, saveMarkdown(page, "1", "second").statusCode());
    String by = " " + wiki.user("editor1").id();
    List<String> expected = List.of("ordered 1", page + " 1" + by, "ordered 2", page + " 2" + by);
    TestHooks.await(() -> told.size() >= expected.size());
    assertEquals(expected, List.copyOf(told));
  }
}
