package org.tandem.collab.runtime;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.PageId;
import org.tandem.collab.cluster.ClusterMessage;
import org.tandem.collab.cluster.NodeId;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.page.Decision;
import org.tandem.collab.page.PageState;
import org.tandem.collab.page.Revision;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.ErrorCode;
import org.tandem.collab.protocol.FrameEncoder;
import org.tandem.collab.protocol.ServerFrame;

/**
 * A page that is open on this node: its sessions, who else is there, and the way of a change to its
 * place. The owner of the page gives places; the other nodes forward to it and follow.
 *
 * <p>Threads: {@link #post} may be called by any thread, {@link #postAndRun} by one that may wait;
 * everything else runs in the mailbox.
 */
final class OpenPage {

  private static final Logger log = LoggerFactory.getLogger(OpenPage.class);
  private static final int OVERLOAD = 10_000;
  private static final long IDLE = 30_000;
  private static final long REVIEW_AGAIN = 1_000;

  private final PageId id;
  private final Ports ports;
  private final Audience audience;
  private final Mailbox mailbox;
  private final PageCopy copy;
  private final PageSequencer sequencer;
  private final Publisher publisher;
  private final Presence presence;
  private final Talk talk;
  private final Joining joining;
  private final History history;
  private final Refusals refusals;
  private final Forwarding forwarding = new Forwarding();
  private final ToOwner toOwner;
  private final NodeMessages messages;
  private final Reminder reminder = new Reminder();
  private final FrameEncoder encoder = new FrameEncoder();
  private final Savers savers = new Savers();
  private final WhenIdle whenIdle;
  private final AtomicInteger holds = new AtomicInteger();
  private long usedAt;

  /** What to do once all is answered that this node has under way; null: it goes on. */
  private @Nullable Runnable whenAnswered;

  OpenPage(
      PageId id,
      Ports ports,
      Audience audience,
      GroupCommit commits,
      Mailbox mailbox,
      Delivery delivery,
      Listening listening,
      Publisher publisher) {
    this.id = id;
    this.ports = ports;
    this.audience = audience;
    this.mailbox = mailbox;
    this.publisher = publisher;
    this.presence = new Presence(id, ports, audience, delivery);
    OldRevisions oldRevisions = new OldRevisions(id, ports);
    this.copy = new PageCopy(id, ports, oldRevisions, new Following());
    this.sequencer = new PageSequencer(id, ports, copy, oldRevisions, commits, mailbox, listening);
    this.whenIdle = new WhenIdle(id, copy);
    this.toOwner = new ToOwner(id, ports, sequencer, forwarding, whenIdle);
    Carets carets = new Carets(copy);
    this.joining = new Joining(id, ports, copy, oldRevisions, presence);
    this.history = new History(id, copy, oldRevisions, whenIdle);
    this.talk = new Talk(id, ports, presence, carets, history, mailbox::post);
    this.refusals = new Refusals(ports, copy, presence, joining::mark, this::save);
    this.messages =
        new NodeMessages(id, ports, copy, sequencer, forwarding, presence, carets::atHead);
    this.usedAt = ports.millis().getAsLong();
  }

  PageId id() {
    return id;
  }

  History history() {
    return history;
  }

  Talk talk() {
    return talk;
  }

  void post(Runnable letter) {
    mailbox.post(letter);
  }

