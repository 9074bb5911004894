package org.tandem.api.document.markdown;

import org.commonmark.internal.InlineParserImpl;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.InlineParser;
import org.commonmark.parser.InlineParserContext;
import org.commonmark.parser.SourceLine;
import org.commonmark.parser.SourceLines;

/**
 * What one reading may still cost, counted in steps and not in time: the same text always reads the
 * same. The parser is linear but for three things. It walks over a block's delimiters again for
 * each delimiter and each link, it fills up each row of a table to the width of its head, and each
 * line costs as much as the blocks around it are deep, which {@link Markdown} limits. A block that
 * would go over what is left is read as plain text; those before and after it are not touched. And
 * what is read must not be many times what was sent, so links have their bound, too. Threads: one.
 */
final class MarkdownCost {

  /** Walks over delimiters, of all blocks together: a second or two. */
  private static final long MOST_STEPS = 1_000_000_000;

  /** A block of so few steps is always read, however many there are: a hundred delimiters. */
  private static final long FREE_STEPS = 10_000;

  /** Cells of all tables together, those that are filled up among them. */
  private static final long MOST_CELLS = 300_000;

  /** Characters of links beyond those of the text: one definition may be referred to by many. */
  private static final long MOST_LINKS = 1_000_000;

  private long links;
  private long steps = MOST_STEPS;
  private long cells = MOST_CELLS;
  private boolean exceeded;

  /**
   * @param length of the text, in UTF-16 code units
   */
  MarkdownCost(int length) {
    links = length + MOST_LINKS;
  }

  /** Whether one more piece of text may have a link of so many characters. */
  boolean takeLink(int length) {
    if (length > links) {
      exceeded = true;
      return false;
    }
    links -= length;
    return true;
  }

  /** Whether anything was read as plain text that is more than that. */
  boolean isExceeded() {
    return exceeded;
  }

  /** Whether a table may have one more row. */
  boolean takeRow(int columns) {
    if (columns > cells) {
      exceeded = true;
      return false;
    }
    cells -= columns;
    return true;
  }

  private boolean takeInlines(SourceLines lines) {
    long needed = steps(lines);
    if (needed <= FREE_STEPS) {
      return true;
    }
    if (needed > steps) {
      exceeded = true;
      return false;
    }
    steps -= needed;
    return true;
  }

  /**
   * No fewer than the parser takes. Each pair of a run's characters may be a delimiter of its own;
   * an escaped character is none. Those in code are counted, too: what is code, only the parser
   * knows.
   */
  private static long steps(SourceLines lines) {
    long delimiters = 0;
    long brackets = 0;
    for (SourceLine line : lines.getLines()) {
      CharSequence text = line.getContent();
      int run = 0;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        run = i > 0 && c == text.charAt(i - 1) ? run + 1 : 0;
        if (c == '\\') {
          i++;
        } else if (c == ']') {
          brackets++;
        } else if (run % 2 == 0 && (c == '*' || c == '_' || c == '~')) {
          delimiters++;
        }
      }
    }
    return delimiters * (delimiters + brackets);
  }

  /** The library's parser, which is called for each block, heading or cell by itself. */
  InlineParser inlineParser(InlineParserContext context) {
    InlineParser parser = new InlineParserImpl(context);
    return (lines, block) -> {
      if (takeInlines(lines)) {
        parser.parse(lines, block);
      } else {
        plain(lines, block);
      }
    };
  }

  private static void plain(SourceLines lines, Node block) {
    for (SourceLine line : lines.getLines()) {
      if (block.getFirstChild() != null) {
        block.appendChild(new SoftLineBreak());
      }
      block.appendChild(new Text(line.getContent().toString()));
    }
  }
}
