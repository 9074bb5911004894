package org.tandem.collab.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tandem.api.editor.Hooks;
import org.tandem.api.editor.PageChange;
import org.tandem.api.host.PageId;

/**
 * Tells the plugins of what is stored on the pages of this node, each revision once and in order,
 * also when a page is closed here and opened again. Threads: safe for use by any thread; nothing
 * waits.
 */
final class Listening {

  /** Pages of which it is known what was told last. */
  private static final int KNOWN = 10_000;

  private final Hooks hooks;

  private final Map<PageId, Long> told =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PageId, Long> eldest) {
          return size() > KNOWN;
        }
      };

  Listening(Hooks hooks) {
    this.hooks = hooks;
  }

  /**
   * @param changes of one page, in order
   */
  synchronized void committed(PageId page, List<PageChange> changes) {
    long last = told.getOrDefault(page, 0L);
    List<PageChange> fresh = changes.stream().filter(change -> change.rev() > last).toList();
    if (!fresh.isEmpty()) {
      told.put(page, fresh.get(fresh.size() - 1).rev());
      hooks.committed(fresh);
    }
  }

  /** Those up to {@code to} are not to be had here. */
  synchronized void missed(PageId page, long from, long to) {
    long last = told.getOrDefault(page, 0L);
    if (to > last) {
      told.put(page, to);
      hooks.missed(page, Math.max(from, last + 1), to);
    }
  }
}
