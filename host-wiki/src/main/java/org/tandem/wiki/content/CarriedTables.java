package org.tandem.wiki.content;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.PlainText;
import org.tandem.api.document.tree.Block;
import org.tandem.api.document.tree.BlockTree;
import org.tandem.api.document.tree.Lines;

/**
 * Gives tables that were read from Markdown, which numbers them, the ids that they have on the
 * page.
 *
 * <p>The page's own tables, written and read back, are all there and in order. Those of an edited
 * text are found among them: tables with the same text, then those between that have most in
 * common; in a table the columns by their heads and the rows by their text, and what stands between
 * two that were found is taken for what stood there before. All others get new ids. Threads: one.
 */
final class CarriedTables {

  /** Among how many of the page's next tables a changed one is looked for. */
  private static final int MOST_COMPARED = 50;

  private final List<Block.Table> base;
  private final List<Block.Table> shown;
  private final List<List<String>> shownWords;
  private final Set<String> tableIds = new HashSet<>();
  private final NewIds newIds;

  /**
   * @param shown the base, written and read back
   */
  CarriedTables(Delta base, Delta shown, NewIds newIds) {
    this.newIds = newIds;
    this.base = tables(BlockTree.of(base));
    this.shown = tables(BlockTree.of(shown));
    this.shownWords = this.shown.stream().map(CarriedTables::words).toList();
    this.base.forEach(table -> tableIds.add(table.id()));
  }

  private static List<Block.Table> tables(List<Block> blocks) {
    return blocks.stream()
        .filter(Block.Table.class::isInstance)
        .map(Block.Table.class::cast)
        .toList();
  }

  /** Whether each table of the page was read back; if not, ids are as they were read. */
  boolean complete() {
    return base.size() == shown.size()
        && IntStream.range(0, base.size())
            .allMatch(
                i ->
                    base.get(i).columns().size() == shown.get(i).columns().size()
                        && base.get(i).rows().size() == shown.get(i).rows().size());
  }

  /** A text whose tables are told from the page's: the page's own, or an edited one. */
  Delta carryTo(Delta read) {
    List<Block> blocks = BlockTree.of(read);
    if (!complete() || tables(blocks).isEmpty()) {
      return read;
    }
    int[] match = match(tables(blocks));
    List<Block> carried = new ArrayList<>();
    int number = 0;
    for (Block block : blocks) {
      Block before = carried.isEmpty() ? null : carried.get(carried.size() - 1);
      carried.add(
          block instanceof Block.Table table ? table(table, match[number++], before) : block);
    }
    return Lines.document(Lines.of(carried));
  }

  /** Whether two pages have the same tables, row by row and column by column. */
  static boolean sameShape(Delta a, Delta b) {
    return shape(a).equals(shape(b));
  }

  private static List<List<Object>> shape(Delta page) {
    return tables(BlockTree.of(page)).stream()
        .map(table -> List.<Object>of(table.id(), table.columns(), rowIds(table)))
        .toList();
  }

  private static List<String> rowIds(Block.Table table) {
    return table.rows().stream().map(Block.Row::id).toList();
  }

  /** For each table the page's table that it is, or -1; these ascend. */
  private int[] match(List<Block.Table> tables) {
    int[] match =
        LineMatch.of(
            shown.stream().map(CarriedTables::texts).toList(),
            tables.stream().map(CarriedTables::texts).toList());
    int next = 0;
    for (int i = 0; i < match.length; i++) {
      if (match[i] < 0) {
        match[i] = nearest(tables.get(i), next, LineMatch.limit(match, i, shown.size()));
      }
      next = Math.max(next, match[i] + 1);
    }
    return match;
  }

  /** The table of the page with most in common, among those that may still be it; -1 for none. */
  private int nearest(Block.Table table, int from, int to) {
    int nearest = -1;
    long most = 0;
    Set<String> texts = new HashSet<>(words(table));
    for (int i = from; i < Math.min(to, from + MOST_COMPARED); i++) {
      long common = shownWords.get(i).stream().filter(texts::contains).count();
      if (common > most) {
        most = common;
        nearest = i;
      }
    }
    return nearest;
  }

  private static List<String> words(Block.Table table) {
    return texts(table).stream().flatMap(List::stream).filter(text -> !text.isBlank()).toList();
  }

  private Block.Table table(Block.Table read, int match, @Nullable Block before) {
    if (match < 0) {
      return new Block.Table(newIds.next(tableIds), read.columns(), read.rows());
    }
    Block.Table own = base.get(match);
    Block.Table was = shown.get(match);
    int[] columns = LineMatch.paired(LineMatch.of(heads(was), heads(read)), was.columns().size());
    int[] kept = IntStream.range(0, columns.length).filter(i -> columns[i] >= 0).toArray();
    int[] of = IntStream.of(kept).map(i -> columns[i]).toArray();
    int[] rows =
        LineMatch.paired(LineMatch.of(texts(was, of), texts(read, kept)), was.rows().size());
    // Beside a table with the same id it would be one with it.
    boolean joins = before instanceof Block.Table table && table.id().equals(own.id());
    return new Block.Table(
        joins ? newIds.next(tableIds) : own.id(), columns(own, columns), rows(own, read, rows));
  }

  private List<String> columns(Block.Table own, int[] match) {
    Set<String> ids = new HashSet<>(own.columns());
    return IntStream.of(match)
        .mapToObj(column -> column < 0 ? newIds.next(ids) : own.columns().get(column))
        .toList();
  }

  private List<Block.Row> rows(Block.Table own, Block.Table read, int[] match) {
    Set<String> ids = new HashSet<>();
    own.rows().forEach(row -> ids.add(row.id()));
    List<Block.Row> rows = new ArrayList<>();
    for (int i = 0; i < match.length; i++) {
      String id = match[i] < 0 ? newIds.next(ids) : own.rows().get(match[i]).id();
      rows.add(new Block.Row(id, read.rows().get(i).cells()));
    }
    return rows;
  }

  private static List<String> heads(Block.Table table) {
    return texts(table).get(0);
  }

  /** What each cell of each row says. */
  private static List<List<String>> texts(Block.Table table) {
    return texts(table, IntStream.range(0, table.columns().size()).toArray());
  }

  private static List<List<String>> texts(Block.Table table, int[] columns) {
    return table.rows().stream()
        .map(row -> IntStream.of(columns).mapToObj(i -> text(row.cells().get(i))).toList())
        .toList();
  }

  /** A gap reads back as an empty line. */
  private static String text(Block.Cell cell) {
    return cell.isGap() ? "\n" : PlainText.of(Lines.document(Lines.of(cell.blocks())));
  }
}
