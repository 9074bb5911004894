package org.tandem.collab.runtime;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.PageId;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.page.Decision;
import org.tandem.collab.page.PageState;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.ErrorCode;

/**
 * The page's decisions with what they need from the log. All calls come in the page's mailbox, and
 * throw {@link LogUnavailable} when the log must be asked and does not answer.
 */
final class Deciding {

  private static final Logger log = LoggerFactory.getLogger(Deciding.class);

  private final PageId page;
  private final Ports ports;
  private final OldRevisions oldRevisions;

  Deciding(PageId page, Ports ports, OldRevisions oldRevisions) {
    this.page = page;
    this.ports = ports;
    this.oldRevisions = oldRevisions;
  }

  /** A submission that meets a fault of ours is refused; those beside it are decided. */
  Decision decide(PageState current, Submission submission) {
    return faultless(submission, () -> decision(current, submission));
  }

  /** The decision once the state has moved on by what it appends, likewise. */
  Decision applied(PageState current, Submission submission, Decision decision) {
    return faultless(
        submission,
        () -> {
          if (decision instanceof Decision.Append append) {
            current.apply(append.revision());
          }
          return decision;
        });
  }

  private Decision faultless(Submission submission, Supplier<Decision> deciding) {
    try {
      return deciding.get();
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
        if (!oldRevisions.mayReachBack(current, submission.user(), needs.base())) {
          return new Decision.Refuse(ErrorCode.RATE_LIMITED, OldRevisions.LATER);
        }
        if (!oldRevisions.reachBack(current, needs.base())) {
          return new Decision.Refuse(
              ErrorCode.STALE_REVISION, "rev is older than the log: rejoin with rev null.");
        }
      } else {
        return decision;
      }
    }
  }
}
