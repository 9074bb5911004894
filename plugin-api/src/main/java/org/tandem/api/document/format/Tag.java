package org.tandem.api.document.format;

import java.util.Locale;
import java.util.Set;

/**
 * The elements of HTML that a plugin's rendering may be made of. None of them runs anything, loads
 * anything from elsewhere or takes what a reader types.
 */
public enum Tag {
  /** A phrase without a meaning of its own. */
  SPAN(Content.PHRASES),
  /** Of importance. */
  STRONG(Content.PHRASES),
  /** Stressed. */
  EM(Content.PHRASES),
  /** Marked, as with a pen. */
  MARK(Content.PHRASES),
  /** Side comments. */
  SMALL(Content.PHRASES),
  /** A subscript. */
  SUB(Content.PHRASES),
  /** A superscript. */
  SUP(Content.PHRASES),
  /** Code. */
  CODE(Content.PHRASES),
  /** What is typed. */
  KBD(Content.PHRASES),
  /** What a program says. */
  SAMP(Content.PHRASES),
  /** A variable. */
  VAR(Content.PHRASES),
  /** An abbreviation; {@code title} says what of. */
  ABBR(Content.PHRASES),
  /** The title of a work. */
  CITE(Content.PHRASES),
  /** A short quotation. */
  Q(Content.PHRASES),
  /** A term where it is defined. */
  DFN(Content.PHRASES),
  /** Inserted. */
  INS(Content.PHRASES),
  /** Deleted. */
  DEL(Content.PHRASES),
  /** Text whose direction is its own. */
  BDI(Content.PHRASES),
  /** A time; {@code datetime} says it to machines. */
  TIME(Content.PHRASES, "datetime"),
  /** A link, as {@link Links} allows it. */
  A(Content.PHRASES, "href"),
  /** A picture of the wiki itself. */
  IMG(Content.NOTHING, "src", "alt"),
  /** A line break. */
  BR(Content.NOTHING),
  /** A paragraph. */
  P(Content.PHRASES),
  /** A block without a meaning of its own. */
  DIV(Content.BLOCKS),
  /** A section. */
  SECTION(Content.BLOCKS),
  /** Beside the text. */
  ASIDE(Content.BLOCKS),
  /** A figure. */
  FIGURE(Content.BLOCKS),
  /** A long quotation. */
  BLOCKQUOTE(Content.BLOCKS);

  /** What may stand in an element. */
  private enum Content {
    NOTHING,
    PHRASES,
    BLOCKS
  }

  private final Content content;
  private final Set<String> attributes;
  private final String word = name().toLowerCase(Locale.ROOT);

  Tag(Content content, String... attributes) {
    this.content = content;
    this.attributes = Set.of(attributes);
  }

  /** As it is written: {@code span}. */
  public String word() {
    return word;
  }

  /** Whether it may stand among text; all others stand where paragraphs do. */
  public boolean isPhrase() {
    return this != P && content != Content.BLOCKS;
  }

  /** Whether nothing may stand in it. */
  public boolean isEmpty() {
    return content == Content.NOTHING;
  }

  /** Whether blocks of text may stand in it. */
  public boolean takesBlocks() {
    return content == Content.BLOCKS;
  }

  /** Whether it has an attribute that not all have. */
  boolean has(String attribute) {
    return attributes.contains(attribute);
  }
}
