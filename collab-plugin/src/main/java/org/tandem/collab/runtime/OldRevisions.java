package org.tandem.collab.runtime;

import java.util.List;
import java.util.Optional;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.collab.page.PageState;
import org.tandem.collab.page.Revision;

/**
 * What of a page's past is read from the log, and for whom. All calls come in the page's mailbox,
 * and throw {@link org.tandem.collab.log.LogUnavailable} when the log does not answer.
 */
final class OldRevisions {

  /** A base that is further back than this many revisions is taken for older than the log. */
  static final int FARTHEST = 50_000;

  static final String LATER =
      "Old revisions are asked for too often: keep the change and send it again later.";

  private final PageId page;
  private final Ports ports;
  private final Rations rations;

  OldRevisions(PageId page, Ports ports) {
    this.page = page;
    this.ports = ports;
    this.rations = new Rations(ports.millis());
  }

  /** Takes from a person's ration what {@link #reachBack} will read, if anything; false: later. */
  boolean mayReachBack(PageState current, UserId user, long base) {
    return base >= current.reach()
        || isTooFar(current, base)
        || rations.take(user, current.reach() - base);
  }

  /** Extends the state's past to a revision; false when that is too far, or the log's end. */
  boolean reachBack(PageState current, long base) {
    if (base >= current.reach()) {
      return true;
    }
    if (isTooFar(current, base)) {
      return false;
    }
    List<Revision> older = ports.log().revisions(page, base, current.reach());
    if (older.size() != current.reach() - base) {
      return false;
    }
    current.extend(older);
    return true;
  }

  private static boolean isTooFar(PageState current, long base) {
    return current.rev() - base > FARTHEST;
  }

  /** Takes from a person's ration what it costs to read one revision; false: later. */
  boolean mayReadOne(UserId user) {
    return rations.take(user, 1);
  }

  /** One revision, however far back; empty when the log does not hold it. */
  Optional<Revision> revision(long rev) {
    return ports.log().revisions(page, rev - 1, rev).stream().findFirst();
  }

  /** Whether a person is believed, for now, to have seen what is not known here. */
  boolean mayBeAhead(UserId user) {
    return rations.has(user, 1);
  }

  /** What a person said to have seen is not in the log. */
  void wasNotAhead(UserId user) {
    rations.take(user, 1);
  }
}
