package org.tandem.collab.runtime;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.DocumentHash;
import org.tandem.api.host.PageId;
import org.tandem.collab.branch.Merge;
import org.tandem.collab.branch.Rebase;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.page.PageState;
import org.tandem.collab.page.Revision;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.ErrorCode;
import org.tandem.collab.protocol.ServerFrame;

/**
 * Answers that need a page's past. All calls come in the page's mailbox, and throw {@link
 * org.tandem.collab.log.LogUnavailable} when the log must be asked and does not answer.
 */
final class History {

  private static final Logger log = LoggerFactory.getLogger(History.class);

  private final PageId page;
  private final OperationLog operations;
  private final PageSequencer sequencer;

  History(PageId page, OperationLog operations, PageSequencer sequencer) {
    this.page = page;
    this.operations = operations;
    this.sequencer = sequencer;
  }

  /** Answers a branch: what takes the client's document, base and branch, to the merged one. */
  void merged(Optional<PageState> state, LiveSession session, Submission branch, long rev) {
    if (state.isEmpty() || !sequencer.reachBack(state.get(), branch.base())) {
      session.close(CloseCode.DIVERGED);
      return;
    }
    List<Delta> later = below(state.get(), branch.base(), rev);
    Merge merge;
    try {
      merge = Merge.of(branch.changes(), later);
    } catch (ArithmeticException beyond) {
      // Its seq was acknowledged before, and what is repeated under it is something else.
      log.info("Page {}, client {}: bad_delta: {}", page, session.client(), PageState.BEYOND);
      session.send(ServerFrame.Error.of(ErrorCode.BAD_DELTA, PageState.BEYOND, branch.seq()));
      return;
    }
    Revision committed = state.get().after(rev - 1).get(0);
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
  boolean became(Optional<PageState> state, Submission submission, Revision revision) {
    if (state.isEmpty() || !sequencer.reachBack(state.get(), submission.base())) {
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
  void acknowledge(
      Optional<PageState> state,
      LiveSession session,
      @Nullable Submission mine,
      long seq,
      long rev) {
    if (state.isPresent() && sequencer.reachBack(state.get(), rev - 1)) {
      Revision revision = state.get().after(rev - 1).get(0);
      if (mine != null && !became(state, mine, revision)) {
        session.diverged();
        return;
      }
      session.send(new ServerFrame.Ack(seq, rev, revision.stamp().toString()));
    } else {
      session.close(CloseCode.DIVERGED);
    }
  }

  /** Compares the session's document at a revision with the page's, by its hash. */
  void check(Optional<PageState> state, LiveSession session, long rev, String hash) {
    Optional<String> ours =
        state
            .flatMap(now -> now.documentAt(rev))
            .map(DocumentHash::of)
            .or(() -> operations.documentAt(page, rev).map(DocumentHash::of));
    if (ours.isPresent() && !ours.get().equals(hash)) {
      log.warn("Page {}, client {}: diverged at revision {}", page, session.client(), rev);
      session.diverged();
    }
  }
}
