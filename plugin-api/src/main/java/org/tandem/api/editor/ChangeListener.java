package org.tandem.api.editor;

import java.util.Optional;
import org.tandem.api.host.PageId;

/**
 * Hears of the changes of all pages.
 *
 * <p>Life cycle: told from its registration until that is closed; one call may still be under way
 * then, and what waits is let go.
 *
 * <p>What it can rely on: the node that orders a page's changes tells its listeners each committed
 * revision of the page once and in order, as long as the node lives and goes on to order the page.
 * What a crash takes: revisions that were committed right before it may have been told by nobody.
 * When the ordering moves from one node to another, as when a node comes or goes, a revision may be
 * told by both or, if the first died, by neither. Revision numbers have no gaps, so a listener that
 * must not miss anything keeps the last one it has dealt with, page by page, reads what is between,
 * and does nothing twice. What the wiki saves while no co-editing runs is told when it is saved; it
 * is not told again when co-editing takes it over, which may give it another number.
 *
 * <p>Threads: called by threads of the host, one call at a time for each plugin. Nobody waits for
 * it: neither the author nor the page.
 *
 * <p>Failure: what it throws is a fault, and the event is lost to it. 10,000 events wait for each
 * plugin at the most; what comes beyond is left out and told as {@link #missed}. A call of more
 * than 5 s is a fault: its thread is interrupted and given up. After three faults in a row on one
 * page the listener is left out there as {@link ChangeCheck} says.
 */
public interface ChangeListener {

  /**
   * The change has its place and goes to the database. It may still turn out not to be stored: then
   * another change is ordered at the same revision.
   */
  default void ordered(PageChange change) {}

  /** The change is stored for good. */
  default void committed(PageChange change) {}

  /** Changes were left out, for want of room or while the listener was off. */
  default void missed(Missed missed) {}

  /**
   * A word or two for the admin, who sees which listeners there are: 1 to 80 characters. Asked
   * once, at the registration.
   */
  default String name() {
    return "listener";
  }

  /**
   * What was left out.
   *
   * @param page empty: changes of any page
   * @param from the lowest revision left out, ordered or committed; 0 for any page
   * @param to the highest
   */
  record Missed(Optional<PageId> page, long from, long to) {}
}
