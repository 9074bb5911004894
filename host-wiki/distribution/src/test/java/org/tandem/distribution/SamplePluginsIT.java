package org.tandem.distribution;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.api.host.PageId;
import org.tandem.testkit.WikiClient;

/** The sample plugins, as their build made them, in the packaged wiki and two people's browsers. */
@Timeout(240)
class SamplePluginsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private static Path folder;

  private static Browsers browsers;
  private static RunningWiki wiki;

  @BeforeAll
  static void start() throws IOException {
    browsers = Browsers.start();
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    try (Stream<Path> shipped = Files.list(RunningWiki.DISTRIBUTION.resolve("plugins"))) {
      for (Path archive : shipped.toList()) {
        Files.copy(archive, plugins.resolve(archive.getFileName()));
      }
    }
    for (String sample : List.of("glossary", "callouts")) {
      Path archive = Path.of(System.getProperty("tandem.sample." + sample));
      Files.copy(archive, plugins.resolve(sample + ".zip"));
    }
    wiki =
        RunningWiki.start(
            folder.resolve("data"), Map.of("TANDEM_PLUGINS", plugins.toAbsolutePath().toString()));
  }

  @AfterAll
  static void end() {
    if (wiki != null) {
      wiki.close();
    }
    if (browsers != null) {
      browsers.close();
    }
  }

  private static Locator text(Page window) {
    return window.locator(".ProseMirror");
  }

  private static Page edit(String name, PageId page) {
    Page window = browsers.signedIn(wiki.address(), name);
    window.navigate(wiki.address() + "/pages/" + page + "/edit");
    assertThat(text(window)).isVisible();
    assertThat(window.locator("[data-save-state]")).hasAttribute("data-phase", "live");
    return window;
  }

  private static void awaitSaved(Page window) {
    assertThat(window.locator("[data-save-state]")).hasAttribute("data-save-state", "saved");
  }

  private static void assertNoComplaints() {
    assertEquals(List.of(), browsers.complaints());
  }

  @Test
  void aGlossaryIsKeptAndItsTermsStandBesideTheText() {
    PageId page =
        wiki.person("admin")
            .createPage("team", "Words", "Before\n\n## Glossary\n\nOwner: a node\n\n## Behind\n");
    Page editor = edit("editor1", page);
    editor.getByText("Glossary", new Page.GetByTextOptions().setExact(true)).first().click();
    Locator panel = editor.locator("aside.editor-panel");
    assertThat(panel.locator("dt")).hasText("Owner");
    assertThat(panel.locator("dd")).hasText("a node");
    assertThat(panel).containsText("Those who administer the page keep this glossary.");

    text(editor).getByText("Owner: a node").click();
    editor.keyboard().press("End");
    editor.keyboard().type("!");
    Locator notice = editor.locator(".editor-notice");
    assertThat(notice).containsText("Sections that begin with “Glossary” are kept by those who");
    assertThat(text(editor).getByText("Owner: a node")).hasText("Owner: a node");
    editor.getByLabel("Close this notice").click();
    text(editor).getByText("Before").click();
    editor.keyboard().press("End");
    editor.keyboard().type(" it");
    awaitSaved(editor);

    Page keeper = edit("admin", page);
    assertThat(text(keeper).getByText("Before it")).isVisible();
    text(keeper).getByText("Owner: a node").click();
    keeper.keyboard().press("End");
    Browsers.awaitCaret(keeper);
    keeper.keyboard().press("Enter");
    keeper.keyboard().type("Ack: it is committed");
    assertThat(panel.locator("dt")).hasText(new String[] {"Owner", "Ack"});
    assertNoComplaints();
  }

  @Test
  void aDecisionStandsOutAndWhoIsMentionedHearsOfIt() {
    PageId page = wiki.person("editor1").createPage("Decisions");
    Page one = edit("editor1", page);
    Page two = edit("editor2", page);
    assertThat(two.locator(".site-user")).not().containsText("(1)");
    text(one).click();
    one.keyboard().type("/decis");
    assertThat(one.locator("[role=option]")).hasText(Pattern.compile("Decision"));
    one.keyboard().press("Enter");
    one.keyboard().type("To be built by @edit");
    Locator people = one.locator("[role=option]");
    assertThat(people).hasText(new String[] {"editor1", "editor2"});
    people.nth(1).click();
    one.keyboard().type("today");
    assertThat(text(one).locator("p.callouts-decision")).hasText("To be built by @editor2 today");
    awaitSaved(one);
    assertThat(text(two).locator(".callouts-decision .callouts-mention")).hasText("@editor2");
    one.keyboard().press("Control+Alt+d");
    assertThat(text(two).locator(".callouts-decision")).hasCount(0);
    one.keyboard().press("Control+Alt+d");
    assertThat(text(two).locator(".callouts-decision")).hasCount(1);
    awaitSaved(one);

    // The listener that tells her, and what readers see, follow a commit.
    await()
        .pollInSameThread()
        .atMost(PATIENCE)
        .until(
            () -> {
              two.navigate(wiki.address() + "/notifications");
              return two.locator(".site-user").innerText().contains("Notifications (1)");
            });
    assertThat(two.locator("main")).containsText("editor1 mentioned you.");
    WikiClient reader = wiki.person("editor2");
    reader.awaitContent(page, reader.content(page).document());
    two.getByText("Decisions").click();
    Locator shown = two.locator(".content aside.x-callouts-decision");
    assertThat(shown.locator(".x-callouts-label")).hasText("Decision");
    assertThat(shown).hasCSS("border-left-style", "solid");
    assertThat(shown.locator(".x-callouts-mention")).hasText("@editor2");
    assertNoComplaints();
  }
}
