package org.tandem.collab.runtime;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.PageId;
import org.tandem.collab.clock.HybridClock;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.cluster.ClusterMessage;
import org.tandem.collab.cluster.NodeId;
import org.tandem.collab.protocol.ErrorCode;
import org.tandem.collab.protocol.Selection;
import org.tandem.collab.protocol.ServerFrame;

/**
 * What other nodes say about a page that is open here. A message may be lost, come late or come
 * twice: the log is what counts. All calls come in the page's mailbox.
 */
final class NodeMessages {

  private static final Logger log = LoggerFactory.getLogger(NodeMessages.class);
  private static final long WARN_EVERY = 60_000;

  private final PageId page;
  private final Ports ports;
  private final PageCopy copy;
  private final PageSequencer sequencer;
  private final Forwarding forwarding;
  private final Presence presence;
  private final Function<Selection, Optional<Selection>> atHead;
  private long warnedAt = -WARN_EVERY;

  /**
   * @param atHead brings a selection to the committed revision; empty for one of a revision that is
   *     not known here
   */
  NodeMessages(
      PageId page,
      Ports ports,
      PageCopy copy,
      PageSequencer sequencer,
      Forwarding forwarding,
      Presence presence,
      Function<Selection, Optional<Selection>> atHead) {
    this.page = page;
    this.ports = ports;
    this.copy = copy;
    this.sequencer = sequencer;
    this.forwarding = forwarding;
    this.presence = presence;
    this.atHead = atHead;
  }

  void take(NodeId from, ClusterMessage message) {
    if (message instanceof ClusterMessage.Committed committed) {
      committed.revisions().forEach(revision -> noteStamp(from, revision.stamp()));
      committed.revisions().forEach(revision -> ports.telemetry().propagated(revision.stamp()));
      copy.learn(committed.revisions());
    } else if (message instanceof ClusterMessage.Submit submit) {
      if (forwarding.arrived(from, submit)) {
        sequencer.submit(RemoteAuthor.of(ports.cluster(), from, submit), submit.submission());
      }
    } else if (message instanceof ClusterMessage.Repeated repeated) {
      repeated(repeated);
    } else if (message instanceof ClusterMessage.Refused refused) {
      forwarding
          .answered(refused.client(), refused.attempt())
          .ifPresent(waiting -> refused(waiting, refused));
    } else if (message instanceof ClusterMessage.Head head) {
      follow(from, head.rev());
    } else if (message instanceof ClusterMessage.Here here) {
      noteStamp(from, here.since());
      presence.remoteHere(
          new Peers.Peer(here.peer(), from, here.since(), here.cursor().flatMap(atHead)));
    } else if (message instanceof ClusterMessage.Presence told) {
      presence(from, told.frame());
    }
  }

  /** The newest committed revision here, as other nodes are told of it. */
  ClusterMessage head() {
    return new ClusterMessage.Head(page, copy.committedRev());
  }

  /** Another node has the page open now: tells it who is here and, as its owner, the head. */
  void opened(NodeId node, boolean owned) {
    if (owned && copy.loaded()) {
      ports.cluster().send(node, head());
    }
    presence.introduce(node);
  }

  /** A node that hears of a revision this late is not in the sender's audience. */
  private void follow(NodeId from, long rev) {
    if (copy.loaded() && rev > copy.committedRev()) {
      ports.cluster().send(from, new ClusterMessage.Opened(List.of(page)));
    }
    copy.follow(rev);
  }

  private void noteStamp(NodeId from, Stamp stamp) {
    long now = ports.millis().getAsLong();
    if (ports.clock().merge(stamp) instanceof HybridClock.Merged.Refused refused
        && now - warnedAt >= WARN_EVERY) {
      warnedAt = now;
      log.warn(
          "Node {} stamps as {}, {} ms ahead of this node's clock, and is not followed: check both",
          from,
          refused.node(),
          refused.aheadMillis());
    }
  }

  /** The owner's answer may overtake the revision it is about: then catching up answers. */
  private void repeated(ClusterMessage.Repeated repeated) {
    copy.follow(repeated.rev());
    forwarding
        .answered(repeated.client(), repeated.attempt())
        .ifPresent(waiting -> waiting.author().repeated(repeated.seq(), repeated.rev()));
  }

  /**
   * An owner that does not reach the log is none: this node tries, and the log decides. One whose
   * plugins gave no answer is one.
   */
  private void refused(Forwarding.Forwarded waiting, ClusterMessage.Refused refused) {
    if (refused.code() == ErrorCode.UNAVAILABLE && !refused.reason().equals(Checking.UNCHECKED)) {
      sequencer.submit(waiting.author(), waiting.submission());
    } else {
      waiting.author().refused(refused.seq(), refused.code(), refused.reason());
    }
  }

  private void presence(NodeId from, ServerFrame frame) {
    if (frame instanceof ServerFrame.Peer peer) {
      presence.remotePeer(from, peer);
    } else if (frame instanceof ServerFrame.Cursor cursor) {
      Optional<Selection> placed = cursor.selection().flatMap(atHead);
      if (placed.isPresent() || cursor.selection().isEmpty()) {
        presence.remoteCursor(cursor.client(), placed);
      }
    } else if (frame instanceof ServerFrame.Presence shown) {
      presence.remoteShow(from, shown);
    } else if (frame instanceof ServerFrame.Notice || frame instanceof ServerFrame.Message) {
      presence.tellHere(frame);
    }
  }
}
