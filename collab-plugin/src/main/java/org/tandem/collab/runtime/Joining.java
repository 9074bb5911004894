package org.tandem.collab.runtime;

import java.lang.ref.SoftReference;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.delta.DeltaJson;
import org.tandem.api.document.LiveDocument;
import org.tandem.api.editor.Hooks;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageId;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.page.Mark;
import org.tandem.collab.page.PageState;
import org.tandem.collab.page.Refusal;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.ErrorCode;
import org.tandem.collab.protocol.FrameEncoder;
import org.tandem.collab.protocol.ServerFrame;

/**
 * Who may be on a page, and what a joining client starts from. All calls come in the page's
 * mailbox, and throw {@link org.tandem.collab.log.LogUnavailable} when the database must be asked
 * and does not answer.
 */
final class Joining {

  private static final Logger log = LoggerFactory.getLogger(Joining.class);

  /** Revisions that are sent one by one at the most; beyond, the document is shorter. */
  private static final int RESUME_REACH = 5_000;

  /** How often the page is read for one who joins, as long as others go on with it elsewhere. */
  private static final int TRIES = 5;

  private static final String FOREIGN = "This client is another user's: choose a UUID of your own.";

  private static final String REPLACED =
      "This client joined by another connection, which goes on instead of this one.";
  private static final String RESERVED = "Ids that begin with ffffffff- are the server's own.";

  private final PageId page;
  private final Ports ports;
  private final PageCopy copy;
  private final OldRevisions oldRevisions;
  private final Presence presence;
  private final FrameEncoder encoder = new FrameEncoder();

  /** The last document that was told, for those who come before it changes. */
  private SoftReference<@Nullable Told> told = new SoftReference<>(null);

  private record Told(LiveDocument document, String json) {}

  Joining(PageId page, Ports ports, PageCopy copy, OldRevisions oldRevisions, Presence presence) {
    this.page = page;
    this.ports = ports;
    this.copy = copy;
    this.oldRevisions = oldRevisions;
    this.presence = presence;
  }

  /**
   * Makes ready what the next to join is told, by what a join goes through: the first of a JVM
   * takes many times as long as those after it.
   */
  void prepare(PageState state) {
    ports.log().mark(page, PageLoader.aloneClient(page));
    copy.follow(ports.log().head(page));
    encoder.encode(
        new ServerFrame.Joined(
            state.rev(),
            Access.VIEW,
            0,
            new ServerFrame.Start.Document(json(state.document())),
            List.of(),
            ports.limits()));
  }

  /** Takes a session in, if its user may be here, and tells it what it starts from. */
  void join(LiveSession session, OptionalLong rev, PageState state) {
    if (session.ended()) {
      return;
    }
    Access access = ports.access().access(page, session.user().id());
    if (!access.allows(Access.VIEW)) {
      session.close(gone());
      return;
    }
    session.access(access);
    Mark mark = mark(state, session.client());
    if (!mark.isOf(session.user().id())
        || presence.isTaken(session.client(), session.user())
        || session.client().equals(PageLoader.aloneClient(page))
        || Refusal.isClient(session.client())) {
      log.info(
          "Page {}, user {}, client {}: another's client",
          page,
          session.user().id(),
          session.client());
      String sentence = Refusal.isClient(session.client()) ? RESERVED : FOREIGN;
      session.send(ServerFrame.Error.of(ErrorCode.BAD_MESSAGE, sentence));
      session.close(CloseCode.BAD_MESSAGE);
      return;
    }
    // The client may come from a node that was ahead of this one, and have seen what is not here.
    long seen = ports.log().head(page);
    for (int i = 0; i < TRIES; i++) {
      copy.follow(seen);
      // Loaded anew, if what leads from here to there is deleted, or could not be read.
      Optional<PageState> current = copy.state();
      if (current.isEmpty()) {
        session.close(CloseCode.PAGE_GONE);
        return;
      }
      long acknowledged = mark(current.get(), session.client()).rev();
      if (acknowledged <= current.get().rev()) {
        takeIn(session, rev, current.get());
        return;
      }
      // Committed elsewhere after the page was read: the client would miss it in the document.
      seen = acknowledged;
    }
    session.close(CloseCode.OVERLOADED);
  }

