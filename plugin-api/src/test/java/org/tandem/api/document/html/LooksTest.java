package org.tandem.api.document.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;
import org.tandem.api.document.PlainText;
import org.tandem.api.document.format.Look;
import org.tandem.api.document.format.Looks;
import org.tandem.api.document.format.Markup;
import org.tandem.api.document.format.Tag;
import org.tandem.api.document.markdown.Markdown;
import org.tandem.api.document.tree.ArbitraryPages;

/** Plugins' formats as HTML, Markdown and plain text. */
class LooksTest {

  private static final Attributes BOLD = Attributes.of(Map.of("bold", true));

  private static final Looks LOOKS =
      (name, value) ->
          switch (name) {
            case "glow" ->
                Optional.of(
                    new Look.Inline(
                        Markup.Element.of(Tag.MARK, String.valueOf(value)), BOLD, "<", ">"));
            case "box" ->
                Optional.of(
                    new Look.Line(
                        Markup.Element.of(Tag.ASIDE, "kind")
                            .with(Markup.Element.of(Tag.P).text(value + " & more")),
                        Attributes.of(Map.of("callout", "tip")),
                        value + ": ",
                        ""));
            case "person" ->
                Optional.of(
                    new Look.Thing(
                        Markup.Element.of(Tag.A)
                            .with("href", "/people/" + value)
                            .with("data-id", "<\"" + value)
                            .text("@" + value + "<script>"),
                        "@" + value,
                        Attributes.of(Map.of("link", "/people/" + value))));
            case "to", "also" ->
                Optional.of(
                    new Look.Inline(
                        Markup.Element.of(Tag.A).with("href", "/" + name), BOLD, "", ""));
            default -> Optional.empty();
          };

  private static Attributes of(String name, Object value) {
    return Attributes.of(Map.of(name, value));
  }

  private static Delta line(String text, Attributes attributes) {
    return Delta.builder().insert(text).insert("\n", attributes).build();
  }

  private static Delta together(Delta... lines) {
    DeltaBuilder all = Delta.builder();
    List.of(lines).forEach(line -> line.ops().forEach(all::add));
    return all.build();
  }

  /** It stood in the other, and browsers close one at the other's beginning. */
  @Test
  void aLinkOfAPluginHasNoOtherInIt() {
    Delta document =
        Delta.builder()
            .insert("x", Attributes.of(Map.of("to", true, "also", true)))
            .embed("person", "anna", of("to", true))
            .insert("\n")
            .build();
    String html = Html.render(document, LOOKS);
    assertEquals(
        "<p><a class=\"x-also\" href=\"/also\" rel=\"noopener nofollow\"><span class=\"x-to\">x</span></a>"
            + "<a class=\"x-to\" href=\"/to\" rel=\"noopener nofollow\"><span class=\"x-person\""
            + " data-x-id=\"&lt;&quot;anna\">@anna&lt;script&gt;</span></a></p>",
        html.strip());
  }

  @Nested
  class AnInlineAttribute {

    private final Delta document =
        Delta.builder()
            .insert("a ")
            .insert("b", of("glow", "blue"))
            .insert("c", Attributes.of(Map.of("glow", "blue", "italic", true)))
            .insert("d", of("glow", "red"))
            .insert("\n")
            .build();

    @Test
    void wrapsItsTextAndGoesOnFromRunToRun() {
      assertEquals(
          "<p>a <mark class=\"x-glow x-glow-blue\">b<em>c</em></mark>"
              + "<mark class=\"x-glow x-glow-red\">d</mark></p>",
          Html.render(document, LOOKS));
      assertEquals("a <bc><d>\n", PlainText.of(document, LOOKS));
    }

    @Test
    void isSaidByTheWikisOwnInMarkdown() {
      Delta said =
          Delta.builder()
              .insert("a ")
              .insert("b", BOLD)
              .insert("c", Attributes.of(Map.of("bold", true, "italic", true)))
              .insert("d", BOLD)
              .insert("\n")
              .build();
      assertEquals(said, Markdown.read(Markdown.write(document, LOOKS)));
    }

    @Test
    void showsNothingWithoutItsPlugin() {
      assertEquals(
          "<p>a <span class=\"unknown-format\">b<em>c</em>d</span></p>", Html.render(document));
      assertEquals("a bcd\n", PlainText.of(document));
    }
  }

  @Nested
  class ALineAttribute {

    @Test
    void wrapsTheLinesThatFollowEachOtherOnce() {
      Delta document =
          together(
              line("one", of("box", "hint")),
              line("two", Attributes.of(Map.of("box", "hint", "header", 2))),
              line("three", of("box", "other")),
              line("four", Attributes.NONE));
      assertEquals(
          "<aside class=\"x-box x-box-kind\"><p>hint &amp; more</p><p>one</p>"
              + "<h3 id=\"h-two\">two</h3></aside>"
              + "<aside class=\"x-box x-box-kind\"><p>other &amp; more</p><p>three</p></aside>"
              + "<p>four</p>",
          Html.render(document, LOOKS));
      assertEquals("hint: one\nhint: two\nother: three\nfour\n", PlainText.of(document, LOOKS));
    }

