package org.tandem.api.document;

import org.tandem.api.delta.Delta;
import org.tandem.api.delta.Op;

/** A document's text without formats, for search. */
public final class PlainText {

  private PlainText() {}

  /** The text; an embed is a blank. */
  public static String of(Delta document) {
    StringBuilder text = new StringBuilder();
    for (Op op : document.ops()) {
      text.append(op instanceof Op.Insert insert ? insert.text() : " ");
    }
    return text.toString();
  }
}