  private void takeIn(LiveSession session, OptionalLong rev, PageState state) {
    if (isResumed(state, rev)
        && !oldRevisions.mayReachBack(state, session.user().id(), rev.getAsLong())) {
      session.close(CloseCode.OVERLOADED);
      return;
    }
    Mark mark = mark(state, session.client());
    ServerFrame.Start start = start(state, rev);
    if (start instanceof ServerFrame.Start.Document) {
      session.changes().beginsAnew();
    }
    session.changes().toldAcknowledged(mark.seq());
    Stamp since = ports.clock().next();
    LiveSession before = presence.add(session);
    if (before != null) {
      before.send(ServerFrame.Error.of(ErrorCode.BAD_MESSAGE, REPLACED));
      before.close(CloseCode.BAD_MESSAGE);
    }
    List<Peers.Peer> others = presence.others(session.client());
    session.send(
        new ServerFrame.Joined(
            state.rev(),
            session.access(),
            mark.seq(),
            start,
            others.stream().map(Peers.Peer::info).toList(),
            ports.limits()));
    ports.telemetry().joined(start instanceof ServerFrame.Start.Missed);
    for (Peers.Peer peer : others) {
      if (peer.cursor().isPresent()) {
        session.send(new ServerFrame.Cursor(peer.info().client(), peer.cursor()));
      }
      presence.shown(peer.info().client()).forEach(session::send);
    }
    ports.hooks().notices(page).forEach(notice -> session.send(frame(notice)));
    presence.announceJoined(session, since);
  }

  /** Asks for the session's access again and tells what changed. */
  void review(LiveSession session) {
    Access now = ports.access().access(page, session.user().id());
    if (now == session.access() || !presence.holds(session)) {
      return;
    }
    session.access(now);
    if (!now.allows(Access.VIEW)) {
      session.close(gone());
      return;
    }
    session.send(new ServerFrame.AccessChanged(now));
    presence.announceAccess(session);
  }

  /** Why nobody may see the page: there is none, or this person may not. */
  private CloseCode gone() {
    return ports.pages().page(page).isEmpty() ? CloseCode.PAGE_GONE : CloseCode.ACCESS_GONE;
  }

  /** The client's last change, from the state or, once, from the log. */
  Mark mark(PageState state, ClientId client) {
    if (state.mark(client).isEmpty()) {
      state.learn(client, ports.log().mark(page, client));
    }
    return state.mark(client).orElse(Mark.NONE);
  }

  /** What the client missed since {@code rev}, or the document. */
  private ServerFrame.Start start(PageState state, OptionalLong rev) {
    if (isResumed(state, rev) && oldRevisions.reachBack(state, rev.getAsLong())) {
      return new ServerFrame.Start.Missed(
          state.after(rev.getAsLong()).stream().map(Joining::frame).toList());
    }
    return new ServerFrame.Start.Document(json(state.document()));
  }

  /** The document changed: what was told is nobody's any more. */
  void changed() {
    told.clear();
  }

  private static boolean isResumed(PageState state, OptionalLong rev) {
    return rev.isPresent()
        && rev.getAsLong() <= state.rev()
        && rev.getAsLong() >= state.rev() - RESUME_REACH;
  }

  private String json(LiveDocument document) {
    Told last = told.get();
    if (last == null || last.document != document) {
      last = new Told(document, DeltaJson.write(document.toDelta()));
      told = new SoftReference<>(last);
    }
    return last.json;
  }

  /** What the host has to say to a page, as it is told to clients. */
  static ServerFrame.Notice frame(Hooks.Notice notice) {
    return new ServerFrame.Notice(notice.code(), notice.message());
  }

  /** A revision as it is told to clients. */
  static ServerFrame.Op frame(Revision revision) {
    return new ServerFrame.Op(
        revision.rev(),
        revision.client(),
        revision.seq(),
        revision.user(),
        revision.delta(),
        revision.stamp().toString());
  }
}
