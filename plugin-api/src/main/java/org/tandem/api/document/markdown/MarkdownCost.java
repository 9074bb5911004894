package org.tandem.api.document.markdown;

import java.util.regex.Pattern;

/**
 * Whether the parser would take long over a text. Three of its steps go with the square of a
 * paragraph: it looks for the partner of each bracket among those that are open, from each {@code
 * <} on for the end of a tag or comment, and fills up each row of a table to the width of its head.
 * No writer's text comes near the bounds.
 */
final class MarkdownCost {

  /** Brackets within brackets. */
  private static final int DEEPEST = 100;

  /** Characters that are looked at for ends of tags, in the whole text: a quarter of a second. */
  private static final long MOST_LOOKS = 1_000_000_000;

  /** Cells of all tables together, those that are filled up among them. */
  private static final long MOST_CELLS = 200_000;

  /** What ends the head of a table, also within quotes. */
  private static final Pattern TABLE_RULE = Pattern.compile("[-|:> \\t]++");

  private static final Pattern FENCE = Pattern.compile(" {0,3}(```|~~~).*");

  private final String source;
  private long looks;
  private long tags;
  private long paragraph;
  private long cells;

  /** How wide the table is that goes on; 0 for none. */
  private long columns;

  private boolean fenced;

  private MarkdownCost(String source) {
    this.source = source;
  }

  static boolean isTooHigh(String source) {
    return nestsTooDeep(source) || new MarkdownCost(source).looksTooFar();
  }

  private static boolean nestsTooDeep(String source) {
    int depth = 0;
    for (int i = 0; i < source.length() && depth <= DEEPEST; i++) {
      char c = source.charAt(i);
      if (c == '[') {
        depth++;
      } else if (c == ']' && depth > 0) {
        depth--;
      }
    }
    return depth > DEEPEST;
  }

  private boolean looksTooFar() {
    source.lines().forEach(this::line);
    endParagraph();
    return looks > MOST_LOOKS || cells > MOST_CELLS;
  }

  /** Fenced code is not searched for tags. */
  private void line(String line) {
    if (FENCE.matcher(line).matches()) {
      endParagraph();
      fenced = !fenced;
    } else if (line.isBlank()) {
      endParagraph();
    } else if (!fenced) {
      tags += count('<', line);
      paragraph += line.length();
      row(line);
    }
  }

  /** A line of a table, if there may be one here: too many are counted rather than too few. */
  private void row(String line) {
    long pipes = count('|', line);
    cells += columns;
    if (pipes == 0) {
      columns = 0;
    } else if (TABLE_RULE.matcher(line).matches()) {
      columns = Math.max(columns, pipes + 1);
    }
  }

  private static long count(char counted, String line) {
    return line.chars().filter(c -> c == counted).count();
  }

  private void endParagraph() {
    looks += tags * paragraph;
    tags = 0;
    paragraph = 0;
    columns = 0;
  }
}
