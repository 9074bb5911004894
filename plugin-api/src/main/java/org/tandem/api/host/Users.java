package org.tandem.api.host;

import java.util.Optional;

/** The wiki's users. Threads and failure as for {@link Pages}. */
public interface Users {

  Optional<User> user(UserId user);
}
