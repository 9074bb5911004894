package org.tandem.distribution;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.api.readme.Readme;
import org.tandem.testkit.Convergence;
import org.tandem.testkit.ScriptedClient;
import org.tandem.testkit.WikiClient;

/**
 * The tutorial of the plugin API's README, walked through: its commands are run in order, its files
 * are put where it says, the plugin that comes of it is put into the plugins folder of the packaged
 * wiki. On the way the template's project is built as it was made.
 */
@Timeout(300)
class TutorialIT {

  private static final Path SOURCES = Path.of("..", "..");

  @TempDir private static Path folder;

  private static RunningWiki wiki;

  @BeforeAll
  static void walkThrough() throws Exception {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    try (Stream<Path> shipped = Files.list(RunningWiki.DISTRIBUTION.resolve("plugins"))) {
      for (Path archive : shipped.toList()) {
        Files.copy(archive, plugins.resolve(archive.getFileName()));
      }
    }
    wiki =
        RunningWiki.start(
            folder.resolve("data"), Map.of("TANDEM_PLUGINS", plugins.toAbsolutePath().toString()));
    List<Readme.Block> steps =
        Readme.blocks(SOURCES.resolve("plugin-api").resolve("README.md")).stream()
            .filter(block -> block.section().startsWith("Tutorial"))
            .toList();
    Newcomer newcomer = new Newcomer(SOURCES, folder, Map.of("TANDEM_PLUGINS", plugins));
    for (Readme.Block step : steps) {
      if (step.file().isPresent()) {
        newcomer.puts(step.file().get(), step.text());
      } else {
        assertEquals("sh", step.language(), () -> "README.md:" + step.line());
        newcomer.types(step.text());
      }
    }
    assertEquals(2, newcomer.builds(), "the template's project and the tutorial's");
    awaitPlugin("marker");
  }

  private static void awaitPlugin(String id) {
    WikiClient admin = wiki.person("admin");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> admin.send(admin.request("GET", "/api/admin/plugins/" + id, null)).body(),
            body -> body.contains("\"condition\":\"running\""));
  }

  @AfterAll
  static void end() {
    if (wiki != null) {
      wiki.close();
    }
  }

  @Test
  void theFormatIsInThePageAndInItsMarkdown() {
    WikiClient person = wiki.person("editor1");
    PageId page = person.createPage("By the protocol");
    Attributes green = Attributes.of(Map.of("marker", "green"));
    try (ScriptedClient client = ScriptedClient.join(person, page)) {
      client.type(Delta.builder().insert("grass", green).build());
      person.awaitContent(page, Convergence.assertWithin(Duration.ofSeconds(30), client));
    }
    String html = person.view(page);
    assertTrue(html.contains("<mark class=\"x-marker x-marker-green\">grass</mark>"), html);
    assertEquals("**grass**", person.markdown(page).strip());
  }

  @Test
  void theFormatIsInTheEditorAndInItsColourWhereThePageIsRead() {
    try (Browsers browsers = Browsers.start()) {
      WikiClient person = wiki.person("editor1");
      PageId page = person.createPage("By the button");
      Page window = browsers.signedIn(wiki.address(), "editor1");
      window.navigate(wiki.address() + "/pages/" + page + "/edit");
      Locator text = window.locator(".ProseMirror");
      assertThat(window.locator("[data-save-state]")).hasAttribute("data-phase", "live");
      text.click();
      window.keyboard().type("the word");
      window.keyboard().press("Control+Shift+ArrowLeft");
      window.getByLabel("Mark green", new Page.GetByLabelOptions().setExact(true)).click();
      assertThat(text.locator("mark.marker-green")).hasText("word");
      String green = colour(text.locator("mark"));
      assertThat(window.locator("[data-save-state]")).hasAttribute("data-save-state", "saved");
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> person.markdown(page).strip(), "the **word**"::equals);
      person.awaitContent(page, person.content(page).document());
      window.navigate(wiki.address() + "/pages/" + page);
      Locator read = window.locator("mark.x-marker-green");
      assertThat(read).hasText("word");
      assertEquals(green, colour(read));
      assertNotEquals("rgba(0, 0, 0, 0)", green);
      assertEquals(List.of(), browsers.complaints());
    }
  }

  private static String colour(Locator element) {
    return (String) element.evaluate("one => getComputedStyle(one).backgroundColor");
  }
}
