package org.tandem.api.document.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Op;
import org.tandem.api.document.format.Links;
import org.tandem.api.document.format.Tag;
import org.tandem.api.document.tree.Piece;

/** Writes runs of text with their inline formats. */
final class HtmlText {

  /**
   * An inline element that is open.
   *
   * @param value a link's address, a span's class
   * @param wrap a plugin's, instead of an element of the wiki's own
   */
  private record Mark(String element, String value, Optional<HtmlLooks.Wrap> wrap) {

    Mark(String element, String value) {
      this(element, value, Optional.empty());
    }

    Mark(HtmlLooks.Wrap wrap) {
      this("", "", Optional.of(wrap));
    }

    boolean isLink() {
      return element.equals("a") || wrap.filter(own -> own.element().tag() == Tag.A).isPresent();
    }
  }

  /** Formats that are an element each; a set of them is a number below 64. */
  private static final List<String> FORMATS =
      List.of("bold", "italic", "underline", "strike", "code");

  private static final int UNKNOWN = 1 << FORMATS.size();

  /** The elements of each set of formats, from the outermost in. */
  private static final List<List<Mark>> ELEMENTS =
      IntStream.range(0, 2 * UNKNOWN).mapToObj(HtmlText::elements).toList();

  private final HtmlWriter html;
  private final HtmlLooks looks;

  HtmlText(HtmlWriter html, HtmlLooks looks) {
    this.html = html;
    this.looks = looks;
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
      boolean inLink = marks.stream().limit(kept).anyMatch(Mark::isLink);
      for (Mark mark : marks.subList(kept, marks.size())) {
        open(mark, inLink);
        inLink |= mark.isLink();
      }
      open = marks;
      if (op instanceof Op.Insert insert) {
        html.text(insert.text());
      } else if (op instanceof Op.Embed embed && !looks.thing(embed, inLink)) {
        placeholder(embed);
      }
    }
    close(open.size());
  }

  private void open(Mark mark, boolean inLink) {
    if (mark.wrap().isPresent()) {
      if (!looks.open(mark.wrap().get(), inLink)) {
        // One that is left out, for all of them close.
        html.open("span");
      }
      return;
    }
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
  private List<Mark> marks(Attributes attributes) {
    if (attributes.isEmpty()) {
      return List.of();
    }
    List<HtmlLooks.Wrap> wraps = looks.inline(attributes);
    int formats = 0;
    for (Map.Entry<String, @Nullable Object> set : attributes.asMap().entrySet()) {
      int format = FORMATS.indexOf(set.getKey());
      if (format >= 0) {
        formats |= Boolean.TRUE.equals(set.getValue()) ? 1 << format : 0;
      } else if (!set.getKey().equals("link")
          && wraps.stream().noneMatch(wrap -> wrap.format().equals(set.getKey()))) {
        formats |= UNKNOWN;
      }
    }
    List<Mark> elements = ELEMENTS.get(formats);
    boolean linked = attributes.get("link") instanceof String address && Links.allowed(address);
    if (!linked && wraps.isEmpty()) {
      return elements;
    }
    List<Mark> marks = new ArrayList<>(elements.size() + 1);
    if (linked) {
      marks.add(new Mark("a", String.valueOf(attributes.get("link"))));
    }
    wraps.forEach(wrap -> marks.add(new Mark(wrap)));
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
