package org.tandem.collab.runtime;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.PageId;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.page.Decision;
import org.tandem.collab.page.PageState;
import org.tandem.collab.page.Revision;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.ErrorCode;

/**
 * The page's decisions with what they need from the log. All calls come in the page's mailbox, and
 * throw {@link LogUnavailable} when the log must be asked and does not answer.
 */
final class Deciding {

  private static final Logger log = LoggerFactory.getLogger(Deciding.class);

  /** A base that is further back than this many revisions is taken for older than the log. */
  private static final int FARTHEST = 50_000;

  private final PageId page;
  private final Ports ports;

  Deciding(PageId page, Ports ports) {
    this.page = page;
    this.ports = ports;
  }

  /** A submission that meets a fault of ours is refused; those beside it are decided. */
  Decision decideAndApply(PageState current, Submission submission) {
    try {
      Decision decision = decision(current, submission);
      if (decision instanceof Decision.Append append) {
        current.apply(append.revision());
      }
      return decision;
    } catch (LogUnavailable away) {
      throw away;
    } catch (RuntimeException bug) {
      log.error("Page {}, client {}: a decision failed", page, submission.client(), bug);
      return new Decision.Refuse(ErrorCode.INTERNAL, PageSequencer.FAULT);
    }
  }

  private Stamp stampAfter(PageState current) {
    return current.stamp().map(ports.clock()::nextAfter).orElseGet(ports.clock()::next);
  }

  /** Decides, fetching from the log what the state lacks. */
  private Decision decision(PageState current, Submission submission) {
    while (true) {
      Decision decision = current.decide(submission, () -> stampAfter(current));
      if (decision instanceof Decision.NeedsMark needs) {
        current.learn(needs.client(), ports.log().mark(page, needs.client()));
      } else if (decision instanceof Decision.NeedsHistory needs) {
        if (!reachBack(current, needs.base())) {
          return new Decision.Refuse(
              ErrorCode.STALE_REVISION, "rev is older than the log: rejoin with rev null.");
        }
      } else {
        return decision;
      }
    }
  }

  /** Extends the state's past to a revision; false when that is too far, or the log's end. */
  boolean reachBack(PageState current, long base) {
    if (base >= current.reach()) {
      return true;
    }
    if (current.rev() - base > FARTHEST) {
      return false;
    }
    List<Revision> older = ports.log().revisions(page, base, current.reach());
    if (older.size() != current.reach() - base) {
      return false;
    }
    current.extend(older);
    return true;
  }
}
