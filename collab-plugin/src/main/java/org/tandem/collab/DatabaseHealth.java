package org.tandem.collab;

import org.tandem.api.plugin.Health;
import org.tandem.api.plugin.HealthProbe;
import org.tandem.collab.log.resilience4j.Guard;

/** Whether the databases answer, as their breakers have it. Threads: safe for use by any thread. */
final class DatabaseHealth implements HealthProbe {

  private volatile boolean logAway;
  private volatile boolean wikiAway;

  /** Hears of the breaker before the log. */
  Guard.Listener log() {
    return open -> logAway = open;
  }

  /** Hears of the breaker before the wiki. */
  Guard.Listener wiki() {
    return open -> wikiAway = open;
  }

  @Override
  public Health check() {
    if (logAway || wikiAway) {
      return new Health(
          false,
          "The database does not answer: what people type is kept by their browsers, and saved when"
              + " it is back.");
    }
    return new Health(true, "The database answers.");
  }
}
