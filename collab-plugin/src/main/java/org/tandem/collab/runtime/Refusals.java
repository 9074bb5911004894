package org.tandem.collab.runtime;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.tandem.api.delta.Delta;
import org.tandem.api.editor.ProposedChange.Manner;
import org.tandem.api.editor.SaveOutcome;
import org.tandem.collab.page.Decision;
import org.tandem.collab.page.Mark;
import org.tandem.collab.page.PageState;
import org.tandem.collab.page.Refusal;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.ClientId;
import org.tandem.collab.protocol.ErrorCode;

/**
 * Refuses changes of which an earlier copy may be under way: enters a {@link Refusal} in the page's
 * order, and tells the client once that is committed. All calls come in the page's mailbox.
 */
final class Refusals {

  /**
   * Who may not write cannot fill the log with refusals either: so many at once for each person,
   * and one more each minute. Beyond that they come again later.
   */
  private static final int AT_ONCE = 5;

  private static final long EVERY = 60_000;

  private final PageCopy copy;
  private final Presence presence;
  private final BiFunction<PageState, ClientId, Mark> marks;
  private final BiConsumer<HostSave, Submission> order;
  private final Rations rations;

  /**
   * @param marks a client's mark, from the state or the log
   * @param order the way to a place in the page's order
   */
  Refusals(
      Ports ports,
      PageCopy copy,
      Presence presence,
      BiFunction<PageState, ClientId, Mark> marks,
      BiConsumer<HostSave, Submission> order) {
    this.copy = copy;
    this.presence = presence;
    this.marks = marks;
    this.order = order;
    this.rations = new Rations(ports.millis(), AT_ONCE, EVERY);
  }

  /** Whether the client takes back a change that is refused so. */
  static boolean isFinal(ErrorCode code) {
    return code == ErrorCode.FORBIDDEN
        || code == ErrorCode.BAD_DELTA
        || code == ErrorCode.TOO_LARGE;
  }

  /**
   * @param state the page at its committed revision, which the client knows nothing beyond; empty
   *     when there is no such page, so that nothing lands on it
   */
  void enter(Optional<PageState> state, LiveSession session, long seq, Decision.Refuse refuse) {
    if (!presence.holds(session)) {
      session.changes().refused(seq, ErrorCode.UNAVAILABLE, PageSequencer.EARLY);
      return;
    }
    if (state.isEmpty()) {
      session.changes().refusedForGood(seq, refuse);
      return;
    }
    if (!rations.take(session.user().id(), 1)) {
      session.changes().uncertain();
      return;
    }
    PageState page = state.get();
    ClientId client = Refusal.client(session.client());
    HostSave entry = new HostSave();
    entry.outcome().thenAccept(outcome -> entered(outcome, session, seq, refuse));
    order.accept(
        entry,
        new Submission(
            client,
            marks.apply(page, client).seq() + 1,
            session.user().id(),
            page.rev(),
            List.of(Delta.EMPTY),
            Manner.TYPED));
  }

  /** The client is told after all that was before: its change may have been among that. */
  private void entered(SaveOutcome outcome, LiveSession session, long seq, Decision.Refuse refuse) {
    boolean told = outcome instanceof SaveOutcome.Saved saved && saved.rev() <= copy.committedRev();
    if (told || outcome instanceof SaveOutcome.Forbidden) {
      session.changes().refusedForGood(seq, refuse);
    } else {
      session.changes().uncertain();
    }
  }
}
