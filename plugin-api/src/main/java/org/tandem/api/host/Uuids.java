package org.tandem.api.host;

import java.util.Optional;
import java.util.UUID;

/** Strict reading of UUIDs: {@link UUID#fromString} alone takes shortened forms too. */
final class Uuids {

  private Uuids() {}

  static Optional<UUID> parse(String text) {
    if (text.length() != 36) {
      return Optional.empty();
    }
    try {
      UUID uuid = UUID.fromString(text);
      return uuid.toString().equalsIgnoreCase(text) ? Optional.of(uuid) : Optional.empty();
    } catch (IllegalArgumentException notAUuid) {
      return Optional.empty();
    }
  }
}
