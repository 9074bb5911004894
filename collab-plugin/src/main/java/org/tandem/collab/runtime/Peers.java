package org.tandem.collab.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tandem.api.delta.Delta;
import org.tandem.collab.cluster.NodeId;
import org.tandem.collab.protocol.ClientId;
import org.tandem.collab.protocol.Selection;
import org.tandem.collab.protocol.ServerFrame;

/**
 * Who is on a page, on all nodes, and where their carets are at the newest revision. Threads: one
 * at a time.
 */
final class Peers {

  /**
   * @param node where the peer's connection is
   */
  record Peer(ServerFrame.PeerInfo info, NodeId node, Optional<Selection> cursor) {}

  private final Map<ClientId, Peer> peers = new LinkedHashMap<>();

  void put(ServerFrame.PeerInfo info, NodeId node) {
    Peer known = peers.get(info.client());
    peers.put(
        info.client(), new Peer(info, node, known == null ? Optional.empty() : known.cursor()));
  }

  void remove(ClientId client) {
    peers.remove(client);
  }

  /** Removes a peer unless it has moved to another node since. */
  void removeFrom(NodeId node, ClientId client) {
    Peer peer = peers.get(client);
    if (peer != null && peer.node().equals(node)) {
      peers.remove(client);
    }
  }

  void moveCursor(ClientId client, Optional<Selection> cursor) {
    peers.computeIfPresent(client, (same, peer) -> new Peer(peer.info(), peer.node(), cursor));
  }

  /** Moves all carets on by a revision. */
  void apply(long rev, Delta delta) {
    peers.replaceAll(
        (client, peer) ->
            peer.cursor().isEmpty()
                ? peer
                : new Peer(
                    peer.info(), peer.node(), Optional.of(moved(peer.cursor().get(), rev, delta))));
  }

  /** A selection after a change; text inserted at its start or end stays outside. */
  static Selection moved(Selection selection, long rev, Delta delta) {
    int start = delta.transformPosition(selection.index(), selection.length() == 0);
    int end = delta.transformPosition(selection.index() + selection.length(), true);
    return new Selection(rev, start, Math.max(0, end - start));
  }

  List<Peer> all() {
    return List.copyOf(peers.values());
  }

  List<Peer> on(NodeId node) {
    return peers.values().stream().filter(peer -> peer.node().equals(node)).toList();
  }

  /** Removes those whose node is not among these, and tells who they were. */
  List<Peer> keepOnly(List<NodeId> nodes) {
    List<Peer> gone = new ArrayList<>(peers.values());
    gone.removeIf(peer -> nodes.contains(peer.node()));
    gone.forEach(peer -> peers.remove(peer.info().client()));
    return gone;
  }
}
