package org.tandem.api.document.markdown;

import org.commonmark.node.BlockQuote;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.jspecify.annotations.Nullable;
import org.tandem.api.document.format.CalloutKind;

/** GitHub's alerts: quotes that begin with a line like {@code [!NOTE]}, for callouts. */
final class MarkdownAlert {

  private MarkdownAlert() {}

  /** The line that makes a quote an alert. */
  static String label(CalloutKind kind) {
    return "[!" + kind.name() + "]";
  }

  /**
   * Which alert a quote is; its label is then taken out of it. Null for a mere quote.
   *
   * @param firstLine of the quote as it is written: with a backslash it is no label
   */
  static @Nullable CalloutKind take(BlockQuote quote, String firstLine) {
    for (CalloutKind kind : CalloutKind.values()) {
      if (label(kind).equalsIgnoreCase(firstLine.strip())
          && quote.getFirstChild() instanceof Paragraph paragraph) {
        unlinkLine(paragraph);
        return kind;
      }
    }
    return null;
  }

  private static void unlinkLine(Paragraph paragraph) {
    boolean end = false;
    for (Node node = paragraph.getFirstChild(); node != null && !end; ) {
      Node next = node.getNext();
      end = node instanceof SoftLineBreak || node instanceof HardLineBreak;
      node.unlink();
      node = next;
    }
    if (paragraph.getFirstChild() == null) {
      paragraph.unlink();
    }
  }
}
