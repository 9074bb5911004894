package org.tandem.collab.page;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.DocumentCheck;
import org.tandem.api.document.LiveDocument;
import org.tandem.collab.branch.Merge;
import org.tandem.collab.branch.Rebase;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.protocol.ClientId;
import org.tandem.collab.protocol.ErrorCode;

/**
 * A page at its newest revision, with as much of its past as was loaded.
 *
 * <p>{@link #decide} reads, {@link #apply} moves on by one revision; both are functions of the
 * state and their arguments alone. Threads: one at a time.
 */
public final class PageState {

  /** Why changes that no document can take are refused. */
  public static final String BEYOND =
      "Lengths go over the document's end, or attributes beyond any number.";

  /** Documents of the past that are kept: a client's {@code check} is about one of the newest. */
  private static final int RECENT = 5;

  /**
   * From one that is kept to the next, in revisions. Few, since what each new document has of its
   * own outlives the young generation of the heap, and makes its collections long.
   */
  private static final int BETWEEN = 16;

  private record Kept(long rev, LiveDocument document) {}

  private final DocumentCheck check;
  private final Map<ClientId, Mark> marks = new HashMap<>();
  private List<Revision> tail;

  /** The newest documents that are kept, oldest first; they share what they can. */
  private final Deque<Kept> recent = new ArrayDeque<>();

  private LiveDocument document;
  private long rev;
  private Optional<Stamp> stamp;

  /**
   * @param document at {@code rev}
   * @param stamp of {@code rev}; empty when the page began with it
   * @param tail the revisions up to {@code rev} that are at hand, oldest first, without a gap
   */
  public PageState(
      DocumentCheck check, long rev, Delta document, Optional<Stamp> stamp, List<Revision> tail) {
    this.check = check;
    this.rev = rev;
    this.stamp = stamp;
    this.document = LiveDocument.of(document);
    recent.add(new Kept(rev, this.document));
    this.tail = new ArrayList<>(tail);
    tail.forEach(revision -> learn(revision.client(), Mark.of(revision)));
  }

  public long rev() {
    return rev;
  }

  public LiveDocument document() {
    return document;
  }

  /** The document at a revision, if that is one of the newest that were applied here. */
  public Optional<LiveDocument> documentAt(long wanted) {
    if (wanted == rev) {
      return Optional.of(document);
    }
    if (wanted < reach() || wanted > rev) {
      return Optional.empty();
    }
    Iterator<Kept> newest = recent.descendingIterator();
    while (newest.hasNext()) {
      Kept kept = newest.next();
      if (kept.rev <= wanted) {
        return kept.rev < reach() ? Optional.empty() : Optional.of(onFrom(kept, wanted));
      }
    }
    return Optional.empty();
  }

  private LiveDocument onFrom(Kept kept, long wanted) {
    LiveDocument then = kept.document;
    for (Revision revision : between(kept.rev, wanted)) {
      then = then.apply(revision.delta());
    }
    return then;
  }

  private List<Revision> between(long after, long upTo) {
    return tail.subList((int) (after - reach()), (int) (upTo - reach()));
  }

  /**
   * Notes a client's mark, {@link Mark#NONE} for one that never wrote here; a lower one is left
   * out.
   */
  public void learn(ClientId client, Mark mark) {
    marks.merge(client, mark, (known, told) -> told.seq() > known.seq() ? told : known);
  }

  public Optional<Mark> mark(ClientId client) {
    return Optional.ofNullable(marks.get(client));
  }

  /** The lowest revision whose document can be left from with {@link #after}. */
  public long reach() {
    return rev - tail.size();
  }

  /** The stamp of the newest revision; empty when the page began with it. */
  public Optional<Stamp> stamp() {
    return stamp;
  }

  /**
   * The revisions above {@code base}, which is at least {@link #reach} and at most {@link #rev}.
   */
  public List<Revision> after(long base) {
    return List.copyOf(between(base, rev));
  }

  /** Puts older revisions, which end where the state's past begins, before it. */
  public void extend(List<Revision> older) {
    List<Revision> whole = new ArrayList<>(older);
    whole.addAll(tail);
    tail = whole;
  }

