package org.tandem.api.document;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.Op;

/**
 * The tree of blocks that a document's lines mean. Every combination of line attributes has a tree:
 * quotes are outermost, then lists by indent, then code before heading before paragraph.
 */
public final class BlockTree {

  private BlockTree() {}

  public static List<Block> of(Delta document) {
    List<Block> blocks = new ArrayList<>();
    List<Line> lines = Line.of(document);
    int at = 0;
    while (at < lines.size()) {
      boolean quoted = lines.get(at).quoted();
      int end = run(lines, at, line -> line.quoted() == quoted);
      List<Block> inner = unquoted(lines.subList(at, end));
      if (quoted) {
        blocks.add(new Block.Quote(inner));
      } else {
        blocks.addAll(inner);
      }
      at = end;
    }
    return blocks;
  }

  /** The end of the run of lines from {@code start} that pass. */
  private static int run(List<Line> lines, int start, Predicate<Line> passes) {
    int end = start;
    while (end < lines.size() && passes.test(lines.get(end))) {
      end++;
    }
    return end;
  }

  private static List<Block> unquoted(List<Line> lines) {
    List<Block> blocks = new ArrayList<>();
    int at = 0;
    while (at < lines.size()) {
      boolean listed = !lines.get(at).list().isEmpty();
      int end = run(lines, at, line -> line.list().isEmpty() != listed);
      List<Line> part = lines.subList(at, end);
      blocks.addAll(listed ? lists(part) : plain(part));
      at = end;
    }
    return blocks;
  }

  /** Lists of lines that are all items: deeper lines belong to the item before them. */
  private static List<Block> lists(List<Line> lines) {
    List<Block> lists = new ArrayList<>();
    List<Block.Item> items = new ArrayList<>();
    int at = 0;
    while (at < lines.size()) {
      Line line = lines.get(at);
      int end = run(lines, at + 1, below -> below.indent() > line.indent());
      List<Block> blocks = new ArrayList<>(plain(List.of(line)));
      blocks.addAll(lists(lines.subList(at + 1, end)));
      items.add(new Block.Item(line.list().equals("checked"), blocks));
      at = end;
      if (at == lines.size() || kind(lines.get(at)) != kind(line)) {
        lists.add(new Block.ItemList(kind(line), List.copyOf(items)));
        items.clear();
      }
    }
    return lists;
  }

  private static Block.Kind kind(Line line) {
    return switch (line.list()) {
      case "ordered" -> Block.Kind.ORDERED;
      case "checked", "unchecked" -> Block.Kind.CHECK;
      default -> Block.Kind.BULLET;
    };
  }

  private static List<Block> plain(List<Line> lines) {
    List<Block> blocks = new ArrayList<>();
    int at = 0;
    while (at < lines.size()) {
      Line line = lines.get(at);
      if (line.code()) {
        int end = run(lines, at, next -> next.attributes().equals(line.attributes()));
        blocks.add(code(lines.subList(at, end)));
        at = end;
      } else {
        text(line, blocks);
        at++;
      }
    }
    return blocks;
  }

  private static Block code(List<Line> lines) {
    String language =
        lines.get(0).attributes().get("code-block") instanceof String name ? name : "";
    return new Block.CodeBlock(language, lines.stream().map(Line::content).toList());
  }

  /** A paragraph or heading; a divider that stands in it cuts it in pieces. */
  private static void text(Line line, List<Block> blocks) {
    int indent = line.list().isEmpty() ? line.indent() : 0;
    List<Op> piece = new ArrayList<>();
    boolean cut = false;
    for (Op op : line.content()) {
      if (op instanceof Op.Embed embed && embed.type().equals("divider")) {
        if (!piece.isEmpty()) {
          blocks.add(block(line, piece, indent));
          piece.clear();
        }
        blocks.add(new Block.Divider());
        cut = true;
      } else {
        piece.add(op);
      }
    }
    if (!cut || !piece.isEmpty()) {
      blocks.add(block(line, piece, indent));
    }
  }

  private static Block block(Line line, List<Op> piece, int indent) {
    List<Op> content = List.copyOf(piece);
    return line.header() > 0
        ? new Block.Heading(line.header(), content, indent)
        : new Block.Paragraph(content, indent);
  }
}
