package org.tandem.distribution;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.api.editor.EditorModule;
import org.tandem.api.plugin.Plugin;
import org.tandem.api.plugin.PluginContext;
import org.tandem.testkit.PluginArchive;
import org.tandem.testkit.WikiClient;

/** Modules of plugins in the editor of the packaged wiki: one that works, and some that do not. */
@Timeout(240)
class EditorModulesIT {

  @TempDir private static Path folder;

  private static Browsers browsers;
  private static RunningWiki wiki;

  /** Brings a module by the name that all of the archives have for it. */
  public static final class BringsModule implements Plugin {

    @Override
    public void start(PluginContext context) {
      context.register(new EditorModule("front/module.js", List.of("front/module.css")));
    }

    @Override
    public void stop() {
      // What was registered is left for the host to take back.
    }
  }

  @BeforeAll
  static void start() throws IOException {
    browsers = Browsers.start();
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    try (Stream<Path> shipped = Files.list(RunningWiki.DISTRIBUTION.resolve("plugins"))) {
      for (Path archive : shipped.toList()) {
        Files.copy(archive, plugins.resolve(archive.getFileName()));
      }
    }
    pack(archive("stars").web("front/module.js", resource("/modules/stars.js")), plugins, "stars");
    pack(
        archive("broken").web("front/module.js", "throw new Error('nobody is at home');"),
        plugins,
        "broken");
    pack(archive("missing"), plugins, "missing");
    wiki =
        RunningWiki.start(
            folder.resolve("data"), Map.of("TANDEM_PLUGINS", plugins.toAbsolutePath().toString()));
  }

  private static PluginArchive archive(String id) {
    return PluginArchive.named(id)
        .entry(BringsModule.class)
        .web("front/module.css", "em { letter-spacing: 0.1em }");
  }

  private static void pack(PluginArchive archive, Path plugins, String id) {
    archive.build().as(ZipExporter.class).exportTo(plugins.resolve(id + ".zip").toFile());
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = EditorModulesIT.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
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

  private static Page edit(String title) {
    String page = wiki.person("editor1").createPage(title).toString();
    Page window = browsers.signedIn(wiki.address(), "editor1");
    window.navigate(wiki.address() + "/pages/" + page + "/edit");
    assertThat(text(window)).isVisible();
    assertThat(window.locator("[data-save-state]")).hasAttribute("data-phase", "live");
    return window;
  }

  private static void press(Page window, String label) {
    window.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).click();
  }

  private static void administer(String plugin, String act) {
    WikiClient admin = wiki.person("admin");
    HttpResponse<String> done =
        admin.send(admin.request("POST", "/api/admin/plugins/" + plugin + "/" + act, Map.of()));
    assertEquals(200, done.statusCode(), done.body());
  }

  /** Who had the page open went on with what there was when it was loaded. */
  @Test
  void comeAndGoInEditorsThatAreOpen() {
    Page window = edit("Changing");
    Locator notices = window.locator(".editor-notice");
    assertThat(notices).hasCount(2);
    administer("missing", "disable");
    try {
      assertThat(window.getByText("There is a new version of the editor"))
          .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(30_000));
      window.getByText("Load it now").click();
      assertThat(notices).hasCount(1);
      assertThat(notices.nth(0)).containsText("plugin “broken”");
    } finally {
      administer("missing", "enable");
    }
  }

  @Test
  void addToTheEditorWhereTheyWorkAndAreNamedWhereTheyDoNot() {
    Page window = edit("Stars");
    Locator notices = window.locator(".editor-notice");
    assertThat(notices).hasCount(2);
    assertThat(notices.nth(0)).containsText("plugin “broken”");
    assertThat(notices.nth(0)).containsText("nobody is at home");
    assertThat(notices.nth(1)).containsText("plugin “missing”");

    text(window).click();
    window.keyboard().type("one ");
    window.keyboard().type("/aster");
    assertThat(window.getByRole(AriaRole.LISTBOX)).isVisible();
    assertThat(text(window)).hasAttribute("aria-activedescendant", "editor-menu-0");
    window.keyboard().press("Enter");
    assertThat(text(window)).hasText("one ★");
    press(window, "Star");
    window.keyboard().press("Control+Alt+s");
    window.keyboard().type(" more");
    assertThat(text(window)).hasText("one ★★★ more");

    press(window, "Failing star");
    assertThat(notices.nth(2)).containsText("out of stars");
    text(window).click();
    window.keyboard().press("End");
    window.keyboard().type("!");
    assertThat(window.locator("[data-save-state]")).hasAttribute("data-save-state", "saved");
    assertThat(text(window)).hasText("one ★★★ more!");
    assertEquals(
        List.of(),
        browsers.complaints().stream()
            .filter(Pattern.compile("Content Security Policy|Warning").asPredicate())
            .toList());
  }

  @Test
  void openPanelsThatAreOpenAgainNextTimeAlsoOnANarrowScreen() {
    Page window = edit("Panels");
    window.getByText("Outline").click();
    Locator panel = window.locator("aside.editor-panel");
    assertThat(panel).containsText("Panels: one copy");
    window.setViewportSize(400, 800);
    window.reload();
    assertThat(panel).containsText("Panels: one copy");
    double below = text(window).boundingBox().y + text(window).boundingBox().height;
    assertTrue(panel.boundingBox().y >= below, "the panel stands below the text");
    assertTrue(
        (Boolean)
            window.evaluate(
                "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"),
        "nothing goes over the edge");
    press(window, "Close Outline");
    assertThat(panel).hasCount(0);
  }

  @Test
  void offerTheBlocksOfTheWikiBehindASlash() {
    Page window = edit("Slash");
    text(window).click();
    window.keyboard().type("/table");
    assertThat(window.locator("[role=option]")).hasText("Table");
    window.keyboard().press("Enter");
    assertThat(text(window).locator("table")).hasCount(1);
    window.keyboard().type("/warn");
    Locator entry = window.locator("[role=option]");
    assertThat(entry).hasText("Warning callout");
    entry.click();
    assertThat(text(window).locator("td .callout-warning, th .callout-warning")).hasCount(1);
  }

  @Test
  void areWrittenWithAPackageThatTheWikiServes() throws IOException {
    Matcher address =
        Pattern.compile("https://wiki\\.example\\.org(/assets/sdk/[a-z0-9.-]+\\.tgz)")
            .matcher(Files.readString(Path.of("..", "..", "plugin-api", "README.md")));
    assertTrue(address.find(), "the README names the package");
    assertEquals(200, wiki.status(address.group(1)));
  }
}