    @Test
    void staysInTheWikisContainersAndHasListsInIt() {
      Attributes item = Attributes.of(Map.of("box", "b", "list", "bullet", "blockquote", true));
      Attributes deeper =
          Attributes.of(Map.of("box", "b", "list", "bullet", "blockquote", true, "indent", 1));
      Attributes quoted = of("blockquote", true);
      String all =
          Html.render(
              together(line("one", item), line("two", deeper), line("three", quoted)), LOOKS);
      assertEquals(
          "<blockquote><aside class=\"x-box x-box-kind\"><p>b &amp; more</p>"
              + "<ul><li><p>one</p><ul><li><p>two</p></li></ul></li></ul></aside>"
              + "<p>three</p></blockquote>",
          all);
      Attributes bare = Attributes.of(Map.of("list", "bullet", "blockquote", true));
      assertEquals(
          "<blockquote><ul><li><aside class=\"x-box x-box-kind\"><p>b &amp; more</p><p>one</p>"
              + "</aside></li><li><p>two</p></li></ul></blockquote>",
          Html.render(together(line("one", item), line("two", bare)), LOOKS));
    }

    @Test
    void standsInACell() {
      Map<String, Object> cell = Map.of("table", "t", "row", "r", "column", "c");
      String html = Html.render(line("x", Attributes.of(Map.of("box", "b", "cell", cell))), LOOKS);
      assertEquals("x", Jsoup.parseBodyFragment(html).select("th > aside > p + p").text());
    }

    @Test
    void isSaidByTheWikisOwnInMarkdown() {
      assertEquals("> [!TIP]\n> one\n", Markdown.write(line("one", of("box", "hint")), LOOKS));
    }
  }

  @Nested
  class AnEmbed {

    private final Delta document =
        Delta.builder().insert("to ").embed("person", "anna", BOLD).insert("\n").build();

    @Test
    void isWhatItsPluginSaysAndNothingElse() {
      assertEquals(
          "<p>to <strong><a class=\"x-person\" data-x-id=\"&lt;&quot;anna\""
              + " href=\"/people/anna\" rel=\"noopener nofollow\">@anna&lt;script&gt;</a>"
              + "</strong></p>",
          Html.render(document, LOOKS));
      assertEquals("to @anna\n", PlainText.of(document, LOOKS));
      assertEquals("to [**@anna**](/people/anna)\n", Markdown.write(document, LOOKS));
    }

    @Test
    void isAPlaceholderWithoutItsPlugin() {
      assertEquals(
          "<p>to <strong><span class=\"unknown-embed\">[person]</span></strong></p>",
          Html.render(document));
      assertEquals("to  \n", PlainText.of(document));
      assertEquals("to **\\[person\\]**\n", Markdown.write(document));
    }

    @Test
    void isNoLinkInALink() {
      Delta linked = Delta.builder().embed("person", "anna", of("link", "/x")).insert("\n").build();
      Element body = Jsoup.parseBodyFragment(Html.render(linked, LOOKS)).body();
      assertEquals(1, body.select("a").size());
      assertEquals("@anna<script>", body.select("a > span.x-person").text());
      assertFalse(body.select("span").hasAttr("href"));
    }
  }

  /** However many there are, what plugins add to a page is bounded. */
  @Test
  void addsNotMoreThanSoMuch() {
    Markup.Element large = Markup.Element.of(Tag.SPAN).text("x".repeat(9_000));
    DeltaBuilder document = Delta.builder();
    for (int i = 0; i < 2_000; i++) {
      document.embed("large", i, Attributes.NONE);
    }
    Looks looks = (name, value) -> Optional.of(Look.Thing.of(large, "y".repeat(900)));
    Delta page = document.insert("\n").build();
    int html = Html.render(page, looks).length();
    assertTrue(html > 4_000_000 && html < 5_000_000, "of 18 million: " + html);
    assertTrue(PlainText.of(page, looks).length() < 1_100_000);
    assertTrue(Markdown.write(page, looks).length() < 1_200_000);
  }

  /** Any page with plugins' formats anywhere gives elements that nest. */
  @Property(tries = 500)
  void rendersAnythingThatNests(@ForAll long seed) {
    Random random = new Random(seed);
    DeltaBuilder page = Delta.builder();
    for (var op : new ArbitraryPages(random).page().ops()) {
      page.add(op);
    }
    Delta document = page.build().compose(decorated(page.build(), random));
    String html = Html.render(document, LOOKS);
    Element body = Jsoup.parseBodyFragment(html).body();
    assertEquals(0, body.select("script, a a, p div, p aside").size(), html);
    assertEquals(opened(html, "aside"), body.select("aside").size(), html);
    assertEquals(opened(html, "mark"), body.select("mark").size(), html);
    Markdown.read(Markdown.write(document, LOOKS));
  }

  private static Delta decorated(Delta document, Random random) {
    DeltaBuilder change = Delta.builder();
    String text = PlainText.of(document);
    int position = 0;
    for (int i = 0; i < text.length(); i++) {
      if (random.nextInt(4) == 0 && !Character.isSurrogate(text.charAt(i))) {
        Map<String, Object> set = new HashMap<>();
        set.put(text.charAt(i) == '\n' ? "box" : "glow", "v" + random.nextInt(2));
        change.retain(i - position).retain(1, Attributes.of(set));
        position = i + 1;
      }
    }
    return change.build();
  }

  private static int opened(String html, String element) {
    return html.split("<" + element + "[ >]", -1).length - 1;
  }
}
