package org.tandem.api.document.tree;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.format.CalloutKind;
import org.tandem.api.document.format.CellId;

/**
 * The tree of blocks that a document's lines mean. Every combination of line attributes has a tree.
 * The order of containers is fixed: tables are outermost, then callouts, then quotes, then lists by
 * indent, then code before heading before paragraph. A cell's lines are taken for themselves. A
 * value that its rule does not allow shapes nothing.
 *
 * <p>The tree is never deeper than these containers and the deepest indent, whatever the lines are,
 * and it is made in linear time. {@link Lines} takes it back: lines(tree(d)) = d.
 */
public final class BlockTree {

  /** A line whose attributes are read. */
  private record Read(Line line, LineFormat format) {}

  private BlockTree() {}

  /** The blocks that the lines of a document mean, in order. */
  public static List<Block> of(Delta document) {
    return of(Line.of(document));
  }

  /** The tree of some lines, taken for themselves. */
  public static List<Block> of(List<Line> lines) {
    List<Read> read = new ArrayList<>(lines.size());
    for (Line line : lines) {
      read.add(new Read(line, LineFormat.of(line.attributes())));
    }
    List<Block> blocks = new ArrayList<>();
    for (List<Read> run : runs(read, BlockTree::inOneTable)) {
      blocks.addAll(first(run).cell() == null ? callouts(run) : tables(run));
    }
    return List.copyOf(blocks);
  }

  /** Parts a list into maximal runs of neighbours that stand together. */
  private static List<List<Read>> runs(List<Read> lines, BiPredicate<LineFormat, LineFormat> with) {
    List<List<Read>> runs = new ArrayList<>();
    int start = 0;
    for (int end = 1; end <= lines.size(); end++) {
      if (end == lines.size() || !with.test(lines.get(end - 1).format(), lines.get(end).format())) {
        runs.add(lines.subList(start, end));
        start = end;
      }
    }
    return runs;
  }

  private static LineFormat first(List<Read> run) {
    return run.get(0).format();
  }

  private static boolean inOneTable(LineFormat a, LineFormat b) {
    return a.cell() == null || b.cell() == null
        ? a.cell() == b.cell()
        : a.cell().table().equals(b.cell().table());
  }

  private static List<Block> tables(List<Read> lines) {
    List<TableShape.Met> cells = new ArrayList<>();
    for (List<Read> run : runs(lines, (a, b) -> Objects.equals(a.cell(), b.cell()))) {
      CellId id = Objects.requireNonNull(first(run).cell());
      cells.add(new TableShape.Met(id, callouts(run)));
    }
    return TableShape.tables(cells);
  }

  private static List<Block> callouts(List<Read> lines) {
    List<Block> blocks = new ArrayList<>();
    for (List<Read> run : runs(lines, (a, b) -> a.callout() == b.callout())) {
      CalloutKind kind = first(run).callout();
      if (kind == null) {
        blocks.addAll(quotes(run));
      } else {
        blocks.add(new Block.Callout(kind, quotes(run)));
      }
    }
    return blocks;
  }

  private static List<Block> quotes(List<Read> lines) {
    List<Block> blocks = new ArrayList<>();
    for (List<Read> run : runs(lines, (a, b) -> a.quoted() == b.quoted())) {
      if (first(run).quoted()) {
        blocks.add(new Block.Quote(unquoted(run)));
      } else {
        blocks.addAll(unquoted(run));
      }
    }
    return blocks;
  }

  private static List<Block> unquoted(List<Read> lines) {
    List<Block> blocks = new ArrayList<>();
    for (List<Read> run : runs(lines, (a, b) -> a.listed() == b.listed())) {
      if (first(run).listed()) {
        blocks.addAll(lists(items(run)));
      } else {
        plain(run, blocks);
      }
    }
    return blocks;
  }

  /** An item while lines below it may still belong to it. */
  private record OpenItem(Read read, int indent, int skip, List<OpenItem> below) {

    Block.Item closed() {
      boolean checked = read.format().list().equals("checked");
      return new Block.Item(skip, checked, text(read), lists(below));
    }
  }

  /** A line belongs to the nearest line above it that is indented less. */
  private static List<OpenItem> items(List<Read> lines) {
    List<OpenItem> top = new ArrayList<>();
    Deque<OpenItem> open = new ArrayDeque<>();
    for (Read read : lines) {
      int indent = read.format().indent();
      while (!open.isEmpty() && open.element().indent() >= indent) {
        open.pop();
      }
      int around = open.isEmpty() ? -1 : open.element().indent();
      OpenItem item = new OpenItem(read, indent, indent - around - 1, new ArrayList<>());
      (open.isEmpty() ? top : open.element().below()).add(item);
      open.push(item);
    }
    return top;
  }

  /** Items on one level: neighbours of one kind are one list. */
  private static List<Block.ItemList> lists(List<OpenItem> items) {
    List<Block.ItemList> lists = new ArrayList<>();
    int start = 0;
    for (int end = 1; end <= items.size(); end++) {
      Block.Kind kind = items.get(start).read().format().kind();
      if (end == items.size() || items.get(end).read().format().kind() != kind) {
        List<OpenItem> run = items.subList(start, end);
        lists.add(new Block.ItemList(kind, run.stream().map(OpenItem::closed).toList()));
        start = end;
      }
    }
    return lists;
  }

  /** Lines of code make one block when they agree in everything. */
  private static void plain(List<Read> lines, List<Block> blocks) {
    for (int at = 0; at < lines.size(); at++) {
      Read read = lines.get(at);
      if (read.format().code() == null) {
        blocks.add(text(read));
        continue;
      }
      int end = at + 1;
      while (end < lines.size()
          && lines.get(end).line().attributes().equals(read.line().attributes())) {
        end++;
      }
      blocks.add(code(lines.subList(at, end)));
      at = end - 1;
    }
  }

  private static Block.TextBlock text(Read read) {
    LineFormat format = read.format();
    if (format.code() != null) {
      return code(List.of(read));
    }
    return format.header() > 0
        ? new Block.Heading(format.header(), read.line().content(), format.style())
        : new Block.Paragraph(read.line().content(), format.style());
  }

  private static Block.CodeBlock code(List<Read> lines) {
    LineFormat format = first(lines);
    return new Block.CodeBlock(
        Objects.requireNonNull(format.code()),
        lines.stream().map(read -> read.line().content()).toList(),
        format.style());
  }
}
