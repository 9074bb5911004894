package org.tandem.sample.glossary;

import java.util.ArrayList;
import java.util.List;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Op;
import org.tandem.api.document.LiveDocument;

/**
 * Reads the headings of a part of a document, from its beginning to its end and no character twice.
 * It gives up at a number of headings and of steps that no page of people's making has, so that
 * what was written on a page does not decide how long its check takes. A step is a piece of text
 * with the same attributes, of which a long one has several, or a heading. For one reading.
 *
 * <p>Threads: one.
 */
final class HeadingReader {

  static final int MOST_HEADINGS = 2_000;
  static final int MOST_STEPS = 50_000;

  /** Characters of a step at most. */
  private static final int STEP = 64;

  /** Characters that are taken out of the document at once. */
  private static final int PIECE = 16_384;

  private final LiveDocument document;
  private final String mark;
  private final List<Heading> headings = new ArrayList<>();

  /** What the line that is read begins with, as much as the mark is long. */
  private final StringBuilder beginning = new StringBuilder();

  private int lineStart;
  private int at;
  private int steps;

  HeadingReader(LiveDocument document, String mark) {
    this.document = document;
    this.mark = mark;
  }

  /**
   * Reads whole lines.
   *
   * @return false when it gave up
   */
  boolean read(int from, int to) {
    lineStart = from;
    at = from;
    while (at < to) {
      for (Op op : document.slice(at, Math.min(to, at + PIECE)).ops()) {
        steps += 1 + op.length() / STEP;
        if (steps > MOST_STEPS || op instanceof Op.Insert insert && !text(insert)) {
          return false;
        }
        at += op.length();
      }
    }
    return true;
  }

  private boolean text(Op.Insert insert) {
    String text = insert.text();
    int level = level(insert.attributes());
    int done = 0;
    if (level == 0) {
      done = text.lastIndexOf('\n') + 1;
      if (done > 0) {
        line(at + done);
      }
    } else {
      for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', done)) {
        begin(text, done, end);
        if (headings.size() == MOST_HEADINGS) {
          return false;
        }
        steps++;
        headings.add(new Heading(lineStart, level, isMarked()));
        done = end + 1;
        line(at + done);
      }
    }
    begin(text, done, text.length());
    return true;
  }

  private void line(int start) {
    beginning.setLength(0);
    lineStart = start;
  }

  private void begin(String text, int from, int to) {
    int start = from;
    while (beginning.isEmpty() && start < to && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    beginning.append(text, start, Math.min(to, start + mark.length() - beginning.length()));
  }

  private boolean isMarked() {
    return beginning.toString().regionMatches(true, 0, mark, 0, mark.length());
  }

  /** 0 for no heading. What stands in a table or in code is shown as none that parts a page. */
  private static int level(Attributes line) {
    return line.get("header") instanceof Integer level
            && !line.has("cell")
            && !line.has("code-block")
        ? level
        : 0;
  }

  /** Those that were read, in order. */
  List<Heading> headings() {
    return headings;
  }

  int steps() {
    return steps;
  }
}
