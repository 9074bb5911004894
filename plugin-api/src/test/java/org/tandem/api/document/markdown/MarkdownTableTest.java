package org.tandem.api.document.markdown;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;
import org.tandem.api.document.PlainText;
import org.tandem.api.document.format.CellId;
import org.tandem.api.document.tree.Line;

/** Tables and alerts in Markdown. */
class MarkdownTableTest {

  /** Lines as "row.column text", and what stands outside as it is. */
  private static List<String> lines(String markdown) {
    return Line.of(Markdown.read(markdown)).stream()
        .map(
            line -> {
              CellId cell = CellId.of(line.attributes().get("cell"));
              String text = PlainText.of(Delta.of(line.content()));
              return cell == null
                  ? text
                  : cell.table() + " " + cell.row() + cell.column() + " " + text;
            })
        .toList();
  }

  private static String cells(String row, int count) {
    return IntStream.range(0, count)
        .mapToObj(column -> row)
        .collect(Collectors.joining("|", "|", "|\n"));
  }

  private static Attributes cell(String row, String column) {
    return Attributes.of(Map.of("cell", new CellId("any", row, column).value()));
  }

  @Nested
  class Reading {

    @Test
    void numbersTablesRowsAndColumns() {
      assertEquals(
          List.of("t1 r1c1 a", "t1 r1c2 b", "t1 r2c1 1", "t1 r2c2 2", "x", "t2 r1c1 c"),
          lines("| a | b |\n|---|---|\n| 1 | 2 |\n\nx\n\n| c |\n|---|\n"));
    }

    @Test
    void fillsRowsUpAndCutsThemToTheHead() {
      assertEquals(
          List.of("t1 r1c1 a", "t1 r1c2 b", "t1 r2c1 1", "t1 r2c2 ", "t1 r3c1 2", "t1 r3c2 3"),
          lines("| a | b |\n|---|---|\n| 1 |\n| 2 | 3 | 4 |\n"));
    }

    @Test
    void takesBreaksInCellsForLines() {
      assertEquals(
          List.of("t1 r1c1 a", "t1 r1c1 ", "t1 r1c1 b<br>", "t1 r1c1 c", "x <br> y"),
          lines("| a<br><BR/>b\\<br><br />c |\n|---|\n\nx <br> y\n"));
    }

    @Test
    void setsTheAlignmentOfAColumnOnItsLines() {
      assertEquals(
          Arrays.asList(null, "center", "right", null),
          Line.of(Markdown.read("|a|b|c|d|\n|---|:-:|--:|:--|\n")).stream()
              .map(line -> line.attributes().get("align"))
              .toList());
    }

    @Test
    void putsATableOutsideOfWhatItStandsIn() {
      assertEquals(
          Markdown.read("> a\n\n| x |\n|---|\n\n> b\n"),
          Markdown.read("> a\n>\n> | x |\n> |---|\n>\n> b\n"));
    }

    @Test
    void leavesAnItemThatATableStoodIn() {
      String markdown = "- | x |\n  |---|\n- b\n";
      assertEquals(List.of("", "t1 r1c1 x", "b"), lines(markdown));
      assertEquals(
          Attributes.of(Map.of("list", "bullet")),
          Line.of(Markdown.read(markdown)).get(0).attributes());
    }

    @Test
    void keepsATableThatIsTooWideAsCode() {
      String wide = cells("a", 65) + cells("-", 65) + cells("1", 65);
      assertEquals(Markdown.read("```\n" + wide + "```\n"), Markdown.read(wide));
      String fits = cells("a", 64) + cells("-", 64) + cells("1", 64);
      assertEquals(128, Line.of(Markdown.read(fits)).size());
    }

    /** The parser fills each row up to the head. */
    @Test
    void doesNotFillUpRowsForEver() {
      String hostile = cells("a", 50_000) + cells("-", 50_000) + "|\\|\n".repeat(50_000);
      Delta read = assertTimeout(Duration.ofSeconds(10), () -> Markdown.read(hostile));
      assertEquals(Attributes.NONE, read.ops().get(0).attributes());
      String quoted = "> " + (cells("a", 50_000) + cells("-", 50_000)).replace("\n", "\n> ");
      assertTimeout(
          Duration.ofSeconds(10), () -> Markdown.read(quoted + "|\\|\n> ".repeat(50_000)));
    }

