package org.tandem.sample.glossary;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.Op;
import org.tandem.api.document.LiveDocument;
import org.tandem.api.document.format.Formats;

/**
 * The headings of a document. Made once in time that goes with the document's length; after a
 * change it follows in time that goes with the lines that the change touches and the number of
 * headings. Immutable.
 *
 * @param document whose headings they are
 * @param mark what the heading of a glossary begins with
 * @param headings in order; none when the outline is not whole
 * @param whole false when the document has more of them than are kept, or was too much to read: see
 *     {@link HeadingReader}
 */
record Outline(LiveDocument document, String mark, List<Heading> headings, boolean whole) {

  /** Characters that are looked at at first, in search of a newline, and then at most. */
  private static final int SHORT_PIECE = 256;

  private static final int LONG_PIECE = 16_384;

  Outline {
    headings = List.copyOf(headings);
  }

  /** Reads a whole document. */
  static Outline of(LiveDocument document, String mark) {
    HeadingReader reader = new HeadingReader(document, mark);
    return reader.read(0, document.length())
        ? new Outline(document, mark, reader.headings(), true)
        : tooMuch(document, mark);
  }

  private static Outline tooMuch(LiveDocument document, String mark) {
    return new Outline(document, mark, List.of(), false);
  }

  /**
   * The outline of the document after a change. Only lines that the change touches are read, but
   * for those of a document whose outline is not whole.
   */
  Outline after(Delta change) {
    LiveDocument next = document.apply(change);
    if (!whole) {
      return of(next, mark);
    }
    int grown = next.length() - document.length();
    int start = lineStart(next, untouched(change));
    int end = lineEnd(next, reach(change) + grown);
    HeadingReader reader = new HeadingReader(next, mark);
    if (!reader.read(start, end)) {
      return tooMuch(next, mark);
    }
    List<Heading> all = new ArrayList<>(headings.size() + 1);
    for (Heading heading : headings) {
      if (heading.from() < start) {
        all.add(heading);
      }
    }
    all.addAll(reader.headings());
    for (Heading heading : headings) {
      if (heading.from() >= end - grown) {
        all.add(heading.moved(grown));
      }
    }
    return all.size() <= HeadingReader.MOST_HEADINGS
        ? new Outline(next, mark, all, true)
        : tooMuch(next, mark);
  }

  /** The glossaries, in order. One that stands within another is there by itself, too. */
  List<Section> sections() {
    Deque<Section> sections = new ArrayDeque<>();
    int[] next = new int[Formats.HEADERS + 1];
    Arrays.fill(next, document.length());
    for (int i = headings.size() - 1; i >= 0; i--) {
      Heading heading = headings.get(i);
      if (heading.marked()) {
        sections.addFirst(new Section(heading.from(), next[heading.level()]));
      }
      Arrays.fill(next, heading.level(), next.length, heading.from());
    }
    return List.copyOf(sections);
  }

  /** How much of the document's beginning a change leaves as it is. */
  private static int untouched(Delta change) {
    return !change.isEmpty()
            && change.ops().get(0) instanceof Op.Retain first
            && first.attributes().isEmpty()
        ? first.length()
        : 0;
  }

  /** The position in the document before the change that it does not go beyond. */
  private static int reach(Delta change) {
    int reach = 0;
    for (Op op : change.ops()) {
      reach += op instanceof Op.Retain || op instanceof Op.Delete ? op.length() : 0;
    }
    return reach;
  }

  private static int lineStart(LiveDocument document, int position) {
    int end = position;
    for (int piece = SHORT_PIECE; end > 0; piece = Math.min(2 * piece, LONG_PIECE)) {
      int from = Math.max(0, end - piece);
      int newline = document.text(from, end).lastIndexOf('\n');
      if (newline >= 0) {
        return from + newline + 1;
      }
      end = from;
    }
    return 0;
  }

  /** Behind the newline of the line that the position is in. */
  private static int lineEnd(LiveDocument document, int position) {
    int from = position;
    for (int piece = SHORT_PIECE;
        from < document.length();
        piece = Math.min(2 * piece, LONG_PIECE)) {
      int to = Math.min(document.length(), from + piece);
      int newline = document.text(from, to).indexOf('\n');
      if (newline >= 0) {
        return from + newline + 1;
      }
      from = to;
    }
    return document.length();
  }
}
