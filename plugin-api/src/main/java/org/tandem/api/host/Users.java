package org.tandem.api.host;

import java.util.List;
import java.util.Optional;

/** The wiki's users. Threads and failure as for {@link Pages}. */
public interface Users {

  /** The person with this id; empty when there is none. */
  Optional<User> user(UserId user);

  /**
   * People whose name begins so, by name. Letter case does not matter, nor how the letters are
   * encoded; no character has a special meaning.
   *
   * @param beginning of the name; empty for anybody
   * @param most how many are wanted, 50 at the most; more are not given
   */
  List<User> named(String beginning, int most);

  /**
   * The same, from where the last ones ended: so whoever looks for some of them goes on until she
   * has found enough, or gets none any more.
   *
   * @param after the last of those that were given before; she need not be there any more
   */
  List<User> named(String beginning, User after, int most);
}
