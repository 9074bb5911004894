package org.tandem.api.editor;

import java.util.List;
import java.util.function.Consumer;
import org.tandem.api.document.format.Formats;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;

/**
 * What all running plugins have registered for editing, for the {@link PageAuthority}, which brings
 * every change through it: first {@link #check}, then, when the change has its place, {@link
 * #ordered}, then, when it is stored, {@link #committed}.
 *
 * <p>Threads: safe for use by any thread; no call waits for a plugin, and none throws.
 */
public interface Hooks {

  /** No plugin has anything to say. */
  Hooks NONE = new NoHooks();

  /** The wiki's formats and those that plugins declare now: an immutable snapshot. */
  Formats formats();

  /** Whether a change of this page is to be checked now. */
  boolean checks(PageId page);

  /**
   * Has a change checked.
   *
   * @param answer called once: at once, in the calling thread, when there is nothing to check; else
   *     by a thread of the host, some 100 ms later at the latest once its turn has come
   */
  void check(ProposedChange change, Consumer<Verdict> answer);

  /** Whether anybody hears of changes. */
  boolean listens();

  /** Changes of one page have their place, in order. */
  void ordered(List<PageChange> changes);

  /** Changes of one page are stored, in order. */
  void committed(List<PageChange> changes);

  /** Revisions of a page were stored that this node did not get to see. */
  void missed(PageId page, long from, long to);

  /** What the page's editors are to know now. */
  List<Notice> notices(PageId page);

  /**
   * Calls the listener with what the editors of a page are to know from now on; it returns at once.
   */
  Registration onNotice(Consumer<Notice> listener);

  /** What becomes of a checked change. */
  sealed interface Verdict {

    /** The change may be entered. */
    record Accepted() implements Verdict {}

    /**
     * @param reason one sentence to the author
     */
    record Refused(String reason) implements Verdict {}

    /**
     * Nobody knows: a check failed or did not answer in time. The change is not entered, and may
     * come again.
     *
     * @param reason one sentence to the author, whose client keeps the change
     */
    record Unknown(String reason) implements Verdict {}
  }

  /**
   * Something that the editors of a page are to know.
   *
   * @param page whose editors are to know
   * @param code {@code plugin_off}: a hook of a plugin is off on this page
   * @param message one sentence
   */
  record Notice(PageId page, String code, String message) {}
}
