package org.tandem.api.document;

import java.util.List;
import org.tandem.api.delta.Op;

/** A block of the derived tree. */
public sealed interface Block {

  /**
   * @param indent 0 to 8
   */
  record Paragraph(List<Op> content, int indent) implements Block {}

  /**
   * @param level 1 to 3
   */
  record Heading(int level, List<Op> content, int indent) implements Block {}

  /**
   * @param language empty for none
   */
  record CodeBlock(String language, List<List<Op>> lines) implements Block {}

  record Quote(List<Block> blocks) implements Block {}

  /** Items of one kind on one level. */
  record ItemList(Kind kind, List<Item> items) implements Block {}

  /** A horizontal rule. */
  record Divider() implements Block {}

  /** Kinds of lists. */
  enum Kind {
    BULLET,
    ORDERED,
    CHECK
  }

  /**
   * @param checked for check lists
   * @param blocks its own line first, then nested lists
   */
  record Item(boolean checked, List<Block> blocks) {}
}
