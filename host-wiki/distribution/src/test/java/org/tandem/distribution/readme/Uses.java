package org.tandem.distribution.readme;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tandem.distribution.readme.Desks.awaitSaved;
import static org.tandem.distribution.readme.Desks.control;
import static org.tandem.distribution.readme.Desks.panel;
import static org.tandem.distribution.readme.Desks.press;
import static org.tandem.distribution.readme.Desks.slash;
import static org.tandem.distribution.readme.Desks.text;
import static org.tandem.distribution.readme.Desks.type;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.testkit.WikiClient;

/** What people do with the modules of the README, and see of them. */
final class Uses {

  /** Uses, and fails when something is not as the README says. */
  @FunctionalInterface
  interface Use {

    void at(Desks desks);
  }

  /** By the names of the examples. */
  static final Map<String, Use> BY_NAME =
      Map.of(
          "glossary.ts", Uses::glossary,
          "paint.ts", Uses::paint,
          "counter.ts", Uses::counter,
          "counter.tsx", Uses::counter,
          "stars.ts", Uses::stars,
          "colleagues.ts", Uses::colleagues,
          "words.ts", Uses::words,
          "hands.ts", Uses::hands,
          "applause.ts", Uses::applause);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String HTML_ON_THE_CLIPBOARD =
      "html => navigator.clipboard.write([new ClipboardItem({"
          + "'text/html': new Blob([html], { type: 'text/html' })})])";

  private Uses() {}

  private static void glossary(Desks desks) {
    desks.edit("The world");
    slash(desks.one(), "greet", "Hello");
    assertThat(text(desks.one())).hasText("Hello from The world");
  }

  private static void paint(Desks desks) {
    PageId page = desks.edit("Paint");
    Page window = desks.one();
    type(window, "the word");
    press(window, "Control+Shift+ArrowLeft");
    control(window, "Red").click();
    Locator red = text(window).locator("span.paint-red").first();
    assertThat(red).hasText("word");
    press(window, "End");
    type(window, " behind ");
    assertThat(red).hasText("word");
    slash(window, "box", "Box");
    press(window, "Enter");
    type(window, "a line ");
    assertThat(text(window).locator("p.paint-box"))
        .hasText(new String[] {"the word behind", "a line"});
    slash(window, "swatch", "Swatch");
    assertThat(text(window).locator("span.paint-swatch.paint-red")).hasText("red");
    window.evaluate(HTML_ON_THE_CLIPBOARD, "<font color=\"green\">grass</font>");
    press(window, "Control+v");
    assertThat(text(window).locator("span.paint-green")).hasText("grass");
    String background = "rgb(246, 193, 193)";
    assertThat(red).hasCSS("background-color", background);
    WikiClient person = desks.wiki().person("editor1");
    // The window may show of the state before the last keys that it is saved.
    await().atMost(PATIENCE).until(() -> person.text(page).contains("grass"));
    person.awaitContent(page, content(desks, page));
    desks.read(window, page);
    assertThat(window.locator(".content mark.x-paint-red")).hasCSS("background-color", background);
    assertThat(window.locator(".content mark.x-paint-green")).hasText("grass");
    assertThat(window.locator(".content aside.x-paint-box")).hasCSS("border-top-style", "solid");
    assertThat(window.locator(".content .x-paint-swatch-red"))
        .hasCSS("background-color", background);
  }

  private static Delta content(Desks desks, PageId page) {
    return desks.wiki().person("editor1").content(page).document();
  }

  private static void counter(Desks desks) {
    desks.editBoth("Counter");
    slash(desks.one(), "counter", "Counter");
    Locator here = text(desks.one()).locator("button");
    Locator there = text(desks.two()).locator("button");
    assertThat(here).hasText("0");
    here.click();
    assertThat(here).hasText("1");
    assertThat(there).hasText("1");
    there.click();
    assertThat(there).hasText("2");
    assertThat(here).hasText("2");
    here.click();
    assertThat(there).hasText("3");
    awaitSaved(desks.one());
  }

  private static void stars(Desks desks) {
    desks.edit("Stars");
    Page window = desks.one();
    type(window, "one ");
    slash(window, "aster", "Star");
    control(window, "Star").click();
    press(window, "Control+Alt+s");
    assertThat(text(window)).hasText("one ★★★");
    press(window, "Enter");
    assertThat(control(window, "Star")).isEnabled();
    type(window, "``` ");
    assertThat(text(window).locator("pre")).hasCount(1);
    assertThat(control(window, "Star")).isDisabled();
  }

  private static void colleagues(Desks desks) {
    PageId page = desks.edit("Colleagues");
    Page window = desks.one();
    type(window, "ask @edit");
    Locator choices = window.locator("[role=option]");
    assertThat(choices).hasText(new String[] {"editor1", "editor2"});
    choices.nth(1).click();
    type(window, "first");
    Locator person = text(window).locator("span.person");
    assertThat(person).hasText("@someone");
    assertThat(person)
        .hasAttribute("data-person", desks.wiki().person("editor2").me().path("id").asText());
    assertThat(text(window)).hasText("ask @someone first");
    awaitSaved(window);
    desks.wiki().person("editor1").awaitContent(page, content(desks, page));
  }

  private static void words(Desks desks) {
    desks.edit("Words");
    Locator panel = panel(desks.one(), "Words");
    assertThat(panel).hasText("0 words");
    text(desks.one()).click();
    type(desks.one(), "one two");
    assertThat(panel).hasText("2 words");
    press(desks.one(), "Enter");
    type(desks.one(), "three");
    assertThat(panel).hasText("3 words");
    control(desks.one(), "Close Words").click();
    assertThat(panel).hasCount(0);
    text(desks.one()).click();
    type(desks.one(), "!");
  }

  private static void hands(Desks desks) {
    PageId page = desks.editBoth("Hands");
    Locator raised = panel(desks.two(), "Raised hands");
    assertThat(raised).hasText("");
    slash(desks.one(), "raise", "Raise your hand");
    assertThat(raised).hasText("editor1");
    desks.edit(desks.two(), page);
    assertThat(raised).hasText("editor1");
    slash(desks.one(), "lower", "Lower your hand");
    assertThat(raised).hasText("");
    assertThat(text(desks.one())).hasText("");
  }

  private static void applause(Desks desks) {
    desks.editBoth("Applause");
    Locator here = panel(desks.one(), "Applause");
    Locator there = panel(desks.two(), "Applause");
    text(desks.one()).click();
    slash(desks.one(), "applaud", "Applaud");
    assertThat(there).hasText(Pattern.compile("^editor1 applauds!!!\\s*$"));
    assertThat(here).hasText("editor1 applauds!!!");
  }
}
