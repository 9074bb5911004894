package org.tandem.collab.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.PageId;
import org.tandem.collab.log.LogDamaged;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.ErrorCode;

/** The submissions that wait to be decided, in order. All calls come in the page's mailbox. */
final class Undecided {

  private static final Logger log = LoggerFactory.getLogger(Undecided.class);

  private final Deque<Waiting> waiting = new ArrayDeque<>();

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  int size() {
    return waiting.size();
  }

  void add(Waiting last) {
    waiting.addLast(last);
  }

  void addAll(List<Waiting> last) {
    waiting.addAll(last);
  }

  void addFirst(Waiting first) {
    waiting.addFirst(first);
  }

  Waiting element() {
    return waiting.element();
  }

  void remove() {
    waiting.remove();
  }

  void refuseAll(ErrorCode code, String reason) {
    while (!waiting.isEmpty()) {
      waiting.remove().refuse(code, reason);
    }
  }

  /**
   * Decides; when that fails, all that wait are refused.
   *
   * @param failed run before they are
   * @return what the deciding says; false when it fails
   */
  boolean orRefuse(PageId page, BooleanSupplier deciding, Runnable failed) {
    try {
      return deciding.getAsBoolean();
    } catch (LogUnavailable away) {
      log.warn("Page {}: {}", page, away.getMessage());
      failed.run();
      refuseAll(ErrorCode.UNAVAILABLE, PageSequencer.AWAY);
    } catch (LogDamaged damaged) {
      log.error("Page {}: {}", page, damaged.getMessage());
      failed.run();
      refuseAll(ErrorCode.INTERNAL, PageSequencer.FAULT);
    } catch (RuntimeException | Error bug) {
      log.error("Page {}: deciding failed", page, bug);
      failed.run();
      refuseAll(ErrorCode.INTERNAL, PageSequencer.FAULT);
    }
    return false;
  }

  /**
   * Those that are said to be written on revisions above the head. Only who is believed makes the
   * log be asked: the others are refused.
   */
  List<Submission> above(long head, OldRevisions oldRevisions) {
    List<Submission> above = new ArrayList<>();
    for (Waiting one : List.copyOf(waiting)) {
      Submission submission = one.submission();
      if (submission.base() <= head) {
        continue;
      }
      if (oldRevisions.mayBeAhead(submission.user())) {
        above.add(submission);
      } else {
        waiting.remove(one);
        one.refuse(ErrorCode.RATE_LIMITED, OldRevisions.LATER);
      }
    }
    return above;
  }
}
