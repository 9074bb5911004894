package org.tandem.wiki.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.Op;
import org.tandem.api.document.format.CellId;

/** A document as its lines, each a document of its own that ends with the line's newline. */
final class Lines {

  private Lines() {}

  static List<Delta> of(Delta document) {
    List<Delta> lines = new ArrayList<>();
    List<Op> line = new ArrayList<>();
    for (Op op : document.ops()) {
      if (op instanceof Op.Insert insert) {
        split(insert, line, lines);
      } else {
        line.add(op);
      }
    }
    return lines;
  }

  private static void split(Op.Insert insert, List<Op> line, List<Delta> lines) {
    String text = insert.text();
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      if (end > start) {
        line.add(new Op.Insert(text.substring(start, end), insert.attributes()));
      }
      line.add(new Op.Insert("\n", insert.attributes()));
      lines.add(Delta.of(line));
      line.clear();
      start = end + 1;
    }
    if (start < text.length()) {
      line.add(new Op.Insert(text.substring(start), insert.attributes()));
    }
  }

  static Delta join(List<Delta> lines) {
    return Delta.of(lines.stream().flatMap(line -> line.ops().stream()).toList());
  }

  /** The cell that a line stands in. */
  static Optional<CellId> cell(Delta line) {
    Op end = line.ops().get(line.ops().size() - 1);
    return Optional.ofNullable(CellId.of(end.attributes().get("cell")));
  }

  /** What stands in a line, without any attribute: equal where positions mean the same. */
  static List<Object> bare(Delta line) {
    List<Object> bare = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (Op op : line.ops()) {
      if (op instanceof Op.Insert insert) {
        text.append(insert.text());
      } else if (op instanceof Op.Embed embed) {
        bare.add(text.toString());
        bare.add(List.of(embed.type(), String.valueOf(embed.value())));
        text.setLength(0);
      }
    }
    bare.add(text.toString());
    return bare;
  }
}
