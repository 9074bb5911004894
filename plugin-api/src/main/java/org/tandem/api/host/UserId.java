package org.tandem.api.host;

import java.util.Optional;
import java.util.UUID;

/** The name of a user, for ever: it survives renames. */
public record UserId(UUID value) {

  /** Reads the canonical form of a UUID; empty for anything else. */
  public static Optional<UserId> parse(String text) {
    return Uuids.parse(text).map(UserId::new);
  }

  public static UserId random() {
    return new UserId(UUID.randomUUID());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
