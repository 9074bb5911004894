package org.tandem.wiki.content;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.tree.Block;
import org.tandem.api.document.tree.BlockTree;
import org.tandem.api.document.tree.Lines;

/**
 * The order of a table's lines where it is not that of its rows: people who worked on it at the
 * same time left it so. Markdown knows one order only.
 */
final class TableOrder {

  private TableOrder() {}

  /** The page with the lines of each table row by row: the same tables. */
  static Delta rowByRow(Delta page) {
    return withTables(
        page, table -> new Block.Table(table.id(), table.columns(), table.rows(), List.of()));
  }

  /**
   * The page with the lines of each table in the order that they have in another page, if all are
   * there.
   */
  static Delta asIn(Delta other, Delta page) {
    Map<String, Block.Table> scattered = new HashMap<>();
    for (Block block : BlockTree.of(other)) {
      if (block instanceof Block.Table table && !table.parts().isEmpty()) {
        scattered.put(table.id(), table);
      }
    }
    if (scattered.isEmpty()) {
      return page;
    }
    return withTables(
        page,
        table -> {
          Block.Table own = scattered.get(table.id());
          return own != null && shape(own).equals(shape(table))
              ? new Block.Table(table.id(), table.columns(), table.rows(), own.parts())
              : table;
        });
  }

  /** Its ids, and how many blocks each cell has. */
  private static List<Object> shape(Block.Table table) {
    return List.of(
        table.columns(),
        table.rows().stream().map(Block.Row::id).toList(),
        table.rows().stream()
            .map(row -> row.cells().stream().map(cell -> cell.blocks().size()).toList())
            .toList());
  }

  private static Delta withTables(Delta page, UnaryOperator<Block.Table> order) {
    return Lines.document(
        Lines.of(
            BlockTree.of(page).stream()
                .map(block -> block instanceof Block.Table table ? order.apply(table) : block)
                .toList()));
  }
}
