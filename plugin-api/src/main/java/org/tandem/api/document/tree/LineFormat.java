package org.tandem.api.document.tree;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Attributes;
import org.tandem.api.document.format.Align;
import org.tandem.api.document.format.CalloutKind;
import org.tandem.api.document.format.CellId;
import org.tandem.api.document.format.Formats;

/**
 * A line's attributes, sorted into those that shape the tree and the rest, which is only kept.
 *
 * @param cell null outside of tables
 * @param callout null outside of callouts
 * @param list empty for no item
 * @param code null for no code, empty for code without a language
 * @param header 1 to 3, or 0 for no heading
 * @param extra attributes that no rule of the wiki's own knows, as they are
 */
record LineFormat(
    @Nullable CellId cell,
    @Nullable CalloutKind callout,
    boolean quoted,
    String list,
    int indent,
    @Nullable String code,
    int header,
    Align align,
    Attributes extra) {

  private static final LineFormat PLAIN =
      new LineFormat(null, null, false, "", 0, null, 0, Align.START, Attributes.NONE);

  static LineFormat of(Attributes attributes) {
    return attributes.isEmpty() ? PLAIN : new Reading().read(attributes);
  }

  boolean listed() {
    return !list.isEmpty();
  }

  Block.Kind kind() {
    return switch (list) {
      case "ordered" -> Block.Kind.ORDERED;
      case "checked", "unchecked" -> Block.Kind.CHECK;
      default -> Block.Kind.BULLET;
    };
  }

  /** What a text block of this line keeps; in a list the nesting says the indent. */
  Block.Style style() {
    int own = listed() ? 0 : indent;
    if (code != null && header > 0) {
      Map<String, @Nullable Object> kept = new LinkedHashMap<>(extra.asMap());
      kept.put("header", header);
      return new Block.Style(own, align, Attributes.of(kept));
    }
    boolean plain = own == 0 && align == Align.START && extra.isEmpty();
    return plain ? Block.Style.PLAIN : new Block.Style(own, align, extra);
  }

  /** Goes over attributes and takes what their rules allow. */
  private static final class Reading {

    private @Nullable CellId cell;
    private @Nullable CalloutKind callout;
    private boolean quoted;
    private String list = "";
    private int indent;
    private @Nullable String code;
    private int header;
    private @Nullable Align align;

    LineFormat read(Attributes attributes) {
      Map<String, @Nullable Object> extra = new LinkedHashMap<>(0);
      for (Map.Entry<String, @Nullable Object> set : attributes.asMap().entrySet()) {
        if (!takes(set.getKey(), set.getValue())) {
          extra.put(set.getKey(), set.getValue());
        }
      }
      return new LineFormat(
          cell,
          callout,
          quoted,
          list,
          indent,
          code,
          header,
          align == null ? Align.START : align,
          Attributes.of(extra));
    }

    /** Whether the attribute shapes the tree, and then it is taken. */
    private boolean takes(String name, @Nullable Object value) {
      return switch (name) {
        case "cell" -> (cell = CellId.of(value)) != null;
        case "callout" -> (callout = CalloutKind.of(value)) != null;
        case "blockquote" -> quoted = Boolean.TRUE.equals(value);
        case "list" -> !(list = Formats.isList(value) ? (String) value : "").isEmpty();
        case "indent" -> (indent = within(value, Formats.INDENTS)) > 0;
        case "code-block" -> (code = code(value)) != null;
        case "header" -> (header = within(value, Formats.HEADERS)) > 0;
        case "align" -> (align = Align.of(value)) != null;
        default -> false;
      };
    }

    private static int within(@Nullable Object value, int most) {
      return value instanceof Integer number && number >= 1 && number <= most ? number : 0;
    }

    private static @Nullable String code(@Nullable Object value) {
      if (Boolean.TRUE.equals(value)) {
        return "";
      }
      return value instanceof String name && Formats.isLanguage(name) ? name : null;
    }
  }
}
