package org.tandem.collab.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ErrorCode;

/** What is decided for one append. All calls come in the page's mailbox. */
final class Batch {

  private static final int AT_ONCE = 500;

  /** Characters in one append, but for the last change that goes in. */
  static final long WEIGHT_AT_ONCE = 4 << 20;

  /** Milliseconds after which what has its place does not wait for the checks of others. */
  static final long CHECKING = 10;

  private final long head;
  private final List<Waiting> placed = new ArrayList<>();
  private final List<Revision> revisions = new ArrayList<>();
  private final List<Waiting> again = new ArrayList<>();
  private final LongSupplier millis;
  private final long begun;
  private int left;
  private long weight;

  /**
   * @param head the committed revision
   * @param most how many are decided: those that wait now, as what they need is read
   */
  Batch(long head, int most, LongSupplier millis) {
    this.head = head;
    this.millis = millis;
    this.begun = millis.getAsLong();
    this.left = most;
  }

  long head() {
    return head;
  }

  boolean isFull() {
    return left == 0
        || revisions.size() >= AT_ONCE
        || weight >= WEIGHT_AT_ONCE
        || !revisions.isEmpty() && millis.getAsLong() - begun >= CHECKING;
  }

  /** One more is decided. */
  void decided() {
    left--;
  }

  void place(Waiting waiting, Revision revision) {
    revisions.add(revision);
    placed.add(waiting);
    weight += Weight.of(revision.delta());
  }

  /** Decided once more when this is committed. */
  void again(Waiting waiting) {
    again.add(waiting);
  }

  boolean hasAgain() {
    return !again.isEmpty();
  }

  List<Revision> revisions() {
    return revisions;
  }

  /** Puts those back that are decided once more. */
  void returnAgain(Undecided undecided) {
    undecided.addAll(again);
  }

  /**
   * Puts those back that were appended in vain, to be decided again on what the log holds. Changes
   * whose commit had no answer but took place are recognised there by their client's mark; the
   * others meet the fence behind which the lost commit has ended.
   */
  void takeBack(GroupCommit.Outcome outcome, Undecided undecided) {
    boolean unknown = outcome == GroupCommit.Outcome.UNKNOWN;
    for (int i = placed.size() - 1; i >= 0; i--) {
      Waiting waiting = placed.get(i);
      if (outcome == GroupCommit.Outcome.ABSENT
          || unknown && waiting.author() instanceof Doubtful) {
        waiting.refuse(ErrorCode.UNAVAILABLE, PageSequencer.AWAY);
      } else {
        undecided.addFirst(unknown ? waiting.doubtful() : waiting);
      }
    }
  }

  /** Puts all back that have no answer: none of them has its place any more. */
  void returnAll(Undecided undecided) {
    undecided.addAll(placed);
    undecided.addAll(again);
    placed.clear();
    again.clear();
    revisions.clear();
  }
}
