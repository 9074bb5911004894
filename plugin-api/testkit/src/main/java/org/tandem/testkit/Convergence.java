package org.tandem.testkit;

import java.time.Duration;
import java.util.List;
import org.tandem.api.delta.Delta;

/** The promise of co-editing, as an assertion. */
public final class Convergence {

  private Convergence() {}

  /**
   * Waits until everything that the clients typed is acknowledged and they stand at one revision,
   * and asserts that they then hold one document.
   *
   * @param within from now
   * @return that document
   */
  public static Delta assertWithin(Duration within, ScriptedClient... clients) {
    long end = System.nanoTime() + within.toNanos();
    List<ScriptedClient> all = List.of(clients);
    for (ScriptedClient client : all) {
      client.await("settled", left(end), ScriptedClient::settled);
    }
    long head = all.stream().mapToLong(ScriptedClient::rev).max().orElseThrow();
    for (ScriptedClient client : all) {
      client.await("at revision " + head, left(end), self -> self.rev() >= head);
    }
    Delta document = all.get(0).document();
    for (ScriptedClient client : all) {
      if (!client.document().equals(document)) {
        throw new AssertionError(
            "two documents at revision " + head + ": " + document + " and " + client.document());
      }
    }
    return document;
  }

  private static Duration left(long end) {
    return Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
  }
}
