package org.tandem.api.plugin;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;

/**
 * What this plugin keeps for single pages: values with a name each. Other plugins have their own;
 * rights are not asked for, as the plugin knows who may set what.
 *
 * <p>A value is plain JSON: a String, a Boolean, a finite Number of {@code java.lang} or {@code
 * java.math}, a List of values, or a Map from String to values, at most 32 of the last two within
 * each other; there is no null. Written as JSON it has 8,192 bytes (8 KiB) of UTF-8 at the most.
 * What is got is a copy with the same content: a number without a fraction is an Integer, a Long or
 * a BigInteger, the first of these that holds it, and any other a Double.
 *
 * <p>Life cycle: stored in the wiki's database, for all nodes. It stays when the plugin is
 * disabled, upgraded or removed, and is deleted with the page, and when an admin deletes the
 * plugin's data.
 *
 * <p>Threads: safe for use by any thread; calls read and write the database. Of two changes at once
 * the later one holds. Failure: {@link java.io.UncheckedIOException} when the database does not
 * answer; nothing was changed then, and the call can be repeated.
 */
public interface PageSettings {

  /** The value of this key; empty when the page has none, or there is no such page. */
  Optional<Object> get(PageId page, String key);

  /** All values of the page, by key. */
  Map<String, Object> all(PageId page);

  /**
   * Sets a value, in place of the one before.
   *
   * @param key 1 to 64 characters in one line, without blanks at its ends or two of them together
   */
  Outcome put(PageId page, String key, Object value);

  /** Takes a value away; false when there was none. */
  boolean remove(PageId page, String key);

  /**
   * Calls the listener within a second of a change made on any node, this one included; it may be
   * called more than once for a change. That a page is deleted is told by {@link
   * org.tandem.api.host.Pages#onDeleted} alone. Threads and failure as for {@link
   * org.tandem.api.editor.ChangeListener}: one call of the plugin's listeners at a time; what it
   * throws is a fault, and so is a call of more than 5 s. What is left out then is told later as a
   * change of any page.
   */
  Registration onChange(Consumer<Change> listener);

  /**
   * Values may have changed: ask again.
   *
   * @param page the page concerned; empty when any page may be, as after the database was away
   * @param key the value concerned; empty when any may be
   */
  record Change(Optional<PageId> page, Optional<String> key) {}

  /** What became of a value that was put. Nothing is changed unless it is stored. */
  enum Outcome {
    /** It is stored, or was there already. */
    STORED,

    /** There is no such page. */
    NO_PAGE,

    /** The key is empty, too long, or no single line of visible text. */
    UNFIT_KEY,

    /** The value is not plain JSON as above, or is larger. */
    UNFIT_VALUE,

    /** The plugin has 64 other values on this page already. */
    FULL
  }
}
