package org.tandem.collab.runtime;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.DocumentHash;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.collab.branch.Merge;
import org.tandem.collab.branch.Rebase;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.page.PageState;
import org.tandem.collab.page.Revision;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.ErrorCode;
import org.tandem.collab.protocol.ServerFrame;

/** Answers that need a page's past. All calls come in the page's mailbox. */
final class History {

  private static final Logger log = LoggerFactory.getLogger(History.class);

  private final PageId page;
  private final PageCopy copy;
  private final OldRevisions oldRevisions;
  private final WhenIdle whenIdle;

  History(PageId page, PageCopy copy, OldRevisions oldRevisions, WhenIdle whenIdle) {
    this.page = page;
    this.copy = copy;
    this.oldRevisions = oldRevisions;
    this.whenIdle = whenIdle;
  }

  /**
   * Answers a branch: what takes the client's document, base and branch, to the merged one.
   *
   * @param again whether the branch is a repetition; what a new one needs was read for its decision
   */
  void merged(LiveSession session, Submission branch, long rev, boolean again) {
    whenIdle.run(
        state -> merged(state, session, branch, rev, again),
        away -> session.close(CloseCode.OVERLOADED));
  }

  private void merged(
      Optional<PageState> state, LiveSession session, Submission branch, long rev, boolean again) {
    if (state.isEmpty()) {
      session.close(CloseCode.DIVERGED);
    } else if (again
        && !oldRevisions.mayReachBack(state.get(), session.user().id(), branch.base())) {
      session.changes().uncertain();
    } else if (!oldRevisions.reachBack(state.get(), branch.base())) {
      session.close(CloseCode.DIVERGED);
    } else {
      merged(state.get(), session, branch, rev);
      if (again) {
        copy.forget();
      }
    }
  }

  private void merged(PageState state, LiveSession session, Submission branch, long rev) {
    List<Delta> later = below(state, branch.base(), rev);
    Merge merge;
    try {
      merge = Merge.of(branch.changes(), later);
    } catch (ArithmeticException beyond) {
      // Its seq was acknowledged before, and what is repeated under it is something else.
      log.info("Page {}, client {}: bad_delta: {}", page, session.client(), PageState.BEYOND);
      session.send(ServerFrame.Error.of(ErrorCode.BAD_DELTA, PageState.BEYOND, branch.seq()));
      return;
    }
    Revision committed = state.after(rev - 1).get(0);
    if (merge.change().equals(committed.delta())) {
      session.send(new ServerFrame.Merged(branch.seq(), rev, merge.catchUp()));
    } else {
      session.diverged();
    }
  }

  /**
   * Whether a submission is what a revision was made of. Under the same client and seq another may
   * have been on its way, from before the client began with the document anew.
   */
  boolean became(Submission submission, Revision revision) {
    try {
      return became(copy.state(), submission, revision);
    } catch (LogUnavailable away) {
      return false;
    }
  }

  private boolean became(Optional<PageState> state, Submission submission, Revision revision) {
    if (state.isEmpty() || !oldRevisions.reachBack(state.get(), submission.base())) {
      return false;
    }
    List<Delta> later = below(state.get(), submission.base(), revision.rev());
    try {
      return Rebase.over(submission.changes(), later).change().equals(revision.delta());
    } catch (ArithmeticException beyond) {
      return false;
    }
  }

  private static List<Delta> below(PageState state, long base, long rev) {
    return state.after(base).stream()
        .filter(revision -> revision.rev() < rev)
        .map(Revision::delta)
        .toList();
  }

  /**
   * Acknowledges a change that had its place before.
   *
   * @param mine to be compared with what has its place; null when that is known
   */
  void acknowledge(LiveSession session, @Nullable Submission mine, long seq, long rev) {
    whenIdle.run(
        state -> acknowledge(state, session, mine, seq, rev),
        away -> session.close(CloseCode.OVERLOADED));
  }

  private void acknowledge(
      Optional<PageState> state,
      LiveSession session,
      @Nullable Submission mine,
      long seq,
      long rev) {
    if (state.isEmpty()) {
      session.close(CloseCode.DIVERGED);
      return;
    }
    UserId user = session.user().id();
    boolean may =
        mine != null
            ? oldRevisions.mayReachBack(state.get(), user, mine.base())
            : rev > state.get().reach() || oldRevisions.mayReadOne(user);
    if (!may) {
      session.changes().uncertain();
      return;
    }
    Optional<Revision> committed =
        rev > state.get().reach()
            ? Optional.of(state.get().after(rev - 1).get(0))
            : oldRevisions.revision(rev);
    if (committed.isEmpty()) {
      session.close(CloseCode.DIVERGED);
    } else if (mine != null && !became(state, mine, committed.get())) {
      session.diverged();
    } else {
      session.send(new ServerFrame.Ack(seq, rev, committed.get().stamp().toString()));
    }
    copy.forget();
  }

  /**
   * Compares the session's document at a revision with the page's, by its hash, where that is at
   * hand: any reader may ask, so the log is not asked.
   */
  void check(LiveSession session, long rev, String hash) {
    whenIdle.run(state -> check(state, session, rev, hash), away -> {});
  }

  private void check(Optional<PageState> state, LiveSession session, long rev, String hash) {
    Optional<String> ours = state.flatMap(now -> now.documentAt(rev)).map(DocumentHash::of);
    if (ours.isPresent() && !ours.get().equals(hash)) {
      log.warn("Page {}, client {}: diverged at revision {}", page, session.client(), rev);
      session.diverged();
    }
  }
}
