package org.tandem.wiki.content;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;
import org.tandem.api.document.format.CellId;
import org.tandem.api.document.markdown.Markdown;

/** Whatever was edited, the page that is saved says what the text says. */
class MarkdownEditFuzzTest {

  private static final int SEEDS = 1_000;

  @Test
  void aPageSaysWhatItsTextSays() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      Delta base = page(random);
      String markdown = edited(Markdown.write(base), random);
      assertEquals(
          text(Markdown.read(markdown)),
          text(Saves.apply(base, markdown)),
          "seed " + seed + " edited " + markdown);
    }
  }

  /** How a column is aligned is not compared: lines that did not agree may agree now. */
  private static String text(Delta page) {
    return Markdown.write(page).replaceAll(":?---:?", "---");
  }

  /** Paragraphs, and tables as cut up as can be. */
  private static Delta page(Random random) {
    DeltaBuilder page = Delta.builder();
    for (int parts = 1 + random.nextInt(5); parts > 0; parts--) {
      if (random.nextBoolean()) {
        page.insert("text " + random.nextInt(5) + "\n");
      } else {
        String table = "t" + random.nextInt(3);
        for (int lines = 1 + random.nextInt(8); lines > 0; lines--) {
          cell(random, table, page);
        }
      }
    }
    return page.insert("end\n").build();
  }

  private static void cell(Random random, String table, DeltaBuilder page) {
    Map<String, Object> line = new HashMap<>();
    CellId cell = new CellId(table, "r" + random.nextInt(4), "c" + random.nextInt(4));
    line.put("cell", cell.value());
    if (random.nextInt(6) == 0) {
      line.put("list", "bullet");
    }
    if (random.nextInt(6) == 0) {
      line.put("align", "center");
    }
    if (random.nextInt(8) == 0) {
      page.embed("chart", 1, Attributes.NONE);
    } else if (random.nextInt(5) > 0) {
      page.insert("" + random.nextInt(6));
    }
    page.insert("\n", Attributes.of(line));
  }

  private static String edited(String markdown, Random random) {
    List<String> lines = new ArrayList<>(List.of(markdown.split("\n", -1)));
    for (int edits = 1 + random.nextInt(2); edits > 0; edits--) {
      int at = random.nextInt(lines.size());
      switch (random.nextInt(5)) {
        case 0 -> lines.set(at, "");
        case 1 -> lines.add(at, lines.get(at));
        case 2 -> lines.set(at, lines.get(at).replaceAll("[0-9]", "9"));
        case 3 -> lines.remove(at);
        default -> lines.add(at, "\n| n | m |\n|---|---|\n| 1 | 2 |\n");
      }
      if (lines.isEmpty()) {
        lines.add("new");
      }
    }
    return String.join("\n", lines);
  }
}
