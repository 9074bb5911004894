package org.tandem.wiki.plugin.listener;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tandem.api.editor.ChangeListener;
import org.tandem.api.host.PageId;
import org.tandem.wiki.plugin.hook.Hook;

/**
 * What was left out: of changes which revisions, by page, and of too many pages, that some were; of
 * connections and of what is kept for pages, that some were. Threads: one.
 */
public final class Gaps {

  private static final int PAGES = 1_000;

  private final Map<PageId, Event.Missed> gaps = new HashMap<>();

  /** Of pages beyond the bound. */
  private boolean anyPage;

  private boolean connections;
  private boolean settings;

  /** Whether this is left out too, as it is in a gap that was not told yet. */
  public boolean holds(Event event) {
    return event instanceof Event.OfChanges
        ? anyPage || gaps.containsKey(event.page())
        : event instanceof Event.OfConnections && connections
            || event instanceof Event.SettingChanged && settings;
  }

  /**
   * Leaves something out.
   *
   * @return what stands in a queue for the gap, to be given to {@link #take}; empty when something
   *     does already, or when nobody is to be told
   */
  public Optional<Event> add(Event event) {
    if (event instanceof Event.OfChanges changes) {
      return add(changes).map(page -> Event.Missed.of(page, 0, 0));
    }
    if (event instanceof Event.SettingChanged) {
      boolean next = !settings;
      settings = true;
      return next ? Optional.of(Event.SettingChanged.ANY) : Optional.empty();
    }
    boolean first = event instanceof Event.OfConnections && !connections;
    connections |= first;
    return first ? Optional.of(new Event.ConnectionsMissed()) : Optional.empty();
  }

  private Optional<PageId> add(Event.OfChanges event) {
    if (anyPage) {
      return Optional.empty();
    }
    if (event.page().equals(Hook.NO_PAGE)
        || gaps.size() >= PAGES && !gaps.containsKey(event.page())) {
      anyPage = true;
      return Optional.of(Hook.NO_PAGE);
    }
    Event.Missed before = gaps.get(event.page());
    long from = before == null ? event.from() : Math.min(before.from(), event.from());
    long to = before == null ? event.to() : Math.max(before.to(), event.to());
    gaps.put(event.page(), Event.Missed.of(event.page(), from, to));
    return before == null ? Optional.of(event.page()) : Optional.empty();
  }

  /**
   * What is told now in the place of what stood for it in a queue; anything else is told itself.
   */
  public Event take(Event event) {
    if (event instanceof Event.ConnectionsMissed) {
      connections = false;
    } else if (event.equals(Event.SettingChanged.ANY)) {
      settings = false;
    } else if (event instanceof Event.Missed placed && placed.to() == 0) {
      Event.Missed gap = take(placed.page());
      return gap == null ? event : gap;
    }
    return event;
  }

  /** The gap that is told before an event; null without one. */
  @Nullable Event takeBefore(Event event) {
    if (event instanceof Event.OfChanges) {
      return take(anyPage ? Hook.NO_PAGE : event.page());
    }
    if (event instanceof Event.SettingChanged) {
      Event any = settings ? Event.SettingChanged.ANY : null;
      settings = false;
      return any;
    }
    Event gap = connections ? new Event.ConnectionsMissed() : null;
    connections = false;
    return gap;
  }

  private Event.@Nullable Missed take(PageId page) {
    if (page.equals(Hook.NO_PAGE) && anyPage) {
      anyPage = false;
      return new Event.Missed(new ChangeListener.Missed(Optional.empty(), 0, 0));
    }
    return gaps.remove(page);
  }
}