  /**
   * Lets go of revisions, so that about {@code keep} newest ones stay, and of the marks of clients
   * that have none among these. Call only when all that was applied is committed.
   */
  public void forgetBut(int keep) {
    if (tail.size() > 2 * keep) {
      tail = new ArrayList<>(tail.subList(tail.size() - keep, tail.size()));
    }
    if (marks.size() > 2 * keep) {
      marks.values().removeIf(mark -> mark.rev() <= reach());
    }
  }

  /**
   * Decides a submission.
   *
   * @param stamps asked once, for a change that gets its place
   */
  public Decision decide(Submission submission, Supplier<Stamp> stamps) {
    Mark mark = marks.get(submission.client());
    if (mark == null) {
      return new Decision.NeedsMark(submission.client());
    }
    if (!mark.isOf(submission.user())) {
      return new Decision.Refuse(
          ErrorCode.BAD_MESSAGE, "This client is another user's: choose a UUID of your own.");
    }
    if (submission.seq() <= mark.seq()) {
      return repeat(submission, mark);
    }
    if (submission.seq() != mark.seq() + 1) {
      return new Decision.Refuse(
          ErrorCode.BAD_MESSAGE, "The next seq of this client is " + (mark.seq() + 1) + ".");
    }
    if (submission.base() > rev) {
      return new Decision.Refuse(
          ErrorCode.BAD_MESSAGE, "rev is above the page's newest revision, " + rev + ".");
    }
    if (submission.base() < mark.rev()) {
      return new Decision.Refuse(
          ErrorCode.BAD_MESSAGE,
          "rev is below " + mark.rev() + ", where this client's change before was acknowledged.");
    }
    return submission.base() < reach()
        ? new Decision.NeedsHistory(submission.base())
        : place(submission, stamps);
  }

  private Decision repeat(Submission submission, Mark mark) {
    if (submission.seq() == mark.seq()) {
      return new Decision.Repeat(mark.seq(), mark.rev());
    }
    return tail.stream()
        .filter(old -> old.client().equals(submission.client()) && old.seq() == submission.seq())
        .findFirst()
        .<Decision>map(old -> new Decision.Repeat(old.seq(), old.rev()))
        .orElseGet(() -> beyondReach(submission));
  }

  private Decision beyondReach(Submission submission) {
    return submission.base() < reach()
        ? new Decision.NeedsHistory(submission.base())
        : new Decision.Refuse(
            ErrorCode.BAD_MESSAGE, "This seq was acknowledged, but not above this rev.");
  }

  private Decision place(Submission submission, Supplier<Stamp> stamps) {
    List<Revision> since = between(submission.base(), rev);
    if (since.stream().anyMatch(old -> Refusal.isOf(submission.client(), old))) {
      return new Decision.Refuse(
          ErrorCode.STALE_REVISION,
          "A change of this client was refused above this rev: rejoin with rev null.");
    }
    List<Delta> later = since.stream().map(Revision::delta).toList();
    Delta change;
    try {
      change =
          submission.branch()
              ? Merge.of(submission.changes(), later).change()
              : Rebase.over(submission.changes(), later).change();
    } catch (ArithmeticException beyond) {
      return new Decision.Refuse(ErrorCode.BAD_DELTA, BEYOND);
    }
    if (check.check(document, change) instanceof DocumentCheck.Verdict.Refused refused) {
      return new Decision.Refuse(ErrorCode.BAD_DELTA, refused.reason());
    }
    return new Decision.Append(
        new Revision(
            rev + 1,
            submission.client(),
            submission.seq(),
            submission.user(),
            change,
            stamps.get()));
  }

  /** Moves on by the next revision. */
  public void apply(Revision revision) {
    if (revision.rev() != rev + 1) {
      throw new IllegalArgumentException("revision " + revision.rev() + " after " + rev);
    }
    document = document.apply(revision.delta());
    rev = revision.rev();
    if (rev - recent.getLast().rev >= BETWEEN) {
      recent.add(new Kept(rev, document));
      if (recent.size() > RECENT) {
        recent.remove();
      }
    }
    stamp = Optional.of(revision.stamp());
    tail.add(revision);
    learn(revision.client(), Mark.of(revision));
  }
}