  /** As {@link #post}, but the calling thread lends itself. */
  void postAndRun(Runnable letter) {
    mailbox.postAndRun(letter);
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

  /** How many tasks wait. */
  int letters() {
    return mailbox.size();
  }

  boolean overloaded() {
    return letters() > OVERLOAD;
  }

  /** Runs with the page at its committed revision, or with nothing when there is no such page. */
  void whenIdle(Consumer<Optional<PageState>> task, Consumer<LogUnavailable> away) {
    usedAt = ports.millis().getAsLong();
    whenIdle.run(task, away);
  }

  // --- sessions ---------------------------------------------------------------------------------

  void join(LiveSession session, OptionalLong rev) {
    whenIdle(
        state ->
            state.ifPresentOrElse(
                page -> joining.join(session, rev, page), () -> session.close(CloseCode.PAGE_GONE)),
        away -> session.close(CloseCode.OVERLOADED));
  }

  /** Makes ready what the next to join is told; tells when that is done, or cannot be. */
  void prepare(Runnable done) {
    whenIdle(
        state -> {
          state.ifPresent(joining::prepare);
          done.run();
        },
        away -> done.run());
  }

  /** Who stops editing looks at the page next: the wiki is given what it does not have. */
  void leave(LiveSession session) {
    usedAt = ports.millis().getAsLong();
    boolean here = presence.holds(session);
    presence.remove(session);
    if (here) {
      publisher.flush(this);
    }
  }

  /** Asks for the session's access again and tells what changed. */
  void reviewAccess(LiveSession session) {
    try {
      joining.review(session);
    } catch (LogUnavailable away) {
      // Each change asks anew; what may be read stays as it was until the database is back.
      log.warn("Page {}: {}", id, away.getMessage());
      mailbox.later(REVIEW_AGAIN, () -> reviewAccess(session));
    }
  }

  /** Tells all who are on the page, here and on other nodes. */
  void notice(ServerFrame.Notice notice) {
    presence.notice(notice);
  }

  /** The wiki's editor is made of other modules than before on this node. */
  void editorChanged() {
    presence.tellHere(ServerFrame.Notice.EDITOR_CHANGED);
  }

  void reviewAccess() {
    presence.sessions().forEach(this::reviewAccess);
  }

  /** Takes no more changes of sessions, and tells, once or more, when those it has are answered. */
  void drain(Runnable answered) {
    whenAnswered = answered;
    tellIfAnswered();
  }

  private void tellIfAnswered() {
    if (whenAnswered != null && sequencer.empty() && forwarding.isEmpty()) {
      whenAnswered.run();
    }
  }

  /** Ends all sessions. */
  void closeSessions(CloseCode code) {
    presence.sessions().forEach(session -> session.close(code));
  }

  // --- changes ----------------------------------------------------------------------------------

  void submitFrom(LiveSession session, Submission submission) {
    if (whenAnswered != null) {
      // No answer: the client is sent elsewhere, and learns there that the change has no place.
      return;
    }
    if (presence.holds(session)) {
      submit(session.changes(), submission);
    } else {
      session.changes().refused(submission.seq(), ErrorCode.UNAVAILABLE, PageSequencer.EARLY);
    }
  }

  /** Refuses a change of which an earlier copy may be under way, once none can land any more. */
  void refuse(LiveSession session, long seq, Decision.Refuse refuse) {
    whenIdle(
        state -> {
          if (whenAnswered == null) {
            refusals.enter(state, session, seq, refuse);
          }
        },
        away -> session.changes().uncertain());
  }

  void save(HostSave save, Submission submission) {
    savers.add(submission.client(), save, this::post);
    submit(save, submission);
  }

  private void submit(Author author, Submission submission) {
    usedAt = ports.millis().getAsLong();
    toOwner.submit(author, submission);
  }

  /** What follows from the page's new revisions. */
  private final class Following implements PageCopy.Listener {

    @Override
    public void committed(List<Revision> revisions, boolean here) {
      boolean ours = here || toOwner.isHere();
      if (ours) {
        reminder.changed(ports.millis().getAsLong());
      }
      deliver(revisions);
      if (here) {
        ports.doorbell().ring(id, copy.committedRev());
        var message = new ClusterMessage.Committed(id, revisions);
        audience.of(id).forEach(node -> ports.cluster().send(node, message));
      }
      if (ours) {
        publisher.changed(OpenPage.this, revisions);
        sequencer.checking().committed(revisions);
      }
    }

    /** Who follows the page here starts again from the document. */
    @Override
    public void cutOff(long told, long now) {
      if (toOwner.isHere()) {
        sequencer.checking().missed(told + 1, now);
      }
      log.warn("Page {}: this node was behind the log's beginning, its clients join again", id);
      forwarding.takeAll().forEach(waiting -> waiting.author().uncertain());
      savers.giveUp();
      closeSessions(CloseCode.OVERLOADED);
    }

    @Override
    public void settled() {
      whenIdle.settled();
      if (whenAnswered != null) {
        // Later: what waits is decided at the end of this turn.
        post(OpenPage.this::tellIfAnswered);
      }
    }
  }

  private void deliver(List<Revision> revisions) {
    usedAt = ports.millis().getAsLong();
    joining.changed();
    revisions.forEach(forwarding::committed);
    presence.deliver(revisions, revision -> encoder.encode(Joining.frame(revision)));
    revisions.forEach(savers::committed);
  }

  // --- other nodes ------------------------------------------------------------------------------

  void message(NodeId from, ClusterMessage message) {
    if (message instanceof ClusterMessage.Submit) {
      usedAt = ports.millis().getAsLong();
    }
    messages.take(from, message);
    tellIfAnswered();
  }

  /** Another node has the page open now: tells it the head and who is here. */
  void opened(NodeId node) {
    messages.opened(node, toOwner.isHere());
  }

  /** Another node rang: it knows the log to reach this revision. */
  void rung(NodeId node, long rev) {
    if (!ports.cluster().view().nodes().contains(node)) {
      sequencer.contended();
    }
    message(node, new ClusterMessage.Head(id, rev));
  }

  /** News of other nodes may have been lost: the log has it. */
  void catchUp() {
    copy.catchUp();
  }

  /** The view changed: what was on its way to an owner is sent again, to the owner of now. */
  void view(List<NodeId> nodes) {
    presence.view(nodes);
    audience.of(id).forEach(this::opened);
    toOwner.again();
    copy.catchUp();
    if (toOwner.isHere()) {
      publisher.changed(this, List.of());
    }
  }

  /** Takes in what the wiki saved beside this page, for want of the plugin on another node. */
  void takeOver() {
    whenIdle(state -> copy.loadAgain(), away -> {});
  }

  // --- life -------------------------------------------------------------------------------------

  /** Called about every second. */
  void tick() {
    long now = ports.millis().getAsLong();
    sequencer.checking().tick();
    toOwner.tick(now);
    if (!presence.sessions().isEmpty()) {
      usedAt = now;
    }
    if (reminder.isDue(now)) {
      ports.cluster().broadcast(messages.head());
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
    return copy.publishedRev();
  }

  void published(long rev) {
    copy.published(rev);
  }
}
