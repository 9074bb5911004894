package org.tandem.collab.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.DocumentHash;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageId;
import org.tandem.collab.branch.Rebase;
import org.tandem.collab.cluster.ClusterMessage;
import org.tandem.collab.cluster.NodeId;
import org.tandem.collab.cluster.Ownership;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.page.Mark;
import org.tandem.collab.page.PageState;
import org.tandem.collab.page.Revision;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.ClientId;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.ErrorCode;
import org.tandem.collab.protocol.FrameEncoder;
import org.tandem.collab.protocol.Selection;
import org.tandem.collab.protocol.ServerFrame;

/**
 * A page that is open on this node: its sessions, who else is there, and the way of a change to its
 * place. The owner of the page gives places; the other nodes forward to it and follow.
 *
 * <p>Threads: {@link #post} may be called by any thread; everything else runs in the mailbox.
 */
final class OpenPage {

  private static final Logger log = LoggerFactory.getLogger(OpenPage.class);
  private static final int OVERLOAD = 10_000;
  private static final long IDLE = 30_000;

  private final PageId id;
  private final Ports ports;
  private final Audience audience;
  private final Mailbox mailbox;
  private final PageSequencer sequencer;
  private final Publisher publisher;
  private final Presence presence;
  private final Joining joining;
  private final Forwarding forwarding = new Forwarding();
  private final FrameEncoder encoder = new FrameEncoder();
  private final Map<ClientId, Author> savers = new HashMap<>();
  private final List<Runnable> whenIdle = new ArrayList<>();
  private final AtomicInteger holds = new AtomicInteger();
  private long usedAt;

  OpenPage(
      PageId id,
      Ports ports,
      Audience audience,
      GroupCommit commits,
      Mailbox mailbox,
      Publisher publisher) {
    this.id = id;
    this.ports = ports;
    this.audience = audience;
    this.mailbox = mailbox;
    this.publisher = publisher;
    this.presence = new Presence(id, ports.cluster(), audience);
    this.sequencer = new PageSequencer(id, ports, commits, mailbox, new Following());
    this.joining = new Joining(id, ports.log(), sequencer);
    this.usedAt = ports.millis().getAsLong();
  }

  PageId id() {
    return id;
  }

  void post(Runnable letter) {
    mailbox.post(letter);
  }

  /** Keeps the page from being closed on this node, until as many calls of {@link #release}. */
  void hold() {
    holds.incrementAndGet();
  }

  void release() {
    holds.decrementAndGet();
  }

  boolean held() {
    return holds.get() > 0;
  }

  boolean overloaded() {
    return mailbox.size() > OVERLOAD;
  }

  private NodeId owner() {
    return Ownership.owner(ports.cluster().view(), id);
  }

  private boolean owned() {
    return owner().equals(ports.cluster().self());
  }

  /** Runs with the page at its committed revision, or with nothing when there is no such page. */
  void whenIdle(Consumer<Optional<PageState>> task, Consumer<LogUnavailable> away) {
    usedAt = ports.millis().getAsLong();
    if (!sequencer.idle()) {
      whenIdle.add(() -> whenIdle(task, away));
      return;
    }
    try {
      task.accept(sequencer.state());
    } catch (LogUnavailable unavailable) {
      log.warn("Page {}: {}", id, unavailable.getMessage());
      away.accept(unavailable);
    }
  }

  // --- sessions ---------------------------------------------------------------------------------

  void join(LiveSession session, OptionalLong rev) {
    whenIdle(
        state ->
            state.ifPresentOrElse(
                page -> join(session, rev, page), () -> session.close(CloseCode.PAGE_GONE)),
        away -> session.close(CloseCode.OVERLOADED));
  }

  private void join(LiveSession session, OptionalLong rev, PageState state) {
    Access access = ports.access().access(id, session.user().id());
    if (!access.allows(Access.VIEW)) {
      session.close(CloseCode.ACCESS_GONE);
      return;
    }
    session.access(access);
    Mark mark = joining.mark(state, session.client());
    // The client may come from a node that was ahead of this one.
    sequencer.follow(Math.max(mark.rev(), Math.min(rev.orElse(0), ports.log().head(id))));
    ServerFrame.Start start = joining.start(state, rev);
    LiveSession before = presence.add(session);
    if (before != null) {
      before.close(CloseCode.BAD_MESSAGE);
    }
    List<Peers.Peer> others = presence.others(session.client());
    session.send(
        new ServerFrame.Joined(
            state.rev(),
            access,
            mark.seq(),
            start,
            others.stream().map(Peers.Peer::info).toList(),
            ports.limits()));
    for (Peers.Peer peer : others) {
      if (peer.cursor().isPresent()) {
        session.send(new ServerFrame.Cursor(peer.info().client(), peer.cursor()));
      }
    }
    presence.announce(session, ServerFrame.PeerState.JOINED);
  }

