package org.tandem.api.document.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.PlainText;
import org.tandem.api.document.format.CellId;

/** Tables whatever was done to them; vectors/trees.json shows the cases. */
class TableShapeTest {

  private static final int MOST_CELLS = 12;

  /** The rules word for word, each time from the start: exponential. */
  private record Oracle(List<CellId> cells) {

    /** The list of columns when the first cells were met. */
    List<String> columns(int met) {
      if (met == 0) {
        return List.of();
      }
      List<String> columns = new ArrayList<>(columns(met - 1));
      String column = cells.get(met - 1).column();
      if (!columns.contains(column)) {
        boolean first = beginsRow(met - 1);
        columns.add(first ? 0 : columns.indexOf(cells.get(met - 2).column()) + 1, column);
      }
      return columns;
    }

    boolean beginsRow(int cell) {
      if (cell == 0 || !cells.get(cell).row().equals(cells.get(cell - 1).row())) {
        return true;
      }
      List<String> known = columns(cell);
      String column = cells.get(cell).column();
      return known.contains(column)
          && known.indexOf(column) <= known.indexOf(cells.get(cell - 1).column());
    }

    /** Each row as what its cells hold, from the first column to the last; gaps are empty. */
    List<List<String>> rows() {
      List<String> columns = columns(cells.size());
      List<List<String>> rows = new ArrayList<>();
      for (int i = 0; i < cells.size(); i++) {
        if (beginsRow(i)) {
          rows.add(new ArrayList<>(columns.stream().map(column -> "").toList()));
        }
        rows.get(rows.size() - 1).set(columns.indexOf(cells.get(i).column()), "" + i);
      }
      return rows;
    }
  }

  @Property(tries = 2_000)
  void isWhatTheRulesSay(@ForAll long seed) {
    Random random = new Random(seed);
    List<CellId> cells = new ArrayList<>();
    for (int i = random.nextInt(MOST_CELLS); i >= 0; i--) {
      CellId cell = new CellId("t", "r" + random.nextInt(2), "c" + random.nextInt(5));
      if (cells.isEmpty() || !cells.get(cells.size() - 1).equals(cell)) {
        cells.add(cell);
      }
    }
    List<Line> lines =
        IntStream.range(0, cells.size()).mapToObj(i -> line("" + i, cells.get(i))).toList();
    Block.Table table = (Block.Table) BlockTree.of(lines).get(0);
    assertEquals(
        new Oracle(cells).rows(),
        table.rows().stream().map(TableShapeTest::texts).toList(),
        () -> "seed " + seed + ": " + cells);
  }

  private static Line line(String text, CellId cell) {
    Delta line = Delta.builder().insert(text).build();
    return new Line(line.ops(), Attributes.of(Map.of("cell", cell.value())));
  }

  private static List<String> texts(Block.Row row) {
    return row.cells().stream()
        .map(cell -> PlainText.of(Lines.document(Lines.of(cell.blocks()))).strip())
        .toList();
  }

  @Property(tries = 2_000)
  void isRectangularWhateverTwoDidAtOnce(@ForAll long seed) {
    Random random = new Random(seed);
    ArbitraryPages pages = new ArbitraryPages(random);
    Delta page = ArbitraryPages.table(1 + random.nextInt(3), 1 + random.nextInt(3));
    for (int round = 0; round < 4; round++) {
      Delta mine = pages.change(page, "a" + round);
      Delta theirs = pages.change(page, "b" + round);
      Delta here = page.compose(mine).compose(mine.transform(theirs, true));
      Delta there = page.compose(theirs).compose(theirs.transform(mine, false));
      assertEquals(BlockTree.of(here), BlockTree.of(there), () -> "seed " + seed);
      assertRectangular(BlockTree.of(here), "seed " + seed + ": " + here);
      page = here;
    }
  }

  static void assertRectangular(List<Block> blocks, String message) {
    for (Block block : blocks) {
      if (block instanceof Block.Table table) {
        assertTrue(table.columns().size() <= Block.Table.MOST_COLUMNS, message);
        assertTrue(
            table.rows().stream().allMatch(row -> row.cells().size() == table.columns().size()),
            message);
        assertTrue(
            table.rows().stream()
                .allMatch(row -> row.cells().stream().anyMatch(cell -> !cell.isGap())),
            message);
      }
    }
  }
}
