package org.tandem.api.host;

import java.util.Optional;

/** The wiki's users. Threads and failure as for {@link Pages}. */
public interface Users {

  /** The person with this id; empty when there is none. */
  Optional<User> user(UserId user);
}
