package org.tandem.api.document.tree;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tandem.api.document.format.CellId;

/**
 * The rectangle that a run of cells of one table makes.
 *
 * <p>Lines are never moved: two people who add a row and a column beside each other write at one
 * place of the text, and the last cell of a row can come to stand behind the row below. So ids
 * alone say which lines are of one row, of one column, of one cell, wherever in the table they
 * stand; no row and no column comes twice. Only their order is read off the lines.
 *
 * <p>Rows stand in the order of their cells in one column: the one whose rows have the most cells
 * together, as a column that came at the same time as a row has no cell in it. A row that lacks
 * that column goes by the next such one. Where no row stands between the cells of another, that is
 * the order of the lines.
 *
 * <p>The columns are one list, made row by row, those with the most cells first: a column that is
 * new comes right behind the column of the cell before it in its row, at the front if there is
 * none. In the end each row is filled up with gaps to the whole list. Whoever has the same lines
 * sees the same table.
 *
 * <p>A run can be more than one table: one that would get a column too many ends before that cell.
 * Linear in the cells and the gaps. Threads: one.
 */
final class TableShape {

  /** A cell as it is met, with what stands in it there. */
  record Met(CellId id, List<Block> blocks) {}

  /** What a cell holds, and which of the table's runs of lines it begins with. */
  private record Held(int at, List<Block> blocks) {}

  /** A row before it is filled up: by column, in the order in which its cells were met. */
  private record Begun(String id, Map<String, Held> cells) {

    Begun(String id) {
      this(id, new LinkedHashMap<>());
    }

    void meet(Met cell, int at) {
      cells
          .computeIfAbsent(cell.id().column(), column -> new Held(at, new ArrayList<>()))
          .blocks()
          .addAll(cell.blocks());
    }

    int size() {
      return cells.size();
    }

    /** Where it stands among the table's cells. */
    int place(List<String> ranked) {
      for (String column : ranked) {
        Held held = cells.get(column);
        if (held != null) {
          return held.at();
        }
      }
      throw new IllegalStateException("a row has a cell");
    }
  }

  private TableShape() {}

  /**
   * @param cells of one table; neighbours differ in row or column
   */
  static List<Block> tables(List<Met> cells) {
    List<Block> tables = new ArrayList<>();
    Set<String> columns = new HashSet<>();
    int start = 0;
    for (int at = 0; at < cells.size(); at++) {
      String column = cells.get(at).id().column();
      if (!columns.contains(column) && columns.size() == Block.Table.MOST_COLUMNS) {
        tables.add(table(cells.subList(start, at)));
        columns.clear();
        start = at;
      }
      columns.add(column);
    }
    tables.add(table(cells.subList(start, cells.size())));
    return tables;
  }

  private static Block.Table table(List<Met> cells) {
    Map<String, Begun> byId = new LinkedHashMap<>();
    for (int at = 0; at < cells.size(); at++) {
      byId.computeIfAbsent(cells.get(at).id().row(), Begun::new).meet(cells.get(at), at);
    }
    List<Begun> rows = ordered(List.copyOf(byId.values()));
    List<String> columns = columns(rows);
    return new Block.Table(
        cells.get(0).id().table(),
        columns,
        rows.stream().map(row -> filled(row, columns)).toList(),
        parts(cells, rows, columns));
  }

  private static List<Begun> ordered(List<Begun> rows) {
    Map<String, Integer> weights = new HashMap<>();
    for (Begun row : rows) {
      row.cells().keySet().forEach(column -> weights.merge(column, row.size(), Integer::sum));
    }
    List<String> ranked =
        weights.keySet().stream()
            .sorted(
                Comparator.<String>comparingInt(column -> -weights.get(column))
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    return rows.stream().sorted(Comparator.comparing(row -> row.place(ranked))).toList();
  }

  private static List<String> columns(List<Begun> rows) {
    List<String> columns = new ArrayList<>();
    for (Begun row : rows.stream().sorted(Comparator.comparing(Begun::size).reversed()).toList()) {
      int before = -1;
      for (String column : row.cells().keySet()) {
        int known = find(columns, column, before + 1);
        if (known < 0) {
          columns.add(before + 1, column);
        }
        before = known < 0 ? before + 1 : known;
      }
    }
    return List.copyOf(columns);
  }

  /** Where a column stands; -1 for one that is new. Mostly it is the one that is expected. */
  private static int find(List<String> columns, String column, int expected) {
    return expected < columns.size() && columns.get(expected).equals(column)
        ? expected
        : columns.indexOf(column);
  }

  private static Block.Row filled(Begun row, List<String> columns) {
    List<Block.Cell> cells = new ArrayList<>(columns.size());
    for (String column : columns) {
      Held held = row.cells().get(column);
      cells.add(held == null ? Block.Cell.GAP : new Block.Cell(held.blocks()));
    }
    return new Block.Row(row.id(), cells);
  }

  /** Where the blocks stand in the document; none when that is row by row and cell by cell. */
  private static List<Block.Part> parts(List<Met> cells, List<Begun> rows, List<String> columns) {
    Map<String, Integer> rowAt = new HashMap<>();
    rows.forEach(row -> rowAt.put(row.id(), rowAt.size()));
    Map<String, Integer> columnAt = new HashMap<>();
    columns.forEach(column -> columnAt.put(column, columnAt.size()));
    List<Block.Part> parts = new ArrayList<>(cells.size());
    boolean plain = true;
    int last = -1;
    for (Met cell : cells) {
      int row = rowAt.get(cell.id().row());
      int column = columnAt.get(cell.id().column());
      int place = row * columns.size() + column;
      plain &= place > last;
      last = place;
      parts.add(new Block.Part(row, column, cell.blocks().size()));
    }
    return plain ? List.of() : parts;
  }
}
