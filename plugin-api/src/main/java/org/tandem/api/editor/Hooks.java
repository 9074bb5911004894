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

  /** An editor's connection to this node joined its page. */
  void joined(EditorConnection connection);

  /** It left. */
  void left(EditorConnection connection, EditorConnection.End why);

  /**
   * An editor's module has sent its plugin a message.
   *
   * @param value plain JSON, as {@link PageMessageListener} has it
   */
  Reception received(EditorConnection from, String plugin, Object value);

  /**
   * Calls the listener with what plugins send to the editors of pages; it returns at once. Without
   * any there is nobody to send to.
   */
  Registration onMessage(Consumer<Message> listener);

  /**
   * Asks whether a presence field may have a value.
   *
   * @param value plain JSON, as {@link PageMessageListener} has it
   * @param answer called once: at once, in the calling thread, when nobody has to be asked; else by
   *     a thread of the host, some 100 ms later at the latest once its turn has come
   */
  void allows(PageId page, String field, Object value, Consumer<Permission> answer);

  /** What the page's editors are to know now. */
  List<Notice> notices(PageId page);

  /**
   * Calls the listener with what the editors of a page are to know from now on; it returns at once.
   */
  Registration onNotice(Consumer<Notice> listener);

  /**
   * Calls the listener when the editor of pages is made of other modules than before on this node;
   * it returns at once. Editors that are open may load it anew.
   */
  Registration onEditorChange(Runnable listener);

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

  /** What becomes of an editor's message. */
  enum Reception {
    /** The plugin is told. */
    TAKEN,
    /** No running plugin of this id takes messages. */
    NO_PLUGIN,
    /** The plugin takes none of this person's. */
    FORBIDDEN,
    /** The plugin has too much to do, or its listener is off on this page. */
    BUSY
  }

  /** Whether a presence field may have a value. */
  enum Permission {
    /** It may. */
    ALLOWED,
    /** It may not. */
    NOT_ALLOWED,
    /** No running plugin has a field of this name. */
    NO_PLUGIN,
    /** Nobody knows: the field is off on this page, or did not answer in time. */
    BUSY
  }

  /**
   * A message of a plugin to its modules in the editors of a page.
   *
   * @param page whose editors it is for
   * @param plugin its id
   * @param json the value as JSON text
   */
  record Message(PageId page, String plugin, String json) {}

  /**
   * Something that the editors of a page are to know.
   *
   * @param page whose editors are to know
   * @param code {@code plugin_off}: a hook of a plugin is off on this page
   * @param message one sentence
   */
  record Notice(PageId page, String code, String message) {}
}
