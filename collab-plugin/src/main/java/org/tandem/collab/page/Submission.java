package org.tandem.collab.page;

import java.util.List;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.UserId;
import org.tandem.collab.protocol.ClientId;

/**
 * A change that wants a place in a page's order.
 *
 * @param base the revision that the first of the changes was written on
 * @param changes one change, or those of an offline branch, each on top of the one before
 * @param branch whether its author takes over what the page makes of it as a whole, as {@code
 *     merged} tells it; the author of a single change transforms it along, revision by revision,
 *     and the page has to come to the same
 */
public record Submission(
    ClientId client, long seq, UserId user, long base, List<Delta> changes, boolean branch) {

  public Submission {
    changes = List.copyOf(changes);
  }
}
