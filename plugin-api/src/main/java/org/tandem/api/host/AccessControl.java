package org.tandem.api.host;

import java.util.function.Consumer;

/**
 * The host's rights: the host decides, plugins ask.
 *
 * <p>Threads: safe for use by any thread; a call may read the database, so never call it while
 * holding a lock that readers of the page need.
 */
public interface AccessControl {

  /**
   * What this user may do with this page now; {@link Access#NONE} also when there is no such page
   * or user. An answer is kept until {@link #onChange} says that it may have changed; a change of
   * which the word does not arrive holds within a second.
   */
  Access access(PageId page, UserId user);

  /**
   * Calls the listener within a second of a change made on any node. A listener is called on a
   * thread of the host and must return at once; what it throws is logged and dropped.
   */
  Registration onChange(Consumer<AccessChange> listener);
}
