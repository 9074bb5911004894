package org.tandem.collab.branch;

import java.util.ArrayList;
import java.util.List;
import org.tandem.api.delta.Delta;

/**
 * Changes that were written one on top of another from a base, and the same changes on top of what
 * others committed since that base.
 *
 * <p>Plain operational transformation with the protocol's ties: what is committed has priority, so
 * its insert stands to the left and its attribute stays. For each pair of a change x and a
 * committed c it takes {@code x' = c.transform(x, true)} and {@code c' = x.transform(c, false)},
 * which commute (TP1: Ressel, Nitsche-Ruhland and Gunzenhäuser, CSCW 1996). A client does the same
 * with the one change that it has in flight, so the two come to one document at every revision. The
 * cost is the product of both lengths: for two long sides there is {@link Merge}.
 *
 * @param changes the branch's changes, each on top of the committed ones and the change before it
 * @param catchUp takes the document at the branch's end to the one where all is merged
 */
public record Rebase(List<Delta> changes, Delta catchUp) {

  public Rebase {
    changes = List.copyOf(changes);
  }

  /** Each of the changes by itself. */
  public static Rebase over(List<Delta> branch, List<Delta> committed) {
    List<Delta> later = new ArrayList<>(committed);
    List<Delta> rebased = new ArrayList<>(branch.size());
    for (Delta change : branch) {
      Delta x = change;
      for (int i = 0; i < later.size(); i++) {
        Delta c = later.get(i);
        later.set(i, x.transform(c, false));
        x = c.transform(x, true);
      }
      rebased.add(x);
    }
    return new Rebase(rebased, composed(later));
  }

  /** The branch's changes as one. */
  public Delta change() {
    return composed(changes);
  }

  /** Neighbours first, so that each change is copied a logarithmic number of times. */
  private static Delta composed(List<Delta> deltas) {
    if (deltas.size() < 2) {
      return deltas.isEmpty() ? Delta.EMPTY : deltas.get(0);
    }
    int middle = deltas.size() / 2;
    return composed(deltas.subList(0, middle))
        .compose(composed(deltas.subList(middle, deltas.size())));
  }
}