  void leave(LiveSession session) {
    usedAt = ports.millis().getAsLong();
    presence.remove(session);
  }

  void moveCursor(LiveSession session, Optional<Selection> selection) {
    if (presence.holds(session)) {
      presence.moveCursor(session, selection.map(this::atHead));
    }
  }

  /** A selection of an older revision, at the committed one where that can be had. */
  private Selection atHead(Selection selection) {
    PageState state =
        sequencer.loaded() && sequencer.idle() ? sequencer.state().orElse(null) : null;
    if (state == null || selection.rev() < state.reach() || selection.rev() >= state.rev()) {
      return selection;
    }
    Selection moved = selection;
    for (Revision revision : state.after(selection.rev())) {
      moved = Peers.moved(moved, revision.rev(), revision.delta());
    }
    return moved;
  }

  /** Asks for the session's access again and tells what changed. */
  void reviewAccess(LiveSession session) {
    Access now = ports.access().access(id, session.user().id());
    if (now == session.access() || !presence.holds(session)) {
      return;
    }
    session.access(now);
    if (!now.allows(Access.VIEW)) {
      session.close(CloseCode.ACCESS_GONE);
      leave(session);
      return;
    }
    session.send(new ServerFrame.AccessChanged(now));
    presence.announce(session, ServerFrame.PeerState.ACCESS);
  }

  void reviewAccess() {
    presence.sessions().forEach(this::reviewAccess);
  }

  void check(LiveSession session, long rev, String hash) {
    whenIdle(
        state -> {
          Optional<Delta> document =
              state.isPresent() && state.get().rev() == rev
                  ? state.map(PageState::document)
                  : ports.log().documentAt(id, rev);
          if (document.isPresent() && !DocumentHash.of(document.get()).equals(hash)) {
            log.warn("Page {}, client {}: diverged at revision {}", id, session.client(), rev);
            session.send(
                ServerFrame.Error.of(
                    ErrorCode.DIVERGED, "The documents differ: rejoin with rev null."));
            session.close(CloseCode.DIVERGED);
          }
        },
        away -> {});
  }

  /** Ends all sessions. */
  void closeSessions(CloseCode code) {
    for (LiveSession session : presence.sessions()) {
      session.close(code);
      leave(session);
    }
  }

  // --- changes ----------------------------------------------------------------------------------

  void submitFrom(LiveSession session, Submission submission) {
    if (presence.holds(session)) {
      submit(session, submission);
    } else {
      session.refused(
          submission.seq(), ErrorCode.UNAVAILABLE, "Wait for joined, then send the change again.");
    }
  }

  void save(HostSave save, Submission submission) {
    savers.put(submission.client(), save);
    save.outcome().whenComplete((outcome, none) -> post(() -> savers.remove(submission.client())));
    submit(save, submission);
  }

  private void submit(Author author, Submission submission) {
    usedAt = ports.millis().getAsLong();
    NodeId owner = owner();
    if (owner.equals(ports.cluster().self())) {
      sequencer.submit(author, submission);
    } else {
      // Loaded first, so that this node can follow to the revision that will be the answer.
      whenIdle(
          state -> forward(author, submission, owner, state.isPresent()),
          away -> author.refused(submission.seq(), ErrorCode.UNAVAILABLE, PageSequencer.AWAY));
    }
  }

  private void forward(Author author, Submission submission, NodeId owner, boolean exists) {
    if (exists) {
      forwarding.add(author, submission, usedAt);
      ports.cluster().send(owner, new ClusterMessage.Submit(id, submission));
    } else {
      author.refused(submission.seq(), ErrorCode.FORBIDDEN, "There is no such page any more.");
    }
  }

  /** Answers a branch: what takes the client's document, base and branch, to the merged one. */
  void merged(LiveSession session, Submission branch, long rev) {
    whenIdle(
        state -> {
          if (state.isEmpty() || !sequencer.reachBack(state.get(), branch.base())) {
            session.close(CloseCode.DIVERGED);
            return;
          }
          List<Delta> later =
              state.get().after(branch.base()).stream()
                  .filter(revision -> revision.rev() < rev)
                  .map(Revision::delta)
                  .toList();
          Delta catchUp = Rebase.over(branch.changes(), later).catchUp();
          session.send(new ServerFrame.Merged(branch.seq(), rev, catchUp));
        },
        away -> session.close(CloseCode.OVERLOADED));
  }

