package org.tandem.api.document.markdown;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;
import org.tandem.api.delta.DeltaJson;
import org.tandem.api.document.DocumentCheck;
import org.tandem.api.document.PlainText;
import org.tandem.api.document.format.CellId;
import org.tandem.api.document.format.Formats;

/** No text takes long to read, and no page that a person writes is read as less than it is. */
class MarkdownCostTest {

  private static final int LONG = 200_000;

  private static String repeated(String unit) {
    return unit.repeat(LONG / unit.length());
  }

  /** A second at the most when nothing else runs; far more when the parser takes the square. */
  private static void readsSoon(String markdown) {
    Delta read = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> Markdown.read(markdown));
    assertEquals(
        new DocumentCheck.Verdict.Accepted(),
        new DocumentCheck(Formats.builtIn()).checkDocument(read));
  }

  @Nested
  class SlowTexts {

    /** Each alone, after text, and after a fence with another fence in it. */
    @ParameterizedTest
    @ValueSource(
        strings = {
          "x<!--a ",
          "<a x='",
          "<a x=\"",
          "<",
          "<a",
          "</a ",
          "<?a ",
          "<![CDATA[a ",
          "<!A ",
          "<a:",
          "<u>",
          "<u>a\n\n",
          "<br>",
          "~a~~",
          "~~a~",
          "~a ",
          "*a **a ",
          "a**b c* ",
          "***a* ",
          "*",
          "_",
          "_a ",
          "__a_ ",
          "_*",
          "a_ _",
          "*~a ",
          "`",
          "a``b```",
          "``a` ",
          "[",
          "[a](",
          "[a](<b",
          "[a](b 'c",
          "[a](((",
          "[ (](",
          "![",
          "![a](",
          "[]",
          "[a][b",
          "]",
          "[\\",
          "&",
          "&a",
          "&#1",
          "&amp;",
          "|",
          "a|b\n",
          "|-|\n",
          "a|b\n-|-\n",
          "a\n",
          "> ",
          ">",
          "> a\n",
          "- ",
          "- a\n",
          "-\n",
          "1. ",
          "#",
          "# ",
          "---\n",
          "a\n===\n",
          "[a]: b\n",
          "[a]: b 'c\n",
          "[a]: b (c\n",
          "[a]:\n",
          "[a\n",
          "> [a]: b\n",
          "<!--\n",
          "<div>\n",
          "<a\n",
          "```\n",
          "~~~\n",
          "    a\n",
          "> [!NOTE]\n",
          "- [ ] ",
          "\\|",
          "x\n- ",
          " ",
          "\t",
          "\\"
        })
    void repeat(String unit) {
      readsSoon(repeated(unit));
      readsSoon("x " + repeated(unit));
      readsSoon("```\n~~~\n```\n" + repeated(unit));
    }

    static Stream<Arguments> composed() {
      return Stream.of(
          Arguments.of("lists over blank lines", "- ".repeat(20_000) + "\n".repeat(250_000)),
          Arguments.of("lists over lines", "- ".repeat(50_000) + "a" + "\na".repeat(100_000)),
          Arguments.of("quotes over lines", ">".repeat(100_000) + "a" + "\na".repeat(100_000)),
          Arguments.of("ever deeper lists", growing("  ", "- a\n")),
          Arguments.of("ever longer code", growing("`", " e")),
          Arguments.of("ever longer emphasis", growing("*", " e")),
          Arguments.of("links after emphasis", "*a ".repeat(50_000) + "[a](b) ".repeat(25_000)),
          Arguments.of("links in code", "*a `b ".repeat(30_000) + "[a](b) ".repeat(25_000)),
          Arguments.of("deep emphasis", "*a **b ".repeat(20_000) + "c** d*".repeat(20_000)),
          Arguments.of("strikes in emphasis", "*~a ".repeat(40_000) + "a~~* ".repeat(30_000)),
          Arguments.of("nested images", "![".repeat(50_000) + "](b)".repeat(50_000)),
          Arguments.of("nested links", "[".repeat(50_000) + "](b)".repeat(50_000)),
          Arguments.of("a title over lines", "[a]: b '" + "x\n".repeat(150_000)),
          Arguments.of("a label over lines", "[" + "x\n".repeat(150_000)),
          Arguments.of("a wide table", table(700, "a\n", 150_000)),
          Arguments.of("wide tables", (table(700, "a\n", 1_400) + "\n").repeat(60)),
          Arguments.of("wide tables in quotes", quoted(table(700, "a\n", 70_000))),
          Arguments.of("long cells", "a|b\n-|-\n" + "*a ".repeat(100_000) + "|c\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void composed(String name, String markdown) {
      assertFalse(name.isEmpty());
      readsSoon(markdown);
    }

    private static String growing(String unit, String end) {
      return IntStream.range(1, 700)
          .mapToObj(i -> unit.repeat(i) + end)
          .collect(Collectors.joining());
    }

    private static String table(int columns, String row, int rows) {
      return "|a".repeat(columns) + "|\n" + "|-".repeat(columns) + "|\n" + row.repeat(rows);
    }

    private static String quoted(String markdown) {
      return markdown.lines().map(line -> "> " + line + "\n").collect(Collectors.joining());
    }
  }

  @Nested
  class OrdinaryPages {

    private static final Attributes BOLD = Attributes.of(Map.of("bold", true));

    static Stream<Arguments> survive() {
      return Stream.of(
          Arguments.of("half-open intervals", intervals()),
          Arguments.of("code with brackets", lines(130, "int[ a;", Map.of("code-block", true))),
          Arguments.of("a long list", underlined(3_000)),
          Arguments.of("cells of two lines", table(1_500, 3, 2)),
          Arguments.of("a long table", table(34_000, 6, 1)),
          Arguments.of("a paragraph of many formats", formats(4_000)),
          Arguments.of("one paragraph of brackets", lines(1, "[0, 1) ".repeat(500), Map.of())),
          Arguments.of("escapes", lines(1, "a * b_ ~ ` [c] ".repeat(5_000), Map.of())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void survive(String name, Delta document) {
      assertFalse(name.isEmpty());
      assertEquals(Optional.of(document), Markdown.readWhole(Markdown.write(document)));
    }

    private static Delta intervals() {
      DeltaBuilder page = Delta.builder();
      page.insert("Title").insert("\n", Attributes.of(Map.of("header", 1)));
      for (int i = 0; i < 101; i++) {
        page.insert("of ").insert("numbers", BOLD).insert(" in [0, " + i + ")\n");
      }
      return page.build();
    }

    private static Delta lines(int count, String text, Map<String, Object> line) {
      DeltaBuilder page = Delta.builder();
      for (int i = 0; i < count; i++) {
        page.insert(text.strip()).insert("\n", Attributes.of(line));
      }
      return page.build();
    }

    private static Delta underlined(int items) {
      DeltaBuilder page = Delta.builder();
      for (int i = 0; i < items; i++) {
        page.insert("An item with some words, and of these one is ")
            .insert("underlined", Attributes.of(Map.of("underline", true)))
            .insert(", number " + i)
            .insert("\n", Attributes.of(Map.of("list", "bullet")));
      }
      return page.build();
    }

    private static Delta table(int rows, int columns, int lines) {
      DeltaBuilder page = Delta.builder();
      for (int row = 1; row <= rows; row++) {
        for (int column = 1; column <= columns; column++) {
          Attributes cell =
              Attributes.of(Map.of("cell", new CellId("t1", "r" + row, "c" + column).value()));
          for (int line = 0; line < lines; line++) {
            page.insert("cell " + row + " [" + column).insert("\n", cell);
          }
        }
      }
      return page.build();
    }

    private static Delta formats(int words) {
      DeltaBuilder page = Delta.builder();
      for (int i = 0; i < words; i++) {
        page.insert("a bold ").insert("word", BOLD).insert(" and [");
      }
      return page.insert(".\n").build();
    }
  }

  @Nested
  class CostlyBlocks {

    private static final String COSTLY = "*a [b](/c) ".repeat(50_000).strip();

    @Test
    void areReadAsTheyStand_andTheirNeighboursAsUsual() {
      Delta costly =
          Delta.builder()
              .insert("T")
              .insert("\n", Attributes.of(Map.of("header", 1)))
              .insert(COSTLY + "\n")
              .insert("b", Attributes.of(Map.of("bold", true)))
              .insert("\n")
              .build();
      assertEquals(costly, Markdown.read("# T\n\n" + COSTLY + "\n\n**b**\n"));
      assertTrue(Markdown.readWhole(COSTLY).isEmpty());
    }

    @Test
    void doNotTakeFromParagraphsOfAHundredMarks() {
      String ordinary = "**a** *b* ~~c~~ [d](/e)\n\n";
      String page = (COSTLY + "\n\n").repeat(3) + "*a [b](/c) ".repeat(15_000) + "\n\n";
      String read = PlainText.of(Markdown.read(page + ordinary));
      assertTrue(read.endsWith("a b c d\n"), read.substring(read.length() - 40));
    }

    @Test
    void endATableWhereItsCellsAreTooMany() {
      String wide = "|a".repeat(64) + "|\n" + "|-".repeat(64) + "|\n";
      Delta read = Markdown.read("# T\n\n" + wide + "x\n".repeat(20_000) + "\n**b**\n");
      assertTrue(PlainText.of(read).endsWith("x x\nb\n"));
      assertEquals(List.of(Map.of("header", 1)), List.of(read.ops().get(1).attributes().asMap()));
    }

    /** A definition of 2,000 characters and a word of three made megabytes of a few kilobytes. */
    @Test
    void referToOneLinkOnlySoOften() {
      String markdown = "[x]: http://a.b/" + "y".repeat(2_000) + "\n\n" + "[x] ".repeat(50_000);
      Delta read = Markdown.read(markdown);
      assertTrue(DeltaJson.write(read).length() < 3_000_000);
      assertTrue(PlainText.of(read).endsWith("x x x\n"));
      assertTrue(Markdown.readWhole(markdown).isEmpty());
      assertTrue(Markdown.readWhole(markdown.substring(0, 3_000)).isPresent());
    }
  }
}
