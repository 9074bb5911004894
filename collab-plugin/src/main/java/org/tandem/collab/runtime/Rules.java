package org.tandem.collab.runtime;

import java.util.List;
import java.util.function.LongSupplier;
import org.tandem.collab.protocol.Decoded;
import org.tandem.collab.protocol.Limits;
import org.tandem.collab.session.Effect;
import org.tandem.collab.session.Session;

/**
 * The rules of one connection, for the transport and the page at once: a {@link Session} by this
 * node's clock. Threads: safe for use by any thread.
 */
final class Rules {

  private final Session session;
  private final LongSupplier millis;

  Rules(Limits limits, LongSupplier millis) {
    this.session = new Session(limits, millis.getAsLong());
    this.millis = millis;
  }

  synchronized List<Effect> text(Decoded decoded) {
    return session.text(decoded, millis.getAsLong());
  }

  synchronized List<Effect> pinged() {
    return session.pinged(millis.getAsLong());
  }

  synchronized List<Effect> unreadable(String sentence) {
    return session.unreadable(sentence);
  }

  synchronized List<Effect> tooLarge(String sentence) {
    return session.tooLarge(sentence);
  }

  synchronized List<Effect> tick() {
    return session.tick(millis.getAsLong());
  }

  synchronized void acknowledged(long seq) {
    session.acknowledged(seq);
  }

  /** As {@link Session#refused}. */
  synchronized boolean refused(long seq) {
    return session.refused(seq);
  }

  synchronized boolean isAcknowledged(long seq) {
    return session.isAcknowledged(seq);
  }

  synchronized void closed() {
    session.closed();
  }
}
