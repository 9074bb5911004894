package org.tandem.api.document.tree;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;
import org.tandem.api.document.format.CellId;

/**
 * What one person may do to the one table of a page: each row and column put at each place, each
 * deleted. The text of every cell is its row's and its column's id.
 *
 * @param by the id of what is new
 */
record TableActs(Delta page, String by) {

  /** A change with what it does in words. */
  record Act(String name, Delta change) {}

  /** A page with a table of rows r0, r1, ... and columns c0, c1, ... between two paragraphs. */
  static Delta table(int rows, int columns) {
    DeltaBuilder page = Delta.builder().insert("before\n");
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        cell(page, "r" + row, "c" + column);
      }
    }
    return page.insert("after\n").build();
  }

  private static void cell(DeltaBuilder page, String row, String column) {
    Attributes cell = Attributes.of(Map.of("cell", new CellId("t", row, column).value()));
    page.insert(row + "." + column).insert("\n", cell);
  }

  /** The cells that a page's lines name, line by line; null for other lines. */
  static List<CellId> cells(Delta page) {
    List<CellId> cells = new ArrayList<>();
    for (Line line : Line.of(page)) {
      cells.add(CellId.of(line.attributes().get("cell")));
    }
    return cells;
  }

  static List<Block.Table> tables(Delta page) {
    return BlockTree.of(page).stream()
        .filter(Block.Table.class::isInstance)
        .map(Block.Table.class::cast)
        .toList();
  }

  /** The page after changes that were all made on it, committed in this order. */
  static Delta committed(Delta page, List<Act> acts) {
    Delta done = Delta.EMPTY;
    for (Act act : acts) {
      done = done.compose(done.transform(act.change(), true));
    }
    return page.compose(done);
  }

  List<Act> all() {
    List<Act> acts = new ArrayList<>();
    for (Block.Table table : tables(page)) {
      List<CellId> cells = cells(page);
      for (int line = 1; line < cells.size(); line++) {
        if (beginsRow(cells.get(line - 1), cells.get(line))) {
          acts.add(row(line, table.columns()));
        }
      }
      table.rows().forEach(row -> acts.add(deleted(row.id(), cell -> cell.row().equals(row.id()))));
      for (String column : table.columns()) {
        acts.add(column(column, true));
        acts.add(column(column, false));
        acts.add(deleted(column, cell -> cell.column().equals(column)));
      }
    }
    return acts;
  }

  private static boolean beginsRow(CellId above, CellId below) {
    return above == null || below == null ? above != below : !above.row().equals(below.row());
  }

  private Act row(int before, List<String> columns) {
    DeltaBuilder change = Delta.builder().retain(start(before));
    columns.forEach(column -> cell(change, by, column));
    return new Act(by + " is a row before line " + before, change.build());
  }

  /** In each row that has the other column, once. */
  private Act column(String beside, boolean left) {
    DeltaBuilder change = Delta.builder();
    List<CellId> cells = cells(page);
    Set<String> rows = new HashSet<>();
    int at = 0;
    for (int line = 0; line < cells.size(); line++) {
      CellId cell = cells.get(line);
      if (cell != null && cell.column().equals(beside) && rows.add(cell.row())) {
        int place = start(left ? line : line + 1);
        change.retain(place - at);
        cell(change, cell.row(), by);
        at = place;
      }
    }
    String side = left ? " left of " : " right of ";
    return new Act(by + " is a column" + side + beside, change.build());
  }

  private Act deleted(String id, Predicate<CellId> gone) {
    DeltaBuilder change = Delta.builder();
    List<CellId> cells = cells(page);
    for (int line = 0; line < cells.size(); line++) {
      int length = start(line + 1) - start(line);
      if (cells.get(line) != null && gone.test(cells.get(line))) {
        change.delete(length);
      } else {
        change.retain(length);
      }
    }
    return new Act(by + " deletes " + id, change.build());
  }

  private int start(int line) {
    return Lines.document(Line.of(page).subList(0, line)).length();
  }

  /** The rows and columns that this person sees after an act. */
  Set<String> seen(Act act) {
    Set<String> seen = new LinkedHashSet<>();
    for (Block.Table table : tables(page.compose(act.change()))) {
      table.rows().forEach(row -> seen.add(row.id()));
      seen.addAll(table.columns());
    }
    return seen;
  }
}
