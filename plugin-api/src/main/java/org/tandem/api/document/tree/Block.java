package org.tandem.api.document.tree;

import java.util.List;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Op;
import org.tandem.api.document.format.Align;
import org.tandem.api.document.format.CalloutKind;

/**
 * A block of the derived tree. {@link BlockTree} makes the tree, {@link Lines} takes it back to the
 * same lines: what the tree's shape does not say stands in the blocks' fields. Immutable: a block
 * keeps copies of the lists that it is made of.
 */
public sealed interface Block {

  /** A block of text: the leaf that a line, or the lines of code, became. */
  sealed interface TextBlock extends Block {

    /** What its line says beside its kind. */
    Style style();
  }

  /**
   * What a line says beside its kind and its containers.
   *
   * @param indent 0 to 8; 0 in lists, where the nesting says it
   * @param align where its text stands
   * @param extra attributes that shape nothing: those of plugins, and values out of their rules
   */
  record Style(int indent, Align align, Attributes extra) {

    static final Style PLAIN = new Style(0, Align.START, Attributes.NONE);
  }

  /**
   * Running text.
   *
   * @param content text and embeds; a divider among them is shown as a rule that cuts the paragraph
   * @param style what its line says besides
   */
  record Paragraph(List<Op> content, Style style) implements TextBlock {

    public Paragraph {
      content = List.copyOf(content);
    }
  }

  /**
   * A heading of a section.
   *
   * @param level 1 to 3
   * @param content as a paragraph's
   * @param style what its line says besides
   */
  record Heading(int level, List<Op> content, Style style) implements TextBlock {

    public Heading {
      content = List.copyOf(content);
    }
  }

  /**
   * Lines of code with the same attributes.
   *
   * @param language empty for none
   * @param lines at least one; one alone in lists
   * @param style kept and not shown: code has a layout of its own
   */
  record CodeBlock(String language, List<List<Op>> lines, Style style) implements TextBlock {

    public CodeBlock {
      lines = lines.stream().map(List::copyOf).toList();
    }
  }

  /**
   * What somebody else has said.
   *
   * @param blocks at least one
   */
  record Quote(List<Block> blocks) implements Block {

    public Quote {
      blocks = List.copyOf(blocks);
    }
  }

  /**
   * A box that stands out of the text.
   *
   * @param kind what it is for
   * @param blocks at least one
   */
  record Callout(CalloutKind kind, List<Block> blocks) implements Block {

    public Callout {
      blocks = List.copyOf(blocks);
    }
  }

  /**
   * Items of one kind on one level.
   *
   * @param kind of all its items
   * @param items at least one
   */
  record ItemList(Kind kind, List<Item> items) implements Block {

    public ItemList {
      items = List.copyOf(items);
    }
  }

  /** Kinds of lists. */
  enum Kind {
    /** Items with a dot. */
    BULLET,

    /** Numbered items. */
    ORDERED,

    /** Items with a box that is checked or not. */
    CHECK
  }

  /**
   * An item of a list, with the lists inside it.
   *
   * @param skip how many steps of indent its line goes deeper than the one that its nesting says
   * @param checked for check lists
   * @param text its own line
   * @param lists what is indented below it
   */
  record Item(int skip, boolean checked, TextBlock text, List<ItemList> lists) {

    public Item {
      lists = List.copyOf(lists);
    }
  }

  /**
   * A rectangle of cells; {@link TableShape} says how lines become one.
   *
   * @param id the name that all of its cells give
   * @param columns their ids in order, each once, at most {@value #MOST_COLUMNS}
   * @param rows at least one, each id once; the first is the table's head
   * @param parts all of its blocks in the order of the document; none when that is row by row and
   *     cell by cell
   */
  record Table(String id, List<String> columns, List<Row> rows, List<Part> parts) implements Block {

    /** What a table shows is at most this many times as much as it stores. */
    public static final int MOST_COLUMNS = 64;

    public Table {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
      parts = List.copyOf(parts);
    }

    /** A table whose lines stand row by row and cell by cell. */
    public Table(String id, List<String> columns, List<Row> rows) {
      this(id, columns, rows, List.of());
    }
  }

  /**
   * A row of a table.
   *
   * @param id the name that its cells give
   * @param cells one for each column of the table
   */
  record Row(String id, List<Cell> cells) {

    public Row {
      cells = List.copyOf(cells);
    }
  }

  /**
   * Blocks of a cell that follow each other in the document: the next ones of it.
   *
   * @param row counted from 0
   * @param column counted from 0
   * @param blocks how many, at least one
   */
  record Part(int row, int column, int blocks) {}

  /**
   * A cell of a table.
   *
   * @param blocks none for a gap, where the row has no line for the column
   */
  record Cell(List<Block> blocks) {

    static final Cell GAP = new Cell(List.of());

    public Cell {
      blocks = List.copyOf(blocks);
    }

    /** Whether the row has no line for this column. */
    public boolean isGap() {
      return blocks.isEmpty();
    }
  }
}