  void acknowledgeAgain(LiveSession session, long seq, long rev) {
    whenIdle(
        state -> {
          if (state.isPresent() && sequencer.reachBack(state.get(), rev - 1)) {
            Revision revision = state.get().after(rev - 1).get(0);
            session.send(new ServerFrame.Ack(seq, rev, revision.stamp().toString()));
          } else {
            session.close(CloseCode.DIVERGED);
          }
        },
        away -> session.close(CloseCode.OVERLOADED));
  }

  /** What follows from the page's new revisions. */
  private final class Following implements PageSequencer.Listener {

    @Override
    public void committed(List<Revision> revisions, boolean here) {
      revisions.forEach(OpenPage.this::deliver);
      if (here) {
        var message = new ClusterMessage.Committed(id, revisions);
        audience.of(id).forEach(node -> ports.cluster().send(node, message));
      }
      if (here || owned()) {
        publisher.changed(OpenPage.this, revisions);
      }
    }

    @Override
    public void settled() {
      List<Runnable> tasks = List.copyOf(whenIdle);
      whenIdle.clear();
      tasks.forEach(Runnable::run);
    }
  }

  private void deliver(Revision revision) {
    usedAt = ports.millis().getAsLong();
    forwarding.committed(revision);
    presence.deliver(revision, encoder.encode(Joining.frame(revision)));
    Author saver = savers.get(revision.client());
    if (saver != null) {
      saver.committed(revision);
    }
  }

  // --- other nodes ------------------------------------------------------------------------------

  void message(NodeId from, ClusterMessage message) {
    if (message instanceof ClusterMessage.Committed committed) {
      committed.revisions().forEach(revision -> noteStamp(from, revision));
      sequencer.learn(committed.revisions());
    } else if (message instanceof ClusterMessage.Submit submit) {
      usedAt = ports.millis().getAsLong();
      var author = new RemoteAuthor(ports.cluster(), from, id, submit.submission().client());
      sequencer.submit(author, submit.submission());
    } else if (message instanceof ClusterMessage.Repeated repeated) {
      repeated(repeated);
    } else if (message instanceof ClusterMessage.Refused refused) {
      forwarding
          .answered(refused.client(), refused.seq())
          .ifPresent(author -> author.refused(refused.seq(), refused.code(), refused.reason()));
    } else if (message instanceof ClusterMessage.Head head) {
      sequencer.follow(head.rev());
    } else if (message instanceof ClusterMessage.Presence told) {
      presence(from, told.frame());
    }
  }

  private void noteStamp(NodeId from, Revision revision) {
    if (!ports.clock().merge(revision.stamp())) {
      log.warn("Node {} stamps a minute or more ahead of this node's clock: check both", from);
    }
  }

  /** The owner's answer may overtake the revision it is about: then catching up answers. */
  private void repeated(ClusterMessage.Repeated repeated) {
    sequencer.follow(repeated.rev());
    forwarding
        .answered(repeated.client(), repeated.seq())
        .ifPresent(author -> author.repeated(repeated.seq(), repeated.rev()));
  }

  private void presence(NodeId from, ServerFrame frame) {
    if (frame instanceof ServerFrame.Peer peer) {
      presence.remotePeer(from, peer);
    } else if (frame instanceof ServerFrame.Cursor cursor) {
      presence.remoteCursor(cursor.client(), cursor.selection().map(this::atHead));
    }
  }

  /** Another node has the page open now: tells it the head and who is here. */
  void opened(NodeId node) {
    if (owned() && sequencer.loaded()) {
      ports.cluster().send(node, new ClusterMessage.Head(id, sequencer.committedRev()));
    }
    presence.introduce(node);
  }

  /** The view changed: what was on its way to an owner is sent again, to the owner of now. */
  void view(List<NodeId> nodes) {
    presence.view(nodes);
    forwarding.takeAll().forEach(waiting -> submit(waiting.author(), waiting.submission()));
    sequencer.catchUp();
    if (owned()) {
      publisher.changed(this, List.of());
    }
  }

  // --- life -------------------------------------------------------------------------------------

  /** Called about every second. */
  void tick() {
    long now = ports.millis().getAsLong();
    for (Forwarding.Forwarded late : forwarding.late(now)) {
      late.author().refused(late.submission().seq(), ErrorCode.UNAVAILABLE, PageSequencer.AWAY);
    }
    if (!presence.sessions().isEmpty()) {
      usedAt = now;
    }
  }

  /** Whether nobody needs the page on this node any more. */
  boolean idle() {
    return presence.sessions().isEmpty()
        && savers.isEmpty()
        && sequencer.empty()
        && publisher.upToDate(this)
        && ports.millis().getAsLong() - usedAt > IDLE;
  }

  long publishedRev() {
    return sequencer.publishedRev();
  }

  void published(long rev) {
    sequencer.published(rev);
  }
}
