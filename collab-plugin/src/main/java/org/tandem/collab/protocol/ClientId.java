package org.tandem.collab.protocol;

import java.util.Optional;
import java.util.UUID;
import org.tandem.api.host.PageId;

/** A browser tab or any other writer of changes, whose seq counts its changes of one page. */
public record ClientId(UUID value) {

  /** Reads the canonical form of a UUID; empty for anything else. */
  public static Optional<ClientId> parse(String text) {
    return PageId.parse(text).map(page -> new ClientId(page.value()));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
