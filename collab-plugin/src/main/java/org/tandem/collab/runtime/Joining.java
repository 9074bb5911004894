package org.tandem.collab.runtime;

import java.util.OptionalLong;
import org.tandem.api.host.PageId;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.page.Mark;
import org.tandem.collab.page.PageState;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;
import org.tandem.collab.protocol.ServerFrame;

/**
 * What a joining client starts from. All calls come in the page's mailbox, and throw {@link
 * org.tandem.collab.log.LogUnavailable} when the log must be asked and does not answer.
 */
final class Joining {

  /** Revisions that are sent one by one at the most; beyond, the document is shorter. */
  private static final int RESUME_REACH = 5_000;

  private final PageId page;
  private final OperationLog log;
  private final PageSequencer sequencer;

  Joining(PageId page, OperationLog log, PageSequencer sequencer) {
    this.page = page;
    this.log = log;
    this.sequencer = sequencer;
  }

  /** The client's last change, from the state or, once, from the log. */
  Mark mark(PageState state, ClientId client) {
    if (state.mark(client).isEmpty()) {
      state.learn(client, log.mark(page, client));
    }
    return state.mark(client).orElse(Mark.NONE);
  }

  /** What the client missed since {@code rev}, or the document. */
  ServerFrame.Start start(PageState state, OptionalLong rev) {
    if (rev.isPresent()
        && rev.getAsLong() <= state.rev()
        && rev.getAsLong() >= state.rev() - RESUME_REACH
        && sequencer.reachBack(state, rev.getAsLong())) {
      return new ServerFrame.Start.Missed(
          state.after(rev.getAsLong()).stream().map(Joining::frame).toList());
    }
    return new ServerFrame.Start.Document(state.document());
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
