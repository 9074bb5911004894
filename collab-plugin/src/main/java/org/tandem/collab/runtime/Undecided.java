package org.tandem.collab.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.ErrorCode;

/** The submissions that wait to be decided, in order. All calls come in the page's mailbox. */
final class Undecided {

  private final Deque<Waiting> waiting = new ArrayDeque<>();

  boolean isEmpty() {
    return waiting.isEmpty();
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
