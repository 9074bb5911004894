package org.tandem.collab.cluster.jgroups;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an admin sets for the cluster.
 *
 * @param address that this node listens on for the other nodes
 * @param port 0 for a free one
 * @param external where the other nodes reach this one, when that is not where it listens
 * @param secret shared by all nodes; empty for one that this node makes for itself
 * @param stores an admin's own key and trust store, instead of the secret
 */
public record JGroupsSettings(
    InetAddress address,
    int port,
    Optional<External> external,
    Optional<String> secret,
    Optional<Stores> stores) {

  /**
   * The outside of an address translation or of a container's published port.
   *
   * @param port 0 for the one that the node listens on
   */
  public record External(InetAddress address, int port) {}

  /** Key stores of type PKCS12 or JKS. */
  public record Stores(Path keys, String keysPassword, Path trust, String trustPassword) {

    /** Without the passwords. */
    @Override
    public String toString() {
      return "Stores[" + keys + ", " + trust + "]";
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "JGroupsSettings[%s, %d, %s, %s]".formatted(address, port, external, stores);
  }
}
