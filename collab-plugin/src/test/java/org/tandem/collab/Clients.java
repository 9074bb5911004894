package org.tandem.collab;

import java.util.UUID;
import org.tandem.collab.protocol.ClientId;

/** Clients for tests. */
public final class Clients {

  private Clients() {}

  /** A client that nobody was before. */
  public static ClientId fresh() {
    return new ClientId(UUID.randomUUID());
  }
}
