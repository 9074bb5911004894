package org.tandem.api.document.markdown;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;
import org.tandem.api.document.format.CellId;

/**
 * Markdown that was written reads back as the same document.
 *
 * <p>Not for what Markdown cannot say: empty lines outside lists, code and headings; indentation of
 * what is no list item, and indents that skip a level; inline formats and dividers in code; a
 * divider beside text or with a format; blanks at the start of a check item, and Unicode's line
 * separators in one; a bullet item whose text begins with a check box; what stands in a cell beside
 * text, gaps, and ids of tables that are not numbers in order.
 */
class MarkdownRoundTripTest {

  private static final List<String> PIECES =
      List.of(
          "a",
          "b",
          "Word",
          "\u00e9",
          "7",
          " ",
          " ",
          "  ",
          "\t",
          "\u00a0",
          ".",
          ",",
          "*",
          "**",
          "_",
          "__",
          "~",
          "~~",
          "`",
          "``",
          "[",
          "]",
          "](",
          "(",
          ")",
          "!",
          "<",
          ">",
          "<u>",
          "</u>",
          "<br>",
          "&",
          "&amp;",
          "&#32;",
          "#",
          "##",
          "-",
          "---",
          "+",
          "=",
          "1.",
          "2)",
          "\\",
          "|",
          "|",
          "|-|",
          "[!NOTE]",
          "<br>",
          "\"",
          "'",
          "http://x.y",
          "\ud83d\ude00",
          "\u20ac",
          "\u4e2d",
          "\u0301",
          "[x] ",
          ":");

  private static final List<String> LINKS =
      List.of("https://a.b/c_d*e(f)?g=h&copy;=i", "/pages/1", "#x", "mailto:a@b.c", "/a[b]`c`");

  @Property(tries = 10_000)
  void readsBackWhatWasWritten(@ForAll long seed) {
    Delta document = document(new Random(seed));
    String written = Markdown.write(document);
    assertEquals(document, Markdown.read(written), () -> "seed " + seed + " wrote " + written);
  }

  private static Delta document(Random random) {
    DeltaBuilder document = Delta.builder();
    int depth = -1;
    int tables = 0;
    Map<String, Object> around = new HashMap<>();
    for (int lines = 1 + random.nextInt(5); lines > 0; lines--) {
      if (random.nextInt(6) == 0) {
        table(random, "t" + ++tables, document);
        depth = -1;
        continue;
      }
      if (random.nextInt(4) == 0) {
        around = around(random);
        depth = -1;
      }
      Map<String, Object> line = new HashMap<>(around);
      depth = random.nextInt(3) == 0 ? -1 : random.nextInt(Math.min(depth + 2, 8));
      if (depth >= 0) {
        line.put(
            "list", List.of("bullet", "ordered", "checked", "unchecked").get(random.nextInt(4)));
      }
      if (depth > 0) {
        line.put("indent", depth);
      }
      line(random, line, document);
    }
    return document.build();
  }

  private static Map<String, Object> around(Random random) {
    Map<String, Object> around = new HashMap<>();
    if (random.nextBoolean()) {
      around.put("blockquote", true);
    }
    if (random.nextInt(3) == 0) {
      around.put("callout", List.of("note", "tip", "caution").get(random.nextInt(3)));
    }
    return around;
  }

  private static void table(Random random, String table, DeltaBuilder document) {
    List<String> aligns =
        IntStream.rangeClosed(0, random.nextInt(3))
            .mapToObj(column -> List.of("", "", "center", "right").get(random.nextInt(4)))
            .toList();
    int rows = 1 + random.nextInt(3);
    for (int row = 1; row <= rows; row++) {
      for (int column = 0; column < aligns.size(); column++) {
        Map<String, Object> line = new HashMap<>();
        line.put("cell", new CellId(table, "r" + row, "c" + (column + 1)).value());
        if (!aligns.get(column).isEmpty()) {
          line.put("align", aligns.get(column));
        }
        for (int lines = random.nextInt(6) == 0 ? 3 : 1; lines > 0; lines--) {
          text(random, random.nextInt(5), document);
          document.insert("\n", Attributes.of(line));
        }
      }
    }
  }

  private static void line(Random random, Map<String, Object> line, DeltaBuilder document) {
    switch (random.nextInt(6)) {
      case 0 -> {
        line.put("header", 1 + random.nextInt(3));
        text(random, random.nextInt(6), document);
      }
      case 1 -> {
        line.put("code-block", random.nextBoolean() ? true : "c++");
        StringBuilder code = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
          code.append(piece(random));
        }
        document.insert(code.toString().isBlank() ? "" : code.toString());
      }
      case 2 -> document.embed("divider", true, Attributes.NONE);
      default -> {
        if (line.containsKey("list")) {
          document.insert("a");
          text(random, random.nextInt(7), document);
        } else {
          text(random, 1 + random.nextInt(7), document);
        }
      }
    }
    document.insert("\n", Attributes.of(line));
  }

  private static void text(Random random, int pieces, DeltaBuilder document) {
    Map<String, Object> marks = new HashMap<>();
    for (int i = 0; i < pieces; i++) {
      String name =
          List.of("bold", "italic", "underline", "strike", "code", "link").get(random.nextInt(6));
      if (marks.remove(name) == null && random.nextBoolean()) {
        marks.put(name, name.equals("link") ? LINKS.get(random.nextInt(LINKS.size())) : true);
      }
      document.insert(piece(random), Attributes.of(marks));
    }
  }

  private static String piece(Random random) {
    return PIECES.get(random.nextInt(PIECES.size()));
  }
}
