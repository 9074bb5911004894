package org.tandem.collab.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tandem.api.delta.Delta;
import org.tandem.collab.clock.Stamp;
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
   * @param since when it joined there
   */
  record Peer(ServerFrame.PeerInfo info, NodeId node, Stamp since, Optional<Selection> cursor) {

    /** Whether it joined before the other by more than clocks differ. */
    boolean isBefore(Peer other) {
      return since.millis() + CLOCKS_DIFFER < other.since.millis();
    }

    private Peer at(Optional<Selection> moved) {
      return new Peer(info, node, since, moved);
    }
  }

  private static final long CLOCKS_DIFFER = 5_000;

  private final Map<ClientId, Peer> peers = new LinkedHashMap<>();

  void put(Peer peer) {
    peers.put(peer.info().client(), peer);
  }

  /** Takes note of what a peer may do now. */
  void update(ServerFrame.PeerInfo info) {
    peers.computeIfPresent(
        info.client(), (same, peer) -> new Peer(info, peer.node(), peer.since(), peer.cursor()));
  }

  Optional<Peer> find(ClientId client) {
    return Optional.ofNullable(peers.get(client));
  }

  /** Removes a peer unless it has moved to another node since; whether it was removed. */
  boolean removeFrom(NodeId node, ClientId client) {
    Peer peer = peers.get(client);
    return peer != null && peer.node().equals(node) && peers.remove(client, peer);
  }

  void moveCursor(ClientId client, Optional<Selection> cursor) {
    peers.computeIfPresent(client, (same, peer) -> peer.at(cursor));
  }

  /** Moves all carets on by a revision. */
  void apply(long rev, Delta delta) {
    peers.replaceAll(
        (client, peer) -> peer.at(peer.cursor().map(cursor -> moved(cursor, rev, delta))));
  }

  /**
   * A selection after a change, as clients carry it: text inserted at its start or end stays
   * outside, and a caret goes along with what is inserted at it, as with its owner's typing.
   */
  static Selection moved(Selection selection, long rev, Delta delta) {
    int start = moved(selection.index(), delta, false);
    if (selection.length() == 0) {
      return new Selection(rev, start, 0);
    }
    long last = Math.min(Integer.MAX_VALUE, (long) selection.index() + selection.length());
    int end = moved((int) last, delta, true);
    return new Selection(rev, start, Math.max(0, end - start));
  }

  /** Numbers of a client that nothing was asked about yet may be as big as they come. */
  private static int moved(int index, Delta delta, boolean priority) {
    int moved = delta.transformPosition(index, priority);
    return moved < 0 ? Integer.MAX_VALUE : moved;
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
