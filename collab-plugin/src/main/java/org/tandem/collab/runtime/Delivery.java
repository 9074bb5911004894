package org.tandem.collab.runtime;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what stands in the outboxes of many sessions, some of them in each turn: an answer, or a
 * change that arrives meanwhile, waits for these and not for all; nor do those who come last wait
 * for more than a bounded number of letters for each turn, however many there are. What a session
 * is given before its turn comes travels with the rest. All calls come in the page's mailbox.
 */
final class Delivery {

  /** Sessions that are sent to in one go, unless a test wants less; each costs some 20 µs. */
  static final int AT_ONCE = 32;

  private static final Logger log = LoggerFactory.getLogger(Delivery.class);

  private final int atOnce;
  private final Consumer<Runnable> post;
  private final Set<LiveSession> due = new LinkedHashSet<>();
  private boolean posted;

  /**
   * @param atOnce sessions that are sent to in one turn
   * @param post runs a task in the page's mailbox, after some of what waits there, not all of it
   */
  Delivery(int atOnce, Consumer<Runnable> post) {
    this.atOnce = atOnce;
    this.post = post;
  }

  /** The session has something in its outbox; {@link #begin} comes after the last of them. */
  void add(LiveSession session) {
    due.add(session);
  }

  /** Sends to the first, now, unless others are being sent to. */
  void begin() {
    if (!posted) {
      goOn();
    }
  }

  private void goOn() {
    posted = false;
    Iterator<LiveSession> next = due.iterator();
    try {
      for (int i = 0; i < atOnce && next.hasNext(); i++) {
        LiveSession session = next.next();
        next.remove();
        toOne(session, session::flush);
      }
    } finally {
      if (!due.isEmpty()) {
        posted = true;
        post.accept(this::goOn);
      }
    }
  }

  /** Tells one session something. A fault of one is not the others': it ends that session alone. */
  static void toOne(LiveSession session, Runnable told) {
    try {
      told.run();
    } catch (RuntimeException | Error bug) {
      log.error("A session of user {} met a fault", session.user().id(), bug);
      session.failed();
    }
  }
}
