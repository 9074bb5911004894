package org.tandem.collab.runtime;

import java.util.OptionalLong;
import org.tandem.collab.protocol.ErrorCode;

/**
 * What a connection's client may have under way by the connections before: the change that it sends
 * first may be a copy of one that finds its place yet. Threads: safe for use by any thread, but for
 * what is said of {@link #inAnotherForm}.
 */
final class Earlier {

  /** Whether the client was here before, and joined from what it had. */
  private volatile boolean resumed;

  /**
   * Whether a copy may land: the client was here before, and no change of it has an answer yet
   * after which none does.
   */
  private volatile boolean mayLand;

  private boolean inAnotherForm;

  void joins(OptionalLong rev) {
    resumed = rev.isPresent();
    mayLand = resumed;
  }

  /** The page has changes of it up to this seq; 0: none. */
  void has(long seq) {
    mayLand |= seq > 0;
  }

  /** It is told the document, not the way to it. Called in the mailbox. */
  void beginsAnew() {
    inAnotherForm = true;
  }

  /**
   * Whether the copy that finds its place may differ from what the client sends now under the same
   * seq. Called in the mailbox.
   */
  boolean inAnotherForm() {
    return inAnotherForm;
  }

  /** A change has an answer, or will have it at once, after which no copy of it lands. */
  void answered() {
    mayLand = false;
  }

  /** What the client sends from now on was never sent in another form. Called in the mailbox. */
  void over() {
    inAnotherForm = false;
  }

  /** Whether the client takes back a change that is refused so, while a copy of it may land. */
  boolean forbidsToRefuse(ErrorCode code) {
    return mayLand && Refusals.isFinal(code);
  }

  /** Whether nobody can tell that a change is not saved, so that its seq is free. */
  boolean forbidsToDeny(ErrorCode code) {
    return mayLand && resumed && code.comesAgain();
  }
}
