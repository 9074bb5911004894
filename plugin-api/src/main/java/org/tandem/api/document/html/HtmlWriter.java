package org.tandem.api.document.html;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes HTML piece by piece: elements nest, and every text goes through the escaper of its place.
 * Element and attribute names are the renderer's own; values are anybody's.
 */
final class HtmlWriter {

  private final StringBuilder html = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();
  private boolean inTag;

  HtmlWriter open(String element) {
    endTag();
    html.append('<').append(element);
    open.push(element);
    inTag = true;
    return this;
  }

  /** An attribute of the element that was opened last, before any content. */
  HtmlWriter attribute(String name, String value) {
    html.append(' ').append(name).append("=\"");
    escape(value, true);
    html.append('"');
    return this;
  }

  HtmlWriter text(String text) {
    endTag();
    escape(text, false);
    return this;
  }

  HtmlWriter close() {
    endTag();
    html.append("</").append(open.pop()).append('>');
    return this;
  }

  /** Ends an element that holds nothing and has no end tag. */
  HtmlWriter closeEmpty() {
    endTag();
    open.pop();
    return this;
  }

  private void endTag() {
    if (inTag) {
      html.append('>');
      inTag = false;
    }
  }

  /** Writes what needs no escape in one piece; mostly that is all. */
  private void escape(String text, boolean inAttribute) {
    int written = 0;
    for (int i = 0; i < text.length(); i++) {
      String escaped = escaped(text.charAt(i), inAttribute);
      if (!escaped.isEmpty()) {
        html.append(text, written, i).append(escaped);
        written = i + 1;
      }
    }
    if (written == 0) {
      html.append(text);
    } else {
      html.append(text, written, text.length());
    }
  }

  /** What stands for a character; empty for itself. */
  private static String escaped(char c, boolean inAttribute) {
    return switch (c) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '"' -> inAttribute ? "&quot;" : "";
      case '\'' -> inAttribute ? "&#39;" : "";
      case '\u0000' -> "\ufffd";
      default -> "";
    };
  }

  @Override
  public String toString() {
    return html.toString();
  }
}
