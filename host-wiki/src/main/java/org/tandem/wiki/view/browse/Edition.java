package org.tandem.wiki.view.browse;

import java.util.List;
import org.tandem.wiki.view.frame.Moment;

/** A version as a page shows it: by whom and when. */
public record Edition(long rev, List<String> authors, Moment savedAt) {

  public String names() {
    return authors.isEmpty() ? "somebody" : String.join(", ", authors);
  }
}
