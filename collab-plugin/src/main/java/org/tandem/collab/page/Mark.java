package org.tandem.collab.page;

import java.util.Optional;
import org.tandem.api.host.UserId;

/**
 * The last change of a client that has its place.
 *
 * @param seq 0 when the client has none yet
 * @param rev its revision
 * @param user whose client it is; empty when it has no change yet
 */
public record Mark(long seq, long rev, Optional<UserId> user) {

  public static final Mark NONE = new Mark(0, 0, Optional.empty());

  /** The mark that a client has once this change of it has its place. */
  public static Mark of(Revision revision) {
    return new Mark(revision.seq(), revision.rev(), Optional.of(revision.user()));
  }

  /** Whether the client is this user's, or nobody's yet. */
  public boolean isOf(UserId asking) {
    return user.isEmpty() || user.get().equals(asking);
  }
}
