package org.tandem.api.document.format;

import java.util.Locale;
import java.util.Set;

/**
 * The elements of HTML that a plugin's rendering may be made of. None of them runs anything, loads
 * anything from elsewhere or takes what a reader types.
 */
public enum Tag {
  SPAN(Content.PHRASES),
  STRONG(Content.PHRASES),
  EM(Content.PHRASES),
  MARK(Content.PHRASES),
  SMALL(Content.PHRASES),
  SUB(Content.PHRASES),
  SUP(Content.PHRASES),
  CODE(Content.PHRASES),
  KBD(Content.PHRASES),
  SAMP(Content.PHRASES),
  VAR(Content.PHRASES),
  ABBR(Content.PHRASES),
  CITE(Content.PHRASES),
  Q(Content.PHRASES),
  DFN(Content.PHRASES),
  INS(Content.PHRASES),
  DEL(Content.PHRASES),
  BDI(Content.PHRASES),
  TIME(Content.PHRASES, "datetime"),
  A(Content.PHRASES, "href"),
  IMG(Content.NOTHING, "src", "alt"),
  BR(Content.NOTHING),
  P(Content.PHRASES),
  DIV(Content.BLOCKS),
  SECTION(Content.BLOCKS),
  ASIDE(Content.BLOCKS),
  FIGURE(Content.BLOCKS),
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
