package org.tandem.distribution;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.api.document.PlainText;
import org.tandem.api.host.PageId;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.testkit.WikiClient;
import org.tandem.wiki.Wiki;
import org.tandem.wiki.settings.StartRefusal;
import org.tandem.wiki.settings.WikiSettings;

/** People who type while an administrator switches co-editing off, on and to another version. */
@Timeout(300)
class SwitchedOffIT {

  private static final String COLLAB = "collab";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The browser asks for the plugin ever more seldom, at last every 30 s. */
  private static final double RETURN_MS = 60_000;

  @TempDir private static Path folder;

  private static Browsers browsers;
  private static Path archive;
  private static Wiki wiki;

  @BeforeAll
  static void start() throws IOException, StartRefusal, PluginRefusal {
    browsers = Browsers.start();
    wiki = Wiki.start(WikiSettings.of(folder, Map.of("port", "0", "demo", "true")));
    try (Stream<Path> packaged = Files.list(RunningWiki.DISTRIBUTION.resolve("plugins"))) {
      archive = packaged.filter(file -> file.toString().endsWith(".zip")).findFirst().orElseThrow();
    }
    wiki.plugins().install(archive, "admin");
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

  @BeforeEach
  void coEditing() throws PluginRefusal {
    wiki.plugins().enable(COLLAB, "admin");
  }

  private static WikiClient person(String name) {
    return WikiClient.signedIn(wiki.address(), name, WikiSettings.DEMO_PASSWORD);
  }

  private static String textOf(PageId page) {
    return PlainText.of(person("editor1").content(page).document()).strip();
  }

  private static Page edit(Page window, PageId page) {
    window.navigate(wiki.address() + "/pages/" + page + "/edit");
    assertThat(state(window)).hasAttribute("data-phase", "live");
    return window;
  }

  private static Locator text(Page window) {
    return window.locator(".ProseMirror");
  }

  private static Locator state(Page window) {
    return window.locator("[data-save-state]");
  }

  private static void write(Page window, String words) {
    text(window).click();
    window.keyboard().press("Control+End");
    window.keyboard().type(words);
  }

  private static void assertSaved(Page window) {
    assertThat(state(window)).hasAttribute("data-save-state", "saved");
  }

  private static LocatorAssertions.IsVisibleOptions soon() {
    return new LocatorAssertions.IsVisibleOptions().setTimeout(30_000);
  }

  private static void switchedOffIsTold(Page window) {
    assertThat(window.getByText("Editing together was switched off")).isVisible(soon());
  }

  /** What a browser itself says of answers that it was meant to get. */
  private static void assertNoComplaints() {
    assertEquals(
        List.of(),
        browsers.complaints().stream()
            .filter(line -> !line.contains("503 (Service") && !line.contains("response code: 503"))
            .toList());
  }

  @Test
  void loseNothingAndGoOnAloneAndTogether() throws PluginRefusal {
    PageId page = person("editor1").createPage("Off and on");
    Page one = edit(browsers.signedIn(wiki.address(), "editor1"), page);
    Page two = edit(browsers.signedIn(wiki.address(), "editor2"), page);
    write(one, "Saved by one.");
    assertSaved(one);
    assertThat(text(two)).hasText("Saved by one.");
    write(two, " Saved by two.");
    assertSaved(two);
    assertThat(text(one)).hasText("Saved by one. Saved by two.");

    wiki.plugins().disable(COLLAB, "admin");
    assertEquals("Saved by one. Saved by two.", textOf(page));
    write(one, " Kept by one.");
    write(two, " Kept by two.");
    switchedOffIsTold(one);
    switchedOffIsTold(two);
    awaitKept(one, "Kept by one.");

    one.getByText("Go on in the simple editor").click();
    assertThat(one.locator(".kept-text")).hasText("Kept by one.");
    one.getByText("Insert into the form").click();
    one.getByText("Save", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(one.locator("article.content p"))
        .hasText(new String[] {"Saved by one. Saved by two.", "Kept by one."});

    wiki.plugins().enable(COLLAB, "admin");
    assertThat(state(two))
        .hasAttribute(
            "data-save-state",
            "saved",
            new LocatorAssertions.HasAttributeOptions().setTimeout(RETURN_MS));
    edit(one, page);
    for (Page window : List.of(one, two)) {
      assertThat(text(window).locator("p"))
          .hasText(new String[] {"Saved by one. Saved by two.", "Kept by one. Kept by two."});
    }
    assertThat(one.getByText("You have text on this device")).hasCount(0);
    assertNoComplaints();
  }

  @Test
  void findWhatTheyTypedAfterTheirWindowWasClosed() throws PluginRefusal {
    PageId page = person("editor1").createPage("Closed");
    Page closed = edit(browsers.signedIn(wiki.address(), "editor1"), page);
    write(closed, "Saved.");
    assertSaved(closed);
    wiki.plugins().disable(COLLAB, "admin");
    write(closed, " Typed while it was off.");
    assertThat(state(closed)).containsText("kept on this device");
    awaitKept(closed, "Typed while it was off.");
    closed.close();
    wiki.plugins().enable(COLLAB, "admin");
    Page again = edit(closed.context().newPage(), page);
    assertThat(text(again)).hasText("Saved. Typed while it was off.");
    await().pollInSameThread().atMost(PATIENCE).until(() -> keptBy(again).isEmpty());
    again.reload();
    assertThat(text(again)).hasText("Saved. Typed while it was off.");
    assertEquals("Saved. Typed while it was off.", textOf(page));
    assertNoComplaints();
  }

  /** The device has it within a moment, and nothing on the page says so. */
  private static void awaitKept(Page window, String end) {
    await().pollInSameThread().atMost(PATIENCE).until(() -> keptBy(window).strip().endsWith(end));
  }

  /** What a window's device keeps. */
  private static String keptBy(Page window) {
    return (String)
        window.evaluate(
            "() => new Promise((done) => {"
                + " indexedDB.open('tandem', 1).onsuccess = ({ target: { result: db } }) => {"
                + "  db.transaction('unsaved').objectStore('unsaved').getAll().onsuccess ="
                + "   ({ target: { result } }) => {"
                + "    db.close(); done(result.map(({ typed }) => typed).join('\\n')); }; }; })");
  }

  @Test
  void loadTheNewFrontEndAfterAnUpgrade() throws IOException, PluginRefusal {
    PageId page = person("editor1").createPage("Upgraded");
    Page window = edit(browsers.signedIn(wiki.address(), "editor1"), page);
    write(window, "Before.");
    assertSaved(window);
    String before = frontEnd(window);
    wiki.plugins().install(anotherVersion(), "admin");
    write(window, " Meanwhile.");
    assertThat(window.getByText("There is a new version of the editor")).isVisible(soon());
    window.getByText("Load it now").click();
    await().pollInSameThread().atMost(PATIENCE).until(() -> !frontEnd(window).equals(before));
    assertThat(text(window)).hasText("Before. Meanwhile.");
    assertSaved(window);
    assertThat(text(window)).isFocused();
    window.keyboard().type(" After.");
    assertThat(text(window)).hasText("Before. Meanwhile. After.");
    assertThat(window.getByText("There is a new version of the editor")).hasCount(0);
    assertNoComplaints();
  }

  private static String frontEnd(Page window) {
    return window.locator("#editor").getAttribute("data-front-end");
  }

  private static Path anotherVersion() throws IOException {
    Path copy = Files.copy(archive, folder.resolve("another-version.zip"));
    try (FileSystem zip = FileSystems.newFileSystem(copy)) {
      Files.writeString(zip.getPath("web", "added.txt"), "makes it another archive");
    }
    return copy;
  }
}
