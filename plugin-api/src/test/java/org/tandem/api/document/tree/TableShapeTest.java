package org.tandem.api.document.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
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

  /** The rules word for word, each time from the start. */
  private record Oracle(List<CellId> cells) {

    /** The columns of a row's cells, in order. */
    List<String> columnsOf(String row) {
      return cells.stream()
          .filter(cell -> cell.row().equals(row))
          .map(CellId::column)
          .distinct()
          .toList();
    }

    List<String> rowIds() {
      return cells.stream()
          .map(CellId::row)
          .distinct()
          .sorted(Comparator.comparing(this::place))
          .toList();
    }

    /** How many cells the rows have that have a cell in a column. */
    int weight(String column) {
      return cells.stream()
          .map(CellId::row)
          .distinct()
          .map(this::columnsOf)
          .filter(columns -> columns.contains(column))
          .mapToInt(List::size)
          .sum();
    }

    int place(String row) {
      String column =
          columnsOf(row).stream()
              .min(
                  Comparator.comparing(this::weight)
                      .reversed()
                      .thenComparing(Comparator.naturalOrder()))
              .orElseThrow();
      return cells.indexOf(new CellId("t", row, column));
    }

    List<String> columns() {
      List<String> columns = new ArrayList<>();
      for (int size = cells.size(); size > 0; size--) {
        for (String row : rowIds()) {
          List<String> own = columnsOf(row);
          for (int i = 0; own.size() == size && i < size; i++) {
            if (!columns.contains(own.get(i))) {
              columns.add(i == 0 ? 0 : columns.indexOf(own.get(i - 1)) + 1, own.get(i));
            }
          }
        }
      }
      return columns;
    }

    /** Each row as what its cells hold, from the first column to the last; gaps are empty. */
    List<List<String>> rows() {
      return rowIds().stream()
          .map(row -> columns().stream().map(column -> text(row, column)).toList())
          .toList();
    }

    private String text(String row, String column) {
      return IntStream.range(0, cells.size())
          .filter(i -> cells.get(i).equals(new CellId("t", row, column)))
          .mapToObj(i -> "" + i)
          .collect(Collectors.joining("\n"));
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

  @Property(tries = 500)
  void isOneWholeTableWhateverTwoDidAtOnce(@ForAll long seed) {
    Random random = new Random(seed);
    Delta page = TableActs.table(1 + random.nextInt(3), 1 + random.nextInt(3));
    for (int round = 0; round < 5 && !TableActs.tables(page).isEmpty(); round++) {
      List<TableActs.Act> acts = new ArrayList<>();
      for (String by : List.of("a" + round, "b" + round)) {
        List<TableActs.Act> all = new TableActs(page, by).all();
        acts.add(all.get(random.nextInt(all.size())));
      }
      page = TableActs.committed(page, acts);
      assertWhole(page, "seed " + seed + ", round " + round + ": " + acts);
    }
  }

  /** One table at most, with each row and column once and each text where its ids say. */
  static void assertWhole(Delta page, String message) {
    List<CellId> named = TableActs.cells(page).stream().filter(Objects::nonNull).toList();
    List<Block.Table> tables = TableActs.tables(page);
    assertEquals(named.isEmpty() ? 0 : 1, tables.size(), message);
    Map<CellId, String> shown = new HashMap<>();
    for (Block.Table table : tables) {
      for (Block.Row row : table.rows()) {
        List<String> texts = texts(row);
        for (int i = 0; i < texts.size(); i++) {
          CellId id = new CellId(table.id(), row.id(), table.columns().get(i));
          if (!row.cells().get(i).isGap()) {
            assertNull(shown.put(id, texts.get(i)), message);
          }
        }
      }
      assertEquals(ids(named, CellId::column), sorted(table.columns()), message);
      assertEquals(
          ids(named, CellId::row),
          sorted(table.rows().stream().map(Block.Row::id).toList()),
          message);
    }
    Map<CellId, String> meant =
        named.stream()
            .collect(Collectors.toMap(id -> id, id -> id.row() + "." + id.column(), (a, b) -> a));
    assertEquals(meant, shown, message);
    assertEquals(Line.of(page), Lines.of(BlockTree.of(page)), message);
  }

  private static List<String> ids(List<CellId> cells, Function<CellId, String> id) {
    return cells.stream().map(id).distinct().sorted().toList();
  }

  private static List<String> sorted(List<String> ids) {
    return ids.stream().sorted().toList();
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
