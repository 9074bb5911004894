package org.tandem.api.editor;

import org.tandem.api.host.Access;
import org.tandem.api.host.User;

/**
 * Says whether a change may become a page's next revision. It accepts or refuses, and never alters:
 * what an author is told to be saved is what she wrote.
 *
 * <p>Life cycle: asked from its registration until that is closed; one call may still be under way
 * then. Asked about every change of every page, by whomever and by whatever way it comes, but for
 * one that changes nothing; by the node that orders the page's changes. The same change may be
 * asked about again: after its commit failed, or by another node.
 *
 * <p>Order: by {@link #order}, then by the plugin's id. The first that refuses ends it.
 *
 * <p>Threads: called by threads of the host, for several pages at once, never twice at once for one
 * page. Until it answers no later change of that page is ordered, so it does no I/O: what it has to
 * know it keeps at hand.
 *
 * <p>Failure: all checks of one change together have 100 ms. One that takes longer or throws is a
 * fault: the author is answered {@code unavailable}, keeps her change, and sends it again. After
 * three faults in a row on one page the check is left out on that page of that node for ten
 * minutes, or until the plugin is enabled anew; the page's editors and the admin are told. The
 * thread of a check that hangs is interrupted and given up; a plugin with three such threads has
 * all its hooks off on that node.
 *
 * <p>So a check fails open: whoever can make it slow can switch it off. One that protects something
 * bounds its work by what it is given, and refuses what it cannot look through in time, a change
 * that is too long for example, before it begins.
 */
@FunctionalInterface
public interface ChangeCheck {

  /**
   * @param access what the author may do with the page now
   */
  Answer check(ProposedChange change, User author, Access access);

  /** Checks with a lower number go first. Asked once, at the registration. */
  default int order() {
    return 0;
  }

  /**
   * A word or two for the admin, who sees which checks there are: 1 to 80 characters. Asked once,
   * at the registration.
   */
  default String name() {
    return "check";
  }

  /** What a check says. */
  sealed interface Answer {

    /** The check has nothing against the change; the next check is asked. */
    record Accept() implements Answer {}

    /**
     * The change is refused; its author takes it back.
     *
     * @param reason one sentence to the author that says what to do instead, at most {@value
     *     #LONGEST} characters
     */
    record Refuse(String reason) implements Answer {

      /** Characters of a reason at the most. */
      public static final int LONGEST = 300;

      /**
       * @throws IllegalArgumentException if the reason is blank or too long
       */
      public Refuse {
        if (reason.isBlank() || reason.length() > LONGEST) {
          throw new IllegalArgumentException("a reason has 1 to " + LONGEST + " characters");
        }
      }
    }
  }
}
