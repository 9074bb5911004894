package org.tandem.api.document;

import java.util.ArrayList;
import java.util.List;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.Op;

/**
 * A line of a document: what stands before a newline, and the newline's attributes.
 *
 * @param content inserts and embeds without newlines
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

  boolean quoted() {
    return Boolean.TRUE.equals(attributes.get("blockquote"));
  }

  /** The kind of list that the line is an item of; empty for none. */
  String list() {
    return attributes.get("list") instanceof String kind ? kind : "";
  }

  /** 0 to 8, so that no stored value nests a tree without bound. */
  int indent() {
    return attributes.get("indent") instanceof Integer depth
        ? Math.max(0, Math.min(depth, Formats.INDENTS))
        : 0;
  }

  boolean code() {
    Object value = attributes.get("code-block");
    return Boolean.TRUE.equals(value) || value instanceof String;
  }

  /** 1 to 3, or 0 for no heading. */
  int header() {
    return attributes.get("header") instanceof Integer level
            && level >= 1
            && level <= Formats.HEADERS
        ? level
        : 0;
  }
}
