package org.tandem.sample.glossary;

import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.LiveDocument;
import org.tandem.api.editor.PageChange;
import org.tandem.api.editor.ProposedChange;
import org.tandem.api.host.PageId;

/**
 * The outlines of the pages that were changed last, so that a keystroke does not read its page from
 * end to end. They are no more than a memory: one is used for the very document that it was made
 * of, and the memory may be lost at any time.
 *
 * <p>Threads: safe for use by any thread.
 */
final class Outlines {

  /**
   * @param head the revision of {@code before}
   */
  record Step(long head, Outline before, Delta change, Outline after) {}

  private static final int MOST_PAGES = 1_000;
  private static final Delta NOTHING = Delta.builder().build();

  private final String mark;
  private final Map<PageId, SoftReference<Step>> newest =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PageId, SoftReference<Step>> eldest) {
          return size() > MOST_PAGES;
        }
      };

  Outlines(String mark) {
    this.mark = mark;
  }

  /** The outlines before and after a change; empty when one of them is not whole. */
  Optional<Step> step(ProposedChange proposed) {
    Outline before = before(proposed);
    // Of a page that is too much it is remembered that it is, and no more: it is read once as long
    // as it stays the same.
    Step step =
        before.whole()
            ? new Step(proposed.head(), before, proposed.change(), before.after(proposed.change()))
            : new Step(proposed.head(), before, NOTHING, before);
    synchronized (newest) {
      newest.put(proposed.page(), new SoftReference<>(step));
    }
    return before.whole() && step.after.whole() ? Optional.of(step) : Optional.empty();
  }

  /** Known from the change before, mostly: after it, or before it if it was refused. */
  private Outline before(ProposedChange proposed) {
    Step last = last(proposed.page());
    if (last != null && last.after.document().equals(proposed.document())) {
      return last.after;
    }
    if (last != null && last.before.document().equals(proposed.document())) {
      return last.before;
    }
    return Outline.of(proposed.document(), mark);
  }

  /** The outline at the revision that a committed change made, if it is still known. */
  Optional<Outline> at(PageChange committed) {
    Step last = last(committed.page());
    if (last == null) {
      return Optional.empty();
    }
    if (last.head == committed.rev()) {
      return Optional.of(last.before);
    }
    return last.head + 1 == committed.rev() && last.change.equals(committed.change())
        ? Optional.of(last.after)
        : Optional.empty();
  }

  /** The outline of a document that nobody has proposed to change. */
  Outline of(Delta document) {
    return Outline.of(LiveDocument.of(document), mark);
  }

  private @Nullable Step last(PageId page) {
    synchronized (newest) {
      SoftReference<Step> kept = newest.get(page);
      return kept == null ? null : kept.get();
    }
  }
}
