package org.tandem.wiki.search;

import java.util.List;

/**
 * A part of what was found, best first.
 *
 * @param total how many pages were found that the person may view; counting ends at {@link
 *     PageSearch#MOST}
 */
public record Results(List<Hit> hits, int total) {

  static final Results NONE = new Results(List.of(), 0);
}
