package org.tandem.wiki.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tandem.api.delta.Delta;
import org.tandem.api.editor.PageAuthority;
import org.tandem.api.editor.SaveOutcome;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.wiki.core.Json;
import org.tandem.wiki.core.TestWiki;

/** Contents while a plugin orders the changes: it is asked first, and its answers are passed on. */
@ExtendWith(TestWiki.Shared.class)
class AuthorityTest {

  private static final String DOCUMENT = "{\"ops\":[{\"insert\":\"saved\\n\"}]}";

  private final TestWiki wiki;
  private String page = "";
  private SaveOutcome answer = new SaveOutcome.Saved(43);
  private long savedOn;
  private Delta saved = Delta.EMPTY;

  AuthorityTest(TestWiki wiki) {
    this.wiki = wiki;
  }

  /** Holds one text at revision 42 and answers saves as the test wants. */
  private final class Ordering implements PageAuthority {

    @Override
    public Optional<PageContent> current(PageId id) {
      return Optional.of(new PageContent(42, text("newest")));
    }

    @Override
    public Optional<PageContent> at(PageId id, long rev) {
      return rev <= 42 ? Optional.of(new PageContent(rev, text("at " + rev))) : Optional.empty();
    }

    @Override
    public SaveOutcome save(PageId id, UserId author, long baseRev, Delta document) {
      savedOn = baseRev;
      saved = document;
      return answer;
    }
  }

  /** Answers nothing. */
  private static final class Failing implements PageAuthority {

    @Override
    public Optional<PageContent> current(PageId id) {
      throw new IllegalStateException("The test wants it so.");
    }

    @Override
    public Optional<PageContent> at(PageId id, long rev) {
      throw new IllegalStateException("The test wants it so.");
    }

    @Override
    public SaveOutcome save(PageId id, UserId author, long baseRev, Delta document) {
      throw new IllegalStateException("The test wants it so.");
    }
  }

  private static Delta text(String text) {
    return Delta.builder().insert(text + "\n").build();
  }

  @BeforeEach
  void begin() throws Exception {
    page = wiki.page("Ordered", "own");
    wiki.authority.set(Optional.of(new Ordering()));
  }

  @AfterEach
  void end() {
    wiki.authority.set(Optional.empty());
  }

  private HttpResponse<String> put(long rev) throws Exception {
    String path = "/api/pages/" + page + "/content";
    return wiki.json("editor1", "PUT", path, DOCUMENT, "If-Match", "\"" + rev + "\"");
  }

  @Test
  void itIsAskedForTheContent() throws Exception {
    assertEquals("newest\n", wiki.content(page, "text/plain"));
    String read = wiki.get("viewer", "/api/pages/" + page).body();
    assertEquals(42, Json.read(read).get("rev").intValue());
    String path = "/api/pages/" + page + "/versions/17";
    assertEquals("at 17\n", wiki.get("viewer", path, "Accept", "text/plain").body());
    assertEquals(404, wiki.get("viewer", "/api/pages/" + page + "/versions/99").statusCode());
  }

  @Test
  void theHtmlPageShowsTheSameRevisionsAsTheCall() throws Exception {
    HttpResponse<String> old = wiki.get("viewer", "/pages/" + page + "/versions/17");
    assertEquals(200, old.statusCode());
    assertTrue(old.body().contains("at 17"), old.body());
    assertEquals(404, wiki.get("viewer", "/pages/" + page + "/versions/99").statusCode());
  }

  @Test
  void aSaveOnAnOldRevisionIsItsBusiness() throws Exception {
    HttpResponse<String> done = put(17);
    assertEquals("{\"rev\":43}", done.body());
    assertEquals("\"43\"", done.headers().firstValue("ETag").orElse(""));
    assertEquals(17, savedOn);
    assertEquals(text("saved"), saved);
  }

  @Test
  void markdownIsEnteredIntoItsContentAtThatRevision() throws Exception {
    String path = "/api/pages/" + page + "/content";
    wiki.call(
        "editor1",
        "PUT",
        path,
        "at 17 o'clock",
        "Content-Type",
        "text/markdown",
        "If-Match",
        "\"17\"");
    assertEquals(17, savedOn);
    assertEquals(text("at 17 o'clock"), saved);
  }

  @Test
  void whileItFailsTheWikisOwnContentIsShownAndNothingIsSaved() throws Exception {
    wiki.authority.set(Optional.of(new Failing()));
    assertEquals("own\n", wiki.content(page, "text/plain"));
    assertEquals(503, put(1).statusCode());
    assertEquals("own\n", wiki.content(page, "text/plain"));
  }

  @ParameterizedTest
  @CsvSource({"stale, 412", "refused, 422", "forbidden, 403", "unavailable, 503"})
  void itsAnswersArePassedOn(String outcome, int status) throws Exception {
    answer =
        switch (outcome) {
          case "stale" -> new SaveOutcome.Stale(42);
          case "refused" -> new SaveOutcome.Refused("No such format.");
          case "forbidden" -> new SaveOutcome.Forbidden();
          default -> new SaveOutcome.Unavailable();
        };
    HttpResponse<String> given = put(42);
    assertEquals(status, given.statusCode());
    assertEquals(status, Json.read(given.body()).get("status").intValue());
    assertEquals(status == 503, given.headers().firstValue("Retry-After").isPresent());
    String form = "base=42&text=precious";
    HttpResponse<String> shown = wiki.form("editor1", "/pages/" + page + "/edit", form);
    assertEquals(status == 412 ? 409 : status, shown.statusCode());
    assertTrue(shown.body().contains("precious"), shown.body());
  }
}
