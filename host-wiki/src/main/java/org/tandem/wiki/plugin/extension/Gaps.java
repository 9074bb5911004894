package org.tandem.wiki.plugin.extension;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tandem.api.editor.ChangeListener;
import org.tandem.api.host.PageId;

/** Which revisions were left out, by page; of too many pages, that some were. Threads: one. */
final class Gaps {

  private static final int PAGES = 1_000;

  private final Map<PageId, Event.Missed> gaps = new HashMap<>();

  /** Of pages beyond the bound. */
  private boolean anyPage;

  /** Whether what comes of this page is left out too, as there is a gap that was not told yet. */
  boolean holds(PageId page) {
    return anyPage || gaps.containsKey(page);
  }

  /**
   * Leaves something out.
   *
   * @return under which page the gap is to be told; empty when it is known already
   */
  Optional<PageId> add(Event event) {
    if (anyPage) {
      return Optional.empty();
    }
    if (event.page().equals(Event.NO_PAGE)
        || gaps.size() >= PAGES && !gaps.containsKey(event.page())) {
      anyPage = true;
      return Optional.of(Event.NO_PAGE);
    }
    Event.Missed before = gaps.get(event.page());
    long from = before == null ? event.from() : Math.min(before.from(), event.from());
    long to = before == null ? event.to() : Math.max(before.to(), event.to());
    gaps.put(event.page(), Event.Missed.of(event.page(), from, to));
    return before == null ? Optional.of(event.page()) : Optional.empty();
  }

  /** The gap of a page, which is told now; null without one. */
  Event.@Nullable Missed take(PageId page) {
    if (page.equals(Event.NO_PAGE) && anyPage) {
      anyPage = false;
      return new Event.Missed(new ChangeListener.Missed(Optional.empty(), 0, 0));
    }
    return gaps.remove(page);
  }

  boolean anyPage() {
    return anyPage;
  }
}
