package org.tandem.api.document.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;
import org.tandem.api.document.format.CellId;

/** Random pages with every line attribute, and with values that no check lets in, from a seed. */
public final class ArbitraryPages {

  private static final List<String> TEXTS =
      List.of("a", "b c", "<script>x</script>", "\" onclick=\"x", "&lt;", "|", "\ud83d\ude00");

  private static final Map<String, List<@Nullable Object>> LINE =
      Map.of(
          "header", Arrays.asList(1, 2, 3, 3, 4, 0, "1", 1.5, null),
          "list", Arrays.asList("bullet", "bullet", "ordered", "checked", "unchecked", "dash", 7),
          "indent", Arrays.asList(1, 1, 2, 3, 8, 9, -1, "1", 4_000_000_000L, null),
          "blockquote", Arrays.asList(true, true, true, false, "yes"),
          "code-block", Arrays.asList(true, true, "java", "c++", "no language", false, List.of()),
          "align", Arrays.asList("center", "right", "justify", "left", 1),
          "callout", Arrays.asList("note", "note", "tip", "warning", "danger", Map.of("a", 1)),
          "banner", Arrays.asList(true, "x", Map.of("list", "bullet")));

  private final Random random;

  public ArbitraryPages(Random random) {
    this.random = random;
  }

  /** A page, whose tables are as cut up as can be. */
  public Delta page() {
    DeltaBuilder page = Delta.builder();
    Map<String, @Nullable Object> line = new HashMap<>();
    for (int lines = 1 + random.nextInt(25); lines > 0; lines--) {
      if (random.nextInt(3) == 0) {
        line.clear();
      }
      LINE.forEach(
          (name, values) -> {
            if (random.nextInt(8) == 0) {
              line.put(name, values.get(random.nextInt(values.size())));
            } else if (random.nextInt(3) == 0) {
              line.remove(name);
            }
          });
      if (random.nextInt(3) != 0) {
        line.put("cell", cell());
      }
      text(page);
      page.insert("\n", Attributes.of(line));
    }
    return page.build();
  }

  private Map<String, Object> cell() {
    String table = random.nextInt(10) == 0 ? "u" : "t";
    Map<String, Object> cell = new HashMap<>();
    cell.put("table", table);
    cell.put("row", "r" + random.nextInt(3));
    cell.put("column", "c" + random.nextInt(4));
    switch (random.nextInt(20)) {
      case 0 -> cell.put("span", 2);
      case 1 -> cell.put("row", "no id");
      case 2 -> cell.remove("column");
      default -> {}
    }
    return cell;
  }

  private void text(DeltaBuilder page) {
    for (int runs = random.nextInt(3); runs > 0; runs--) {
      Map<String, Object> inline = new HashMap<>();
      for (String name : List.of("bold", "italic", "underline", "strike", "code", "gone")) {
        if (random.nextInt(5) == 0) {
          inline.put(name, random.nextInt(4) == 0 ? "true" : true);
        }
      }
      if (random.nextInt(4) == 0) {
        inline.put("link", random.nextBoolean() ? "https://a/?<\">" : "javascript:alert(1)");
      }
      switch (random.nextInt(8)) {
        case 0 -> page.embed("divider", random.nextInt(4) > 0, Attributes.of(inline));
        case 1 -> page.embed("<img>", Map.of("src", "x"), Attributes.of(inline));
        default -> page.insert(TEXTS.get(random.nextInt(TEXTS.size())), Attributes.of(inline));
      }
    }
  }

  /** A table of rows r0, r1, ... and columns c0, c1, ..., between two paragraphs. */
  static Delta table(int rows, int columns) {
    DeltaBuilder page = Delta.builder().insert("before\n");
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        page.insert(row + "." + column);
        page.insert("\n", cell("r" + row, "c" + column));
      }
    }
    return page.insert("after\n").build();
  }

  private static Attributes cell(String row, String column) {
    return Attributes.of(Map.of("cell", new CellId("t", row, column).value()));
  }

  /** What somebody does to a page with one table t: adds a row or a column, or deletes lines. */
  Delta change(Delta page, String by) {
    List<Line> lines = new ArrayList<>(Line.of(page));
    switch (random.nextInt(3)) {
      case 0 -> addRow(lines, by);
      case 1 -> addColumn(lines, by);
      default -> {
        for (int i = 1 + random.nextInt(4); i > 0 && lines.size() > 2; i--) {
          lines.remove(1 + random.nextInt(lines.size() - 2));
        }
      }
    }
    return page.diff(Lines.document(lines));
  }

  private void addRow(List<Line> lines, String by) {
    List<Integer> ends = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      CellId cell = CellId.of(lines.get(i).attributes().get("cell"));
      if (cell != null && !columns.contains(cell.column())) {
        columns.add(cell.column());
      }
      CellId next =
          i + 1 < lines.size() ? CellId.of(lines.get(i + 1).attributes().get("cell")) : null;
      if (cell != null && (next == null || !next.row().equals(cell.row()))) {
        ends.add(i + 1);
      }
    }
    if (!ends.isEmpty()) {
      int at = ends.get(random.nextInt(ends.size()));
      Collections.reverse(columns);
      columns.forEach(column -> lines.add(at, new Line(List.of(), cell("new-" + by, column))));
    }
  }

  private void addColumn(List<Line> lines, String by) {
    String after = "c" + random.nextInt(3);
    for (int i = lines.size() - 1; i >= 0; i--) {
      CellId cell = CellId.of(lines.get(i).attributes().get("cell"));
      if (cell != null && cell.column().equals(after)) {
        lines.add(i + 1, new Line(List.of(), cell(cell.row(), "new-" + by)));
      }
    }
  }
}
