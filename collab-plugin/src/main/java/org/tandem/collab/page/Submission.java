package org.tandem.collab.page;

import java.util.List;
import org.tandem.api.delta.Delta;
import org.tandem.api.editor.ProposedChange.Manner;
import org.tandem.api.host.UserId;
import org.tandem.collab.protocol.ClientId;

/**
 * A change that wants a place in a page's order.
 *
 * @param base the revision that the first of the changes was written on
 * @param changes one change, or those of an offline branch, each on top of the one before
 */
public record Submission(
    ClientId client, long seq, UserId user, long base, List<Delta> changes, Manner manner) {

  public Submission {
    changes = List.copyOf(changes);
  }

  /**
   * Whether its author takes over what the page makes of it as a whole, as {@code merged} tells it;
   * the author of a typed change transforms it along, revision by revision, and the page has to
   * come to the same.
   */
  public boolean branch() {
    return manner != Manner.TYPED;
  }
}
