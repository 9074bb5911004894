package org.tandem.api.host;

import java.util.Optional;

/**
 * The wiki's record of what was done, for its administrators: they read it on a page of their own,
 * beside what administrators have done with plugins. Entries are added and never changed.
 *
 * <p>Life cycle: an entry is deleted after the time that the admin has set, a year if none was. It
 * outlives the page and the person that it names, whose title and name are kept as they were, and
 * the plugin.
 *
 * <p>Threads and failure as for {@link Pages}.
 */
public interface Audit {

  /**
   * Records that something was done, by this plugin or through it.
   *
   * @param act what was done, always the same word for the same: 1 to 64 lower-case letters,
   *     digits, dots and hyphens that begin with a letter, {@code term.deleted} for example
   * @param user who did it; empty for the plugin itself
   * @param page what it was done to
   * @param detail plain text in one line for the admin, such as the old and the new value; line
   *     breaks become blanks, and what is longer than 1,000 characters is cut
   * @throws IllegalArgumentException when the act is no such word
   */
  Outcome record(String act, Optional<UserId> user, Optional<PageId> page, String detail);

  /** What became of an entry. */
  enum Outcome {
    /** It is stored. */
    RECORDED,

    /** The plugin has recorded 600 within the last minute: nothing was stored. */
    TOO_MANY
  }
}
