package org.tandem.wiki.view.organise;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tandem.api.host.PageId;
import org.tandem.wiki.page.Forest;
import org.tandem.wiki.page.PageEntry;

/**
 * A place that a form offers.
 *
 * @param value what the form sends
 * @param label shown, indented by its depth
 */
public record Choice(String value, String label, boolean chosen) {

  /** The pages of a tree in its order, without those that are left out. */
  static List<Choice> pages(Forest forest, List<PageEntry> without, Optional<PageId> chosen) {
    List<Choice> choices = new ArrayList<>();
    add(choices, forest, Optional.empty(), without, chosen, 1);
    return choices;
  }

  private static void add(
      List<Choice> choices,
      Forest forest,
      Optional<PageId> parent,
      List<PageEntry> without,
      Optional<PageId> chosen,
      int depth) {
    for (PageEntry page : forest.children(parent)) {
      if (!without.contains(page)) {
        Optional<PageId> id = Optional.of(page.id());
        // No-break spaces: a browser would drop plain ones at the beginning of an option.
        String label = "\u00a0\u00a0\u00a0".repeat(depth) + page.title();
        choices.add(new Choice(page.id().toString(), label, id.equals(chosen)));
        add(choices, forest, id, without, chosen, depth + 1);
      }
    }
  }
}
