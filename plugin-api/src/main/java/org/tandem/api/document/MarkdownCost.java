package org.tandem.api.document;

import java.util.regex.Pattern;

/**
 * Whether the parser would take long over a text. Two of its steps go with the square of a
 * paragraph: it looks for the partner of each bracket among those that are open, and from each
 * {@code <} on for the end of a tag or comment. No writer's text comes near the bounds.
 */
final class MarkdownCost {

  /** Brackets within brackets. */
  private static final int DEEPEST = 100;

  /** Characters that are looked at for ends of tags, in the whole text: a quarter of a second. */
  private static final long MOST_LOOKS = 1_000_000_000;

  private static final Pattern FENCE = Pattern.compile(" {0,3}(```|~~~).*");

  private final String source;
  private long looks;
  private long tags;
  private long paragraph;
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
    return looks > MOST_LOOKS;
  }

  /** Fenced code is not searched for tags. */
  private void line(String line) {
    if (FENCE.matcher(line).matches()) {
      endParagraph();
      fenced = !fenced;
    } else if (line.isBlank()) {
      endParagraph();
    } else if (!fenced) {
      tags += line.chars().filter(c -> c == '<').count();
      paragraph += line.length();
    }
  }

  private void endParagraph() {
    looks += tags * paragraph;
    tags = 0;
    paragraph = 0;
  }
}
