package org.tandem.api.document.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Op;
import org.tandem.api.document.format.Links;
import org.tandem.api.document.tree.Piece;

/** Writes runs of text with their inline formats. */
final class HtmlText {

  /**
   * An inline element that is open.
   *
   * @param value a link's address, a span's class
   */
  private record Mark(String element, String value) {}

  /** Formats that are an element each; a set of them is a number below 64. */
  private static final List<String> FORMATS =
      List.of("bold", "italic", "underline", "strike", "code");

  private static final int UNKNOWN = 1 << FORMATS.size();

  /** The elements of each set of formats, from the outermost in. */
  private static final List<List<Mark>> ELEMENTS =
      IntStream.range(0, 2 * UNKNOWN).mapToObj(HtmlText::elements).toList();

  private final HtmlWriter html;

  HtmlText(HtmlWriter html) {
    this.html = html;
  }

  /** Runs of text; a format that goes on from one to the next stays open. */
  void write(List<Op> content) {
    List<Mark> open = List.of();
    for (Op op : content) {
      List<Mark> marks = marks(op.attributes());
      int kept = 0;
      while (kept < Math.min(open.size(), marks.size()) && open.get(kept).equals(marks.get(kept))) {
        kept++;
      }
      close(open.size() - kept);
      for (int i = kept; i < marks.size(); i++) {
        open(marks.get(i));
      }
      open = marks;
      if (op instanceof Op.Insert insert) {
        html.text(insert.text());
      } else if (op instanceof Op.Embed embed) {
        placeholder(embed);
      }
    }
    close(open.size());
  }

  private void open(Mark mark) {
    html.open(mark.element());
    if (mark.element().equals("a")) {
      html.attribute("href", mark.value()).attribute("rel", "noopener nofollow");
    } else if (mark.element().equals("span")) {
      html.attribute("class", mark.value());
    }
  }

  private void close(int count) {
    for (int i = 0; i < count; i++) {
      html.close();
    }
  }

  private static List<Mark> elements(int formats) {
    List<String> names = List.of("strong", "em", "u", "s", "code");
    List<Mark> marks = new ArrayList<>();
    if ((formats & UNKNOWN) != 0) {
      marks.add(new Mark("span", "unknown-format"));
    }
    for (int i = 0; i < names.size(); i++) {
      if ((formats & 1 << i) != 0) {
        marks.add(new Mark(names.get(i), ""));
      }
    }
    return List.copyOf(marks);
  }

  /** The elements that attributes mean, from the outermost in. */
  private static List<Mark> marks(Attributes attributes) {
    if (attributes.isEmpty()) {
      return List.of();
    }
    int formats = 0;
    for (Map.Entry<String, @Nullable Object> set : attributes.asMap().entrySet()) {
      int format = FORMATS.indexOf(set.getKey());
      if (format >= 0) {
        formats |= Boolean.TRUE.equals(set.getValue()) ? 1 << format : 0;
      } else if (!set.getKey().equals("link")) {
        formats |= UNKNOWN;
      }
    }
    List<Mark> elements = ELEMENTS.get(formats);
    if (!(attributes.get("link") instanceof String address && Links.allowed(address))) {
      return elements;
    }
    List<Mark> marks = new ArrayList<>(elements.size() + 1);
    marks.add(new Mark("a", address));
    marks.addAll(elements);
    return marks;
  }

  /** A thing whose extension is not there: named, so that nobody takes it for lost. */
  private void placeholder(Op.Embed embed) {
    html.open("span").attribute("class", "unknown-embed");
    html.text(Piece.isDivider(embed) ? "\u2014" : "[" + embed.type() + "]");
    html.close();
  }
}
