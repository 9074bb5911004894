package org.tandem.sample.callouts;

import java.util.ArrayList;
import java.util.List;
import org.tandem.api.host.Access;
import org.tandem.api.host.AccessControl;
import org.tandem.api.host.PageId;
import org.tandem.api.host.User;
import org.tandem.api.host.Users;

/**
 * Finds people who may view a page. The wiki lists people by their names, and says of each what she
 * may; so where few may view the page many are asked about, but no more than {@value
 * #MOST_ASKED_ABOUT}. Threads and failure as for {@link Users}.
 */
final class Viewers {

  static final int MOST_ASKED_ABOUT = 1_000;

  private static final int AT_ONCE = 50;

  private final Users users;
  private final AccessControl access;

  Viewers(Users users, AccessControl access) {
    this.users = users;
    this.access = access;
  }

  /** The first ones by name whose name begins so. */
  List<User> named(String beginning, PageId page, int most) {
    List<User> viewers = new ArrayList<>();
    List<User> some = users.named(beginning, AT_ONCE);
    for (int asked = 0; !some.isEmpty() && asked < MOST_ASKED_ABOUT; asked += AT_ONCE) {
      for (User person : some) {
        if (access.access(page, person.id()).allows(Access.VIEW)) {
          viewers.add(person);
        }
        if (viewers.size() == most) {
          return viewers;
        }
      }
      some = users.named(beginning, some.get(some.size() - 1), AT_ONCE);
    }
    return viewers;
  }
}
