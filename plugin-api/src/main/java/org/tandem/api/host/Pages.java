package org.tandem.api.host;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The wiki's pages.
 *
 * <p>Threads: safe for use by any thread; calls read and write the database.
 *
 * <p>Failure: {@link java.io.UncheckedIOException} when the database does not answer; nothing was
 * done then, and the call can be repeated.
 */
public interface Pages {

  /** The page with this id; empty when there is none. */
  Optional<Page> page(PageId page);

  /** The content that the wiki itself holds: what it shows, searches and falls back on. */
  Optional<PageContent> content(PageId page);

  /**
   * What the wiki saved by itself, while no {@link org.tandem.api.editor.PageAuthority} was there,
   * after the last {@link #publish}: oldest first, revisions without a gap from the published one
   * plus 1. An authority takes these over as changes of their authors before it orders any other.
   */
  List<SavedVersion> savedAlone(PageId page);

  /**
   * Gives the wiki the newest content: its page view, search text and list of versions follow in
   * this call. A revision that is not above the published one changes nothing, so that calls may be
   * repeated and may overtake each other. After it {@link #savedAlone} is empty.
   *
   * @param takenOver the newest revision of {@link #savedAlone} that the content holds; 0 for none
   * @return false when the wiki has saves of its own above that: nothing was changed, since that
   *     would lose them, and they are to be taken over first
   */
  boolean publish(PageId page, SavedVersion version, long takenOver);

  /**
   * Calls the listener within a second after a page was deleted on any node, on a thread of the
   * host; it must return at once.
   */
  Registration onDeleted(Consumer<PageId> listener);
}
