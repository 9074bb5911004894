package org.tandem.api.document.markdown;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Attributes;
import org.tandem.api.document.format.Align;
import org.tandem.api.document.format.CalloutKind;
import org.tandem.api.document.format.CellId;
import org.tandem.api.document.format.Formats;

/** What stands around the line that is read, as the line's attributes. Threads: one. */
final class MarkdownPlace {

  /** Kinds of the lists around, innermost first. */
  private final Deque<String> lists = new ArrayDeque<>();

  private final Deque<CalloutKind> callouts = new ArrayDeque<>();
  private int quotes;
  private boolean itemStarts;
  private String itemKind = "";
  private @Nullable CellId cell;
  private Align align = Align.START;

  void enterQuote() {
    quotes++;
  }

  void leaveQuote() {
    quotes--;
  }

  void enter(CalloutKind callout) {
    callouts.push(callout);
  }

  void leaveCallout() {
    callouts.pop();
  }

  void enterList(String kind) {
    lists.push(kind);
  }

  void leaveList() {
    lists.pop();
    itemStarts = false;
  }

  /**
   * @param kind empty for the list's own
   */
  void startItem(String kind) {
    itemStarts = true;
    itemKind = kind.isEmpty() ? lists.element() : kind;
  }

  /** A table is outermost: what it stands in goes on behind it. */
  void enter(CellId inner, Align column) {
    cell = inner;
    align = column;
  }

  void leaveCell() {
    cell = null;
    align = Align.START;
  }

  boolean inCell() {
    return cell != null;
  }

  /**
   * The attributes of a line here; an item's first line is the item.
   *
   * @param name of an attribute of the line itself; empty for none
   */
  Attributes line(String name, Object value) {
    Map<String, Object> line = new LinkedHashMap<>();
    if (cell != null) {
      line.put("cell", cell.value());
      if (align != Align.START) {
        line.put("align", align.value());
      }
      return Attributes.of(line);
    }
    if (!name.isEmpty()) {
      line.put(name, value);
    }
    if (!callouts.isEmpty()) {
      line.put("callout", callouts.element().value());
    }
    if (quotes > 0) {
      line.put("blockquote", true);
    }
    if (!lists.isEmpty()) {
      list(line);
    }
    return Attributes.of(line);
  }

  private void list(Map<String, Object> line) {
    int depth = lists.size();
    if (itemStarts) {
      line.put("list", itemKind);
      itemStarts = false;
      depth--;
    }
    if (depth > 0) {
      line.put("indent", Math.min(depth, Formats.INDENTS));
    }
  }
}
