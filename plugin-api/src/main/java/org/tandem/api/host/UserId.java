package org.tandem.api.host;

import java.util.Optional;
import java.util.UUID;

/**
 * The name of a user, for ever: it survives renames.
 *
 * @param value made by the wiki; says nothing of the person
 */
public record UserId(UUID value) {

  /** Reads the canonical form of a UUID; empty for anything else. */
  public static Optional<UserId> parse(String text) {
    return Uuids.parse(text).map(UserId::new);
  }

  /** An id that nobody has. */
  public static UserId random() {
    return new UserId(UUID.randomUUID());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