    @Test
    void readsALongTableAsUsual() {
      String table = "| a | b |\n|---|---|\n" + "| 1 | 2 |\n".repeat(20_000);
      assertEquals(40_002, Line.of(Markdown.read(table)).size());
    }
  }

  @Nested
  class Writing {

    @Test
    void writesGaps() {
      Delta document =
          Delta.builder()
              .insert("a")
              .insert("\n", cell("x", "1"))
              .insert("b\\")
              .insert("\n", cell("x", "2"))
              .insert("c|d")
              .insert("\n", cell("y", "2"))
              .build();
      assertEquals("| a | b\\\\ |\n|---|---|\n|  | c\\|d |\n", Markdown.write(document));
    }

    @Test
    void writesOfACellItsText() {
      DeltaBuilder document = Delta.builder();
      for (Map<String, Object> line :
          List.<Map<String, Object>>of(
              Map.of("header", 1), Map.of("list", "bullet"), Map.of("callout", "tip"))) {
        Map<String, Object> attributes = new HashMap<>(line);
        attributes.putAll(cell("r", "c").asMap());
        document.insert("x").insert("\n", Attributes.of(attributes));
      }
      assertEquals("| x<br>x<br>x |\n|---|\n", Markdown.write(document.build()));
    }

    @Test
    void saysHowAColumnIsAlignedWhenItsLinesAgree() {
      String mixed = "| a | b |\n|:-:|:-:|\n| 1 | 2 |\n";
      Delta read = Markdown.read(mixed);
      Delta change =
          Delta.builder()
              .retain(7)
              .retain(1, Attributes.of(Collections.singletonMap("align", "right")))
              .build();
      assertEquals("| a | b |\n|:---:|---|\n| 1 | 2 |\n", Markdown.write(read.compose(change)));
    }
  }

  /** To the parser a list's hyphen before such an item is a column's. */
  @ParameterizedTest
  @ValueSource(strings = {"|-", "|", ":-|", "|-|:-:|", " |-"})
  void anItemBelowAPipeMakesNoTable(String item) {
    Delta document =
        Delta.builder()
            .insert("a|b")
            .insert("\n", Attributes.of(Map.of("list", "bullet")))
            .insert(item)
            .insert("\n", Attributes.of(Map.of("list", "bullet", "indent", 1)))
            .build();
    assertEquals(document, Markdown.read(Markdown.write(document)));
  }

  @Nested
  class Alerts {

    @ParameterizedTest
    @CsvSource({
      "NOTE,note",
      "TIP,tip",
      "IMPORTANT,important",
      "WARNING,warning",
      "CAUTION,caution",
      "tip,tip"
    })
    void areCallouts(String label, String kind) {
      Delta read = Markdown.read("> [!" + label + "]\n> **a**\n> b\n");
      List<Line> lines = Line.of(read);
      assertEquals(
          List.of(Attributes.of(Map.of("callout", kind))), List.of(lines.get(0).attributes()));
      assertEquals("a b\n", PlainText.of(read));
    }

    @ParameterizedTest
    @CsvSource({"\\[!NOTE\\]", "[!NOTE] x", "[!DANGER]", "x [!NOTE]"})
    void needALabelAlone(String line) {
      Delta read = Markdown.read("> " + line + "\n> a\n");
      assertEquals(Attributes.of(Map.of("blockquote", true)), Line.of(read).get(0).attributes());
    }

    @Test
    void mayBeEmpty() {
      Delta empty = Delta.builder().insert("\n", Attributes.of(Map.of("callout", "tip"))).build();
      assertEquals(empty, Markdown.read("> [!TIP]\n"));
      assertEquals("> [!TIP]\n", Markdown.write(empty));
    }

    @Test
    void areWrittenWithTheirLabelAboveTheText() {
      String alert = "> [!NOTE]\n> a\n> \n> > b\n> \n> - c\n";
      assertEquals(alert, Markdown.write(Markdown.read(alert)));
    }
  }
}
