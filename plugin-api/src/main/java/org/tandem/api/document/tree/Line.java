package org.tandem.api.document.tree;

import java.util.ArrayList;
import java.util.List;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.Op;

/**
 * A line of a document: what stands before a newline, and the newline's attributes.
 *
 * @param content inserts and embeds without newlines
 * @param attributes the newline's
 */
public record Line(List<Op> content, Attributes attributes) {

  public Line {
    content = List.copyOf(content);
  }

  /** The lines of a document, in order. */
  public static List<Line> of(Delta document) {
    List<Line> lines = new ArrayList<>();
    List<Op> content = new ArrayList<>();
    for (Op op : document.ops()) {
      if (op instanceof Op.Insert insert) {
        split(insert, content, lines);
      } else {
        content.add(op);
      }
    }
    if (!content.isEmpty()) {
      lines.add(new Line(content, Attributes.NONE));
    }
    return lines;
  }

  private static void split(Op.Insert insert, List<Op> content, List<Line> lines) {
    String text = insert.text();
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      if (end > start) {
        content.add(new Op.Insert(text.substring(start, end), insert.attributes()));
      }
      lines.add(new Line(content, insert.attributes()));
      content.clear();
      start = end + 1;
    }
    if (start < text.length()) {
      content.add(new Op.Insert(text.substring(start), insert.attributes()));
    }
  }
}
