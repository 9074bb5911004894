package org.tandem.api.host;

import java.util.Locale;
import java.util.Optional;

/** What a user may do with a page; each level includes those before it. */
public enum Access {
  /** May do nothing with the page. */
  NONE,

  /** Reads. */
  VIEW,

  /** Reads and comments. */
  COMMENT,

  /** Reads, comments and changes the content. */
  EDIT,

  /** Does all of it, and what only the admins of the page may. */
  ADMIN;

  /** Whether whoever has this right may do what needs the other. */
  public boolean allows(Access needed) {
    return compareTo(needed) >= 0;
  }

  /** The word of the protocol: {@code view}, {@code comment}, ... */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The level of the protocol's word; empty for any other text. */
  public static Optional<Access> of(String word) {
    for (Access access : values()) {
      if (access.word().equals(word)) {
        return Optional.of(access);
      }
    }
    return Optional.empty();
  }
}
