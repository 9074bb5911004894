package org.tandem.api.document.tree;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;
import org.tandem.api.delta.Op;
import org.tandem.api.document.format.Align;
import org.tandem.api.document.format.CalloutKind;
import org.tandem.api.document.format.CellId;

/** The way back from the tree of blocks: to its lines, and from lines to a document. */
public final class Lines {

  /**
   * The containers around a block.
   *
   * @param list the value of its list; empty outside of lists
   * @param indent of the item around; -1 outside of lists
   */
  private record Around(
      @Nullable CellId cell,
      @Nullable CalloutKind callout,
      boolean quoted,
      String list,
      int indent) {

    static final Around NOTHING = new Around(null, null, false, "", -1);

    Around in(CellId inner) {
      return new Around(inner, callout, quoted, list, indent);
    }

    Around in(CalloutKind inner) {
      return new Around(cell, inner, quoted, list, indent);
    }

    Around inQuote() {
      return new Around(cell, callout, true, list, indent);
    }

    Around in(String inner, int skip) {
      return new Around(cell, callout, quoted, inner, indent + 1 + skip);
    }
  }

  private final List<Line> lines = new ArrayList<>();

  private Lines() {}

  /** The lines that a tree was made of, in order. */
  public static List<Line> of(List<Block> blocks) {
    Lines written = new Lines();
    written.write(blocks, Around.NOTHING);
    return written.lines;
  }

  /** The document that holds these lines. */
  public static Delta document(List<Line> lines) {
    DeltaBuilder document = Delta.builder();
    for (Line line : lines) {
      line.content().forEach(document::add);
      document.insert("\n", line.attributes());
    }
    return document.build();
  }

  private void write(List<? extends Block> blocks, Around around) {
    blocks.forEach(block -> write(block, around));
  }

  private void write(Block block, Around around) {
    if (block instanceof Block.Table table) {
      table(table, around);
    } else if (block instanceof Block.Callout callout) {
      write(callout.blocks(), around.in(callout.kind()));
    } else if (block instanceof Block.Quote quote) {
      write(quote.blocks(), around.inQuote());
    } else if (block instanceof Block.ItemList list) {
      list(list, around);
    } else {
      text((Block.TextBlock) block, around);
    }
  }

  private void table(Block.Table table, Around around) {
    if (table.parts().isEmpty()) {
      for (int row = 0; row < table.rows().size(); row++) {
        for (int column = 0; column < table.columns().size(); column++) {
          List<Block> blocks = table.rows().get(row).cells().get(column).blocks();
          write(blocks, around.in(cell(table, row, column)));
        }
      }
      return;
    }
    int[][] written = new int[table.rows().size()][table.columns().size()];
    for (Block.Part part : table.parts()) {
      int from = written[part.row()][part.column()];
      int to = from + part.blocks();
      written[part.row()][part.column()] = to;
      List<Block> blocks = table.rows().get(part.row()).cells().get(part.column()).blocks();
      write(blocks.subList(from, to), around.in(cell(table, part.row(), part.column())));
    }
  }

  private static CellId cell(Block.Table table, int row, int column) {
    return new CellId(table.id(), table.rows().get(row).id(), table.columns().get(column));
  }

  private void list(Block.ItemList list, Around around) {
    for (Block.Item item : list.items()) {
      String value =
          switch (list.kind()) {
            case BULLET -> "bullet";
            case ORDERED -> "ordered";
            case CHECK -> item.checked() ? "checked" : "unchecked";
          };
      Around inside = around.in(value, item.skip());
      write(item.text(), inside);
      write(item.lists(), inside);
    }
  }

  private void text(Block.TextBlock block, Around around) {
    if (block instanceof Block.Paragraph paragraph) {
      line(paragraph.content(), attributes(block, around, "", 0));
    } else if (block instanceof Block.Heading heading) {
      line(heading.content(), attributes(block, around, "header", heading.level()));
    } else if (block instanceof Block.CodeBlock code) {
      Object language = code.language().isEmpty() ? Boolean.TRUE : code.language();
      Attributes attributes = attributes(block, around, "code-block", language);
      code.lines().forEach(content -> line(content, attributes));
    }
  }

  private void line(List<Op> content, Attributes attributes) {
    lines.add(new Line(content, attributes));
  }

  /**
   * @param name of the attribute that says the block's kind; empty for none
   */
  private static Attributes attributes(
      Block.TextBlock block, Around around, String name, Object value) {
    Block.Style style = block.style();
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>(style.extra().asMap());
    if (around.cell() != null) {
      attributes.put("cell", around.cell().value());
    }
    if (around.callout() != null) {
      attributes.put("callout", around.callout().value());
    }
    if (around.quoted()) {
      attributes.put("blockquote", true);
    }
    if (!around.list().isEmpty()) {
      attributes.put("list", around.list());
    }
    int indent = around.list().isEmpty() ? style.indent() : around.indent();
    if (indent > 0) {
      attributes.put("indent", indent);
    }
    if (style.align() != Align.START) {
      attributes.put("align", style.align().value());
    }
    if (!name.isEmpty()) {
      attributes.put(name, value);
    }
    return Attributes.of(attributes);
  }
}
