package org.tandem.collab.runtime;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tandem.api.host.PageId;
import org.tandem.api.host.User;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.cluster.Cluster;
import org.tandem.collab.cluster.ClusterMessage;
import org.tandem.collab.cluster.NodeId;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.FrameEncoder;
import org.tandem.collab.protocol.Selection;
import org.tandem.collab.protocol.ServerFrame;

/**
 * Who is on a page: the sessions of this node, the peers of all nodes, and telling each of the
 * others. All calls come in the page's mailbox.
 */
final class Presence {

  /** A field of a client. */
  private record Shown(ClientId client, String field) {}

  private final PageId page;
  private final Cluster cluster;
  private final Connections connections;
  private final Audience audience;
  private final Map<ClientId, LiveSession> sessions = new LinkedHashMap<>();
  private final Peers peers = new Peers();
  private final PeerFields fields = new PeerFields();
  private final Delivery delivery;
  private final FrameEncoder encoder = new FrameEncoder();

  Presence(PageId page, Ports ports, Audience audience, Delivery delivery) {
    this.page = page;
    this.cluster = ports.cluster();
    this.connections = new Connections(page, cluster.self(), ports.hooks());
    this.audience = audience;
    this.delivery = delivery;
  }

  List<LiveSession> sessions() {
    return List.copyOf(sessions.values());
  }

  boolean holds(LiveSession session) {
    return sessions.get(session.client()) == session;
  }

  /** The others, as a joining client is told. */
  List<Peers.Peer> others(ClientId client) {
    return peers.all().stream().filter(peer -> !peer.info().client().equals(client)).toList();
  }

  /** Takes a session in; the one that had its client's place before is returned. */
  @Nullable LiveSession add(LiveSession session) {
    LiveSession before = sessions.put(session.client(), session);
    if (before != null) {
      connections.replaced(before);
    }
    return before;
  }

  /** Tells the others that the session is here. */
  void announceJoined(LiveSession session, Stamp since) {
    // What an earlier connection of it showed is gone, as whoever hears of this knows.
    fields.forget(session.client());
    var peer = new Peers.Peer(session.info(), cluster.self(), since, Optional.empty());
    peers.put(peer);
    toSessions(
        new ServerFrame.Peer(session.info(), ServerFrame.PeerState.JOINED), session.client());
    audience.of(page).forEach(node -> cluster.send(node, here(peer)));
    connections.joined(session);
  }

  /** Tells the others that the session's access is another now. */
  void announceAccess(LiveSession session) {
    peers.update(session.info());
    spread(new ServerFrame.Peer(session.info(), ServerFrame.PeerState.ACCESS), session.client());
  }

  private ClusterMessage here(Peers.Peer peer) {
    return new ClusterMessage.Here(page, peer.info(), peer.cursor(), peer.since());
  }

  void remove(LiveSession session) {
    if (!sessions.values().remove(session)) {
      return;
    }
    connections.left(session);
    if (peers.removeFrom(cluster.self(), session.client())) {
      fields.forget(session.client());
      spread(new ServerFrame.Peer(session.info(), ServerFrame.PeerState.LEFT), session.client());
    }
  }

  /** Whether somebody else is on the page as this client. */
  boolean isTaken(ClientId client, User user) {
    return peers
        .find(client)
        .filter(peer -> !peer.info().user().id().equals(user.id()))
        .isPresent();
  }

  void moveCursor(LiveSession session, Optional<Selection> selection) {
    peers.moveCursor(session.client(), selection);
    spread(new ServerFrame.Cursor(session.client(), selection), session.client());
  }

  /** What a client shows of its user. */
  List<ServerFrame.Presence> shown(ClientId client) {
    return fields.of(client);
  }

  /** A session shows something of its user, or no more, as JSON. */
  void show(LiveSession session, String field, Optional<String> json) {
    var shown = new ServerFrame.Presence(session.client(), field, json);
    if (holds(session) && fields.put(shown)) {
      spread(shown, session.client());
    }
  }

  /**
   * Gives new revisions to all sessions, in order: the author's gets its answer, the others the
   * change. The authors come first, since they wait; the others as {@link Delivery} has it.
   *
   * @param encodeOp asked once for each revision, and only when there are others than its author
   */
  void deliver(List<Revision> revisions, Function<Revision, String> encodeOp) {
    revisions.forEach(revision -> peers.apply(revision.rev(), revision.delta()));
    if (sessions.isEmpty()) {
      return;
    }
    Set<ClientId> authors = new LinkedHashSet<>();
    revisions.forEach(revision -> authors.add(revision.client()));
    authors.retainAll(sessions.keySet());
    boolean alone = sessions.size() == 1 && revisions.stream().allMatch(this::isFromHere);
    List<String> ops = alone ? List.of() : revisions.stream().map(encodeOp).toList();
    for (ClientId author : authors) {
      LiveSession session = sessions.get(author);
      if (session != null) {
        Delivery.toOne(session, () -> answer(session, author, revisions, ops));
      }
    }
    sessions.forEach(
        (client, session) -> {
          if (!authors.contains(client)) {
            session.addOps(ops);
            delivery.add(session);
          }
        });
    delivery.begin();
  }

