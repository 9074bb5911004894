package org.tandem.sample.glossary;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.Op;
import org.tandem.api.document.LiveDocument;
import org.tandem.api.document.format.Formats;
import org.tandem.api.document.tree.Line;

/**
 * The headings of a document. Made once in time that goes with the document's length; after a
 * change it follows in time that goes with the lines that the change touches and the number of
 * headings. Immutable.
 *
 * @param document whose headings they are
 * @param mark what the heading of a glossary begins with
 * @param headings in order
 */
record Outline(LiveDocument document, String mark, List<Heading> headings) {

  /** Characters that are looked at at once, in search of a newline. */
  private static final int PIECE = 256;

  Outline {
    headings = List.copyOf(headings);
  }

  /** Reads a whole document. */
  static Outline of(LiveDocument document, String mark) {
    return new Outline(document, mark, read(document, 0, document.length(), mark));
  }

  /** The outline of the document after a change. Only lines that the change touches are read. */
  Outline after(Delta change) {
    LiveDocument next = document.apply(change);
    int grown = next.length() - document.length();
    int start = lineStart(next, untouched(change));
    int end = lineEnd(next, reach(change) + grown);
    List<Heading> all = new ArrayList<>(headings.size() + 1);
    for (Heading heading : headings) {
      if (heading.from() < start) {
        all.add(heading);
      }
    }
    all.addAll(read(next, start, end, mark));
    for (Heading heading : headings) {
      if (heading.from() >= end - grown) {
        all.add(heading.moved(grown));
      }
    }
    return new Outline(next, mark, all);
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

  private static List<Heading> read(LiveDocument document, int from, int to, String mark) {
    List<Heading> headings = new ArrayList<>();
    int at = from;
    for (Line line : Line.of(document.slice(from, to))) {
      int level = level(line.attributes());
      if (level > 0) {
        headings.add(new Heading(at, level, begins(line, mark)));
      }
      at += line.content().stream().mapToInt(Op::length).sum() + 1;
    }
    return headings;
  }

  /** 0 for no heading. What stands in a table or in code is shown as none that parts a page. */
  private static int level(Attributes line) {
    return line.get("header") instanceof Integer level
            && !line.has("cell")
            && !line.has("code-block")
        ? level
        : 0;
  }

  private static boolean begins(Line line, String mark) {
    StringBuilder text = new StringBuilder();
    for (Op op : line.content()) {
      if (op instanceof Op.Insert insert) {
        text.append(insert.text());
      }
    }
    return text.toString().strip().regionMatches(true, 0, mark, 0, mark.length());
  }

  private static int lineStart(LiveDocument document, int position) {
    int end = position;
    while (end > 0) {
      int from = Math.max(0, end - PIECE);
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
    while (from < document.length()) {
      int to = Math.min(document.length(), from + PIECE);
      int newline = document.text(from, to).indexOf('\n');
      if (newline >= 0) {
        return from + newline + 1;
      }
      from = to;
    }
    return document.length();
  }
}
