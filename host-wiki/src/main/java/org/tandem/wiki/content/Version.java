package org.tandem.wiki.content;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.tandem.api.host.UserId;

/**
 * An entry of the list of versions.
 *
 * @param authors who wrote what is new in it, in the order of their coming
 */
public record Version(long rev, Kind kind, Set<UserId> authors, Instant savedAt) {

  /** How a version came about. */
  public enum Kind {
    /** In one piece, by the wiki alone. */
    SAVED,
    /** By people editing together; the page authority published it. */
    EDITED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }
}
