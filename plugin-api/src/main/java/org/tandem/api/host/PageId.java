package org.tandem.api.host;

import java.util.Optional;
import java.util.UUID;

/**
 * The name of a page, for ever: it survives renames and moves.
 *
 * @param value as it stands in addresses
 */
public record PageId(UUID value) implements Comparable<PageId> {

  /** Reads the canonical form of a UUID; empty for anything else, a client's text for example. */
  public static Optional<PageId> parse(String text) {
    return Uuids.parse(text).map(PageId::new);
  }

  /** An id that no page has. */
  public static PageId random() {
    return new PageId(UUID.randomUUID());
  }

  @Override
  public int compareTo(PageId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
