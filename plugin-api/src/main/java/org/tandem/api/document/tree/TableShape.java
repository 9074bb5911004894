package org.tandem.api.document.tree;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tandem.api.document.format.CellId;

/**
 * The rectangle that a run of cells of one table makes.
 *
 * <p>Lines are never moved: two people who add a row and a column beside each other, or delete what
 * the other types in, leave cells in any order and with any of them missing. So the shape is read
 * off the cells in the order in which they stand. There is one list of the table's columns. A
 * column that is met for the first time is put into it right after the column of the cell before it
 * in the same row, at the front if its cell begins the row. A cell begins a new row when its row's
 * id is another than the one before, or when its column is known and does not stand to the right of
 * the one before. To put a column into the list never changes the order of those that are in it:
 * rows that were cut before stay in the list's order, and in the end each is filled up with gaps to
 * the whole list. Whoever has the same lines sees the same table.
 *
 * <p>A run can be more than one table: one that would get a column too many ends before that cell.
 * Linear in the cells and the gaps. Threads: one.
 */
final class TableShape {

  /** A cell as it is met, with what stands in it. */
  record Met(CellId id, List<Block> blocks) {}

  /** A row before it is filled up; its cells stand in the order of the columns. */
  private record Begun(String id, List<Met> cells) {}

  private final List<Block> tables = new ArrayList<>();
  private final List<String> columns = new ArrayList<>();
  private final List<Begun> rows = new ArrayList<>();

  /** The row that is being met; null before the first. */
  private @Nullable Begun row;

  /** Where in the list the column of the cell before stands; -1 at the beginning of a row. */
  private int before = -1;

  private TableShape() {}

  /**
   * @param cells of one table; neighbours differ in row or column
   */
  static List<Block> tables(List<Met> cells) {
    TableShape shape = new TableShape();
    cells.forEach(shape::meet);
    shape.endTable();
    return shape.tables;
  }

  private void meet(Met cell) {
    int column = find(cell.id().column());
    if (column < 0 && columns.size() == Block.Table.MOST_COLUMNS) {
      endTable();
    }
    boolean toTheLeft = column >= 0 && column <= before;
    if (row == null || !row.id().equals(cell.id().row()) || toTheLeft) {
      row = new Begun(cell.id().row(), new ArrayList<>());
      rows.add(row);
      before = -1;
    }
    if (column < 0) {
      column = before + 1;
      columns.add(column, cell.id().column());
    }
    row.cells().add(cell);
    before = column;
  }

  /** Where a column stands; -1 for one that is new. Mostly it is the next one, or the first. */
  private int find(String column) {
    if (before + 1 < columns.size() && columns.get(before + 1).equals(column)) {
      return before + 1;
    }
    return columns.indexOf(column);
  }

  private void endTable() {
    if (row == null) {
      return;
    }
    String id = row.cells().get(0).id().table();
    List<String> order = List.copyOf(columns);
    tables.add(
        new Block.Table(id, order, rows.stream().map(begun -> filled(begun, order)).toList()));
    columns.clear();
    rows.clear();
    row = null;
    before = -1;
  }

  private static Block.Row filled(Begun begun, List<String> order) {
    List<Block.Cell> cells = new ArrayList<>(order.size());
    int next = 0;
    for (String column : order) {
      boolean here =
          next < begun.cells().size() && begun.cells().get(next).id().column().equals(column);
      cells.add(here ? new Block.Cell(begun.cells().get(next++).blocks()) : Block.Cell.GAP);
    }
    return new Block.Row(begun.id(), cells);
  }
}