  private static void answer(
      LiveSession session, ClientId author, List<Revision> revisions, List<String> ops) {
    for (int i = 0; i < revisions.size(); i++) {
      if (revisions.get(i).client().equals(author)) {
        session.changes().committed(revisions.get(i));
      } else {
        session.addOps(ops.subList(i, i + 1));
      }
    }
    session.flush();
  }

  private boolean isFromHere(Revision revision) {
    return sessions.containsKey(revision.client());
  }

  /** A peer of another node changed or left. */
  void remotePeer(NodeId from, ServerFrame.Peer peer) {
    ClientId client = peer.peer().client();
    if (peer.state() == ServerFrame.PeerState.LEFT) {
      if (!peers.removeFrom(from, client)) {
        return;
      }
      fields.forget(client);
    } else {
      peers.update(peer.peer());
    }
    toSessions(peer, client);
  }

  /**
   * A peer is on another node. A session that its client has here ends when it is older for sure:
   * within a few seconds, a client may have come back from there, and clocks differ.
   */
  void remoteHere(Peers.Peer peer) {
    ClientId client = peer.info().client();
    Optional<Peers.Peer> known = peers.find(client);
    LiveSession here = sessions.get(client);
    if (known.equals(Optional.of(peer))
        || here != null && known.filter(own -> own.isBefore(peer)).isEmpty()) {
      return;
    }
    peers.put(peer);
    fields.forget(client);
    if (here != null) {
      sessions.remove(client);
      connections.replaced(here);
      // Should the clocks be wrong, and this the newer one, its client only joins again.
      here.close(CloseCode.OVERLOADED);
    }
    toSessions(new ServerFrame.Peer(peer.info(), ServerFrame.PeerState.JOINED), client);
    if (peer.cursor().isPresent()) {
      toSessions(new ServerFrame.Cursor(client, peer.cursor()), client);
    }
  }

  /** A caret on another node moved. */
  void remoteCursor(ClientId client, Optional<Selection> selection) {
    peers.moveCursor(client, selection);
    toSessions(new ServerFrame.Cursor(client, selection), client);
  }

  /** A client on another node shows something of its user, or no more. */
  void remoteShow(NodeId from, ServerFrame.Presence shown) {
    boolean known = peers.find(shown.client()).filter(peer -> peer.node().equals(from)).isPresent();
    if (known && fields.put(shown)) {
      toSessions(shown, shown.client());
    }
  }

  /** Tells a node that has the page open from now on who is here, and what they show. */
  void introduce(NodeId node) {
    for (Peers.Peer peer : peers.on(cluster.self())) {
      cluster.send(node, here(peer));
      shown(peer.info().client())
          .forEach(shown -> cluster.send(node, new ClusterMessage.Presence(page, shown)));
    }
  }

  /** The peers of nodes that are gone left. */
  void view(List<NodeId> nodes) {
    for (Peers.Peer gone : peers.keepOnly(nodes)) {
      fields.forget(gone.info().client());
      toSessions(
          new ServerFrame.Peer(gone.info(), ServerFrame.PeerState.LEFT), gone.info().client());
    }
  }

  /** Tells all sessions, here and on other nodes. */
  void notice(ServerFrame.Notice notice) {
    toSessions(notice, null);
    toNodes(notice);
  }

  /** Tells all sessions of this node. */
  void tellHere(ServerFrame frame) {
    toSessions(frame, null);
  }

  private void spread(ServerFrame frame, ClientId but) {
    toSessions(frame, but);
    toNodes(frame);
  }

  private void toNodes(ServerFrame frame) {
    var message = new ClusterMessage.Presence(page, frame);
    audience.of(page).forEach(node -> cluster.send(node, message));
  }

  /** Tells all sessions but one, if it is not null, as {@link Delivery} has it. */
  private void toSessions(ServerFrame frame, @Nullable ClientId but) {
    if (sessions.isEmpty()) {
      return;
    }
    String text = encoder.encode(frame);
    sessions.forEach(
        (client, session) -> {
          if (client.equals(but)) {
            return;
          }
          if (frame instanceof ServerFrame.Cursor cursor) {
            session.addNewest(cursor.client(), text);
          } else if (frame instanceof ServerFrame.Presence shown) {
            session.addNewest(new Shown(shown.client(), shown.field()), text);
          } else {
            session.add(text);
          }
          delivery.add(session);
        });
    delivery.begin();
  }
}
