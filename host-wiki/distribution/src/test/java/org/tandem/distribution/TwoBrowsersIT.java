package org.tandem.distribution;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.api.host.PageId;

/** Two people with a browser each, on the packaged wiki. */
@Timeout(240)
class TwoBrowsersIT {

  @TempDir private static Path data;

  private static Browsers browsers;
  private static RunningWiki wiki;

  @BeforeAll
  static void start() {
    browsers = Browsers.start();
    wiki = RunningWiki.start(data);
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

  private static PageId page(String title) {
    return wiki.person("editor1").createPage(title);
  }

  private static Page edit(String name, PageId page) {
    Page window = browsers.signedIn(wiki.address(), name);
    window.navigate(wiki.address() + "/pages/" + page + "/edit");
    assertThat(text(window)).isVisible();
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

  /** Until the other window shows it, too. */
  private static void toTheEnd(Page window, Page other) {
    window.keyboard().press("Control+End");
    Browsers.awaitCaret(window);
    assertThat(other.locator(".peer-selection")).hasCount(0);
  }

  private static void assertNoComplaints() {
    assertEquals(List.of(), browsers.complaints());
  }

  @Test
  void seeEachOthersTextFormatsCaretsAndNames() {
    PageId page = page("Together");
    Page one = edit("editor1", page);
    Page two = edit("editor2", page);
    assertThat(one.getByRole(com.microsoft.playwright.options.AriaRole.GROUP).first())
        .hasAttribute("aria-label", Pattern.compile("editor2"));

    write(one, "Written by one.");
    assertThat(text(two)).hasText("Written by one.");
    assertThat(two.locator(".peer-flag")).hasAttribute("data-name", "editor1");

    two.keyboard().press("Tab");
    text(two).click();
    two.keyboard().press("Control+a");
    two.keyboard().press("Control+b");
    assertThat(text(one).locator("strong")).hasText("Written by one.");
    toTheEnd(two, one);
    two.keyboard().press("Enter");
    two.keyboard().type("And by two.");
    assertThat(text(one).locator("p").nth(1)).hasText("And by two.");
    assertThat(one.locator(".peer-flag")).hasAttribute("data-name", "editor2");
    assertThat(state(two)).hasAttribute("data-save-state", "saved");
    assertNoComplaints();
  }

  @Test
  void undoTheirOwnEditsOnly() {
    PageId page = page("Undo");
    Page one = edit("editor1", page);
    Page two = edit("editor2", page);
    write(one, "mine ");
    assertThat(text(two)).hasText(Pattern.compile("mine"));
    write(two, "theirs ");
    assertThat(text(one)).hasText(Pattern.compile("theirs"));
    text(one).focus();
    one.keyboard().press("Control+z");
    assertThat(text(one)).hasText("theirs");
    assertThat(text(two)).hasText("theirs");
    one.keyboard().press("Control+Shift+z");
    assertThat(text(two)).hasText("mine theirs");
    assertNoComplaints();
  }

  @Test
  void useEveryFormatOfTheToolbar() {
    PageId page = page("Formats");
    Page one = edit("editor1", page);
    Page two = edit("editor2", page);
    write(one, "words");
    one.keyboard().press("Control+a");
    Map<String, String> inline =
        Map.of(
            "Bold",
            "strong",
            "Italic",
            "em",
            "Underline",
            "u",
            "Strike",
            "s",
            "Inline code",
            "code");
    inline.forEach((label, element) -> toggles(one, two, label, element));
    Map<String, String> lines =
        Map.of(
            "Heading 1", "h1",
            "Heading 2", "h2",
            "Heading 3", "h3",
            "Bullet list", "ul > li",
            "Ordered list", "ol > li",
            "Check list", "ul[data-type=taskList] > li > div",
            "Quote", "blockquote",
            "Code block", "pre");
    lines.forEach((label, element) -> toggles(one, two, label, element));
    press(one, "Indent");
    assertThat(text(two).locator("[data-indent='1']")).hasText("words");
    press(one, "Outdent");
    assertThat(text(two).locator("[data-indent='1']")).hasCount(0);
    toTheEnd(one, two);
    press(one, "Horizontal rule");
    assertThat(text(two).locator(".divider")).hasCount(1);
    assertNoComplaints();
  }

  private static void press(Page window, String label) {
    window.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).click();
  }

  private static void toggles(Page one, Page two, String label, String element) {
    press(one, label);
    assertThat(text(two).locator(element).first()).hasText("words");
    press(one, label);
    assertThat(text(two).locator(element)).hasCount(0);
  }

  @Test
  void setALinkThatIsChecked() {
    PageId page = page("Links");
    Page one = edit("editor1", page);
    write(one, "here");
    one.keyboard().press("Control+a");
    press(one, "Link");
    one.getByLabel("Address").fill("javascript:alert(1)");
    one.getByText("Set link").click();
    assertThat(one.getByText("A link begins with")).isVisible();
    one.getByLabel("Address").fill("example.org/x");
    one.getByText("Set link").click();
    assertThat(text(one).locator("a")).hasAttribute("href", "https://example.org/x");
    assertNoComplaints();
  }

  @Test
  void findInThePageViewWhatTheyWroteWithoutSaving() {
    PageId page = page("Kept");
    Page one = edit("editor1", page);
    write(one, "Nobody pressed Save on this zebra.");
    assertThat(state(one)).hasAttribute("data-save-state", "saved");
    Page reader = browsers.withoutScript(wiki.address(), "viewer");
    URI view = URI.create(wiki.address() + "/pages/" + page);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              reader.navigate(view.toString());
              return reader.locator("article.content").innerText().contains("zebra");
            });
    reader.navigate(wiki.address() + "/search?q=zebra");
    assertThat(reader.locator(".hit").first()).containsText("Kept");
    reader.navigate(view + "/versions");
    assertThat(reader.locator("main")).containsText("editor1");
    one.reload();
    assertThat(text(one)).hasText("Nobody pressed Save on this zebra.");
    assertNoComplaints();
  }

  @Test
  void keepNothingInLocalStorage() {
    Page one = edit("editor1", page("Storage"));
    write(one, "secret");
    assertThat(state(one)).hasAttribute("data-save-state", "saved");
    assertEquals(0, one.evaluate("() => localStorage.length"));
    String cookies = (String) one.evaluate("() => document.cookie");
    assertTrue(cookies.matches("csrf=[^;]*"), "only the CSRF token is readable: " + cookies);
  }

  @Test
  void areToldThatTheyMayOnlyRead() {
    PageId page = page("Read only");
    Page viewer = browsers.signedIn(wiki.address(), "viewer");
    viewer.navigate(wiki.address() + "/pages/" + page);
    assertThat(viewer.getByText("Edit", new Page.GetByTextOptions().setExact(true))).hasCount(0);
  }
}
