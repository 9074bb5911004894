package org.tandem.api.document.markdown;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.jspecify.annotations.Nullable;
import org.tandem.api.document.format.Align;
import org.tandem.api.document.tree.Block;
import org.tandem.api.document.tree.Lines;

/** Writes a table as a GFM table: a line of a cell goes without what is no text, after a break. */
final class MarkdownTable {

  private final Block.Table table;

  private MarkdownTable(Block.Table table) {
    this.table = table;
  }

  static Node node(Block.Table table) {
    return new MarkdownTable(table).node();
  }

  private Node node() {
    List<Block.Row> rows = table.rows();
    List<Align> aligns = IntStream.range(0, table.columns().size()).mapToObj(this::align).toList();
    TableBlock block = new TableBlock();
    Node head = new TableHead();
    head.appendChild(row(rows.get(0), aligns));
    block.appendChild(head);
    if (rows.size() > 1) {
      Node body = new TableBody();
      rows.subList(1, rows.size()).forEach(row -> body.appendChild(row(row, aligns)));
      block.appendChild(body);
    }
    return block;
  }

  /** How a column stands when all of its lines agree. */
  private Align align(int column) {
    Set<Align> aligns =
        table.rows().stream()
            .flatMap(row -> Lines.of(row.cells().get(column).blocks()).stream())
            .map(line -> Align.of(line.attributes().get("align")))
            .map(align -> align == null ? Align.START : align)
            .collect(Collectors.toSet());
    return aligns.size() == 1 ? aligns.iterator().next() : Align.START;
  }

  private static Node row(Block.Row row, List<Align> aligns) {
    Node node = new TableRow();
    for (int column = 0; column < aligns.size(); column++) {
      TableCell cell = new TableCell();
      cell.setAlignment(alignment(aligns.get(column)));
      HtmlInline text = new HtmlInline();
      text.setLiteral(text(row.cells().get(column)));
      cell.appendChild(text);
      node.appendChild(cell);
    }
    return node;
  }

  /** Between blanks: a backslash at the end would else escape the pipe that ends the cell. */
  private static String text(Block.Cell cell) {
    return Lines.of(cell.blocks()).stream()
        .map(line -> MarkdownLine.of(line.content()))
        .collect(Collectors.joining("<br>", " ", " "));
  }

  private static TableCell.@Nullable Alignment alignment(Align align) {
    return switch (align) {
      case CENTER -> TableCell.Alignment.CENTER;
      case RIGHT -> TableCell.Alignment.RIGHT;
      case START, JUSTIFY -> null;
    };
  }

  /** What a column's rule says of its lines. */
  static Align align(TableCell cell) {
    if (cell.getAlignment() == TableCell.Alignment.CENTER) {
      return Align.CENTER;
    }
    return cell.getAlignment() == TableCell.Alignment.RIGHT ? Align.RIGHT : Align.START;
  }
}
