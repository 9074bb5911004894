package org.tandem.collab.branch;

import java.util.List;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;
import org.tandem.api.delta.Op;

/**
 * A branch that was written apart, merged with what others committed since the revision it left
 * from.
 *
 * <p>This is the event-graph walker of Gentle and Kleppmann ("Collaborative Text Editing with
 * Eg-walker", EuroSys 2025) for the one graph that a page with one order can have: two lines of
 * changes from one base. The walker replays a line of changes into a sequence CRDT, takes the
 * document back to the base, and replays the other line beside it, where the CRDT's order finds
 * each insert its place among what the first line inserted.
 *
 * <p>With two lines that order has a short form. In Fugue's order (Weidner, Gentle and Kleppmann,
 * "The Art of the Fugue", 2023; FugueMax and YjsMod agree with it here) an insert is placed by its
 * neighbours at the time, deleted ones included. Two neighbours in the base have between them only
 * what the two lines put there. Each line's inserts there form one stretch, since an insert of the
 * second line finds those of the first either all to its left, when it was made right behind the
 * left neighbour, or beyond one of its own line's. So between any two places of the base, deleted
 * or not, stands what the committed changes put there, then what the branch put there, and neither
 * is torn apart. It follows that the lines need not be replayed into one sequence: each is replayed
 * alone ({@link Replay}), with its deletions kept as tombstones, and the two effects on the base
 * are then joined in one pass. The proof by test is a naive list CRDT that knows nothing of this.
 *
 * <p>What live editing would do with deletions and formats stays true: a deleted place is deleted,
 * an insert into deleted text stands, and where both set one attribute the committed value stays.
 *
 * <p>Costs n log n steps for n operations on both sides, and memory for each side's spans; nothing
 * is stored.
 *
 * @param change takes the newest document to the merged one
 * @param catchUp takes the document at the branch's end to the merged one
 */
public record Merge(Delta change, Delta catchUp) {

  /**
   * Merges a branch.
   *
   * @param branch changes, each on top of the one before, the first on the base
   * @param committed the revisions since the base, in order
   * @throws ArithmeticException if lengths go beyond the end of any document, or more attributes
   *     meet at one place than any has
   */
  public static Merge of(List<Delta> branch, List<Delta> committed) {
    return new Joining(Replay.of(committed), Replay.of(branch)).merge();
  }

  /** Goes over both effects on the base at once. */
  private static final class Joining {
    private final Effect committed;
    private final Effect branch;
    private final DeltaBuilder change = Delta.builder();
    private final DeltaBuilder catchUp = Delta.builder();

    Joining(List<Op> committed, List<Op> branch) {
      this.committed = new Effect(committed);
      this.branch = new Effect(branch);
    }

    Merge merge() {
      while (committed.hasNext() || branch.hasNext()) {
        if (committed.atInsert()) {
          Op op = committed.take();
          change.retain(op.length());
          catchUp.add(op);
        } else if (branch.atInsert()) {
          Op op = branch.take();
          change.add(op);
          catchUp.retain(op.length());
        } else {
          base(Math.min(committed.left(), branch.left()));
        }
      }
      return new Merge(change.build(), catchUp.build());
    }

    /** A stretch of the base, which each side retains or deletes. */
    private void base(int length) {
      boolean theirs = committed.atDelete();
      boolean ours = branch.atDelete();
      if (!theirs && !ours) {
        Attributes done = committed.attributes();
        change.retain(length, done.transform(branch.attributes(), true));
        catchUp.retain(length, done);
      } else if (!theirs) {
        change.delete(length);
      } else if (!ours) {
        catchUp.delete(length);
      }
      committed.skip(length);
      branch.skip(length);
    }
  }

  /** A place in one side's effect; behind its last operation the base goes on unchanged. */
  private static final class Effect {
    private final List<Op> ops;
    private int index;
    private int offset;

    Effect(List<Op> ops) {
      this.ops = ops;
    }

    boolean hasNext() {
      return index < ops.size();
    }

    boolean atInsert() {
      return hasNext() && !(at() instanceof Op.Retain) && !atDelete();
    }

    boolean atDelete() {
      return hasNext() && at() instanceof Op.Delete;
    }

    Attributes attributes() {
      return hasNext() ? at().attributes() : Attributes.NONE;
    }

    int left() {
      return hasNext() ? at().length() - offset : Integer.MAX_VALUE;
    }

    Op take() {
      return ops.get(index++);
    }

    void skip(int length) {
      if (!hasNext()) {
        return;
      }
      offset += length;
      if (offset == at().length()) {
        index++;
        offset = 0;
      }
    }

    private Op at() {
      return ops.get(index);
    }
  }
}
