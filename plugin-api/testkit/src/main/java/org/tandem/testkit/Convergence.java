package org.tandem.testkit;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.tandem.api.delta.Delta;

/**
 * The promise of co-editing, as an assertion: whoever is on a page, on whatever line and node, ends
 * with the same document. Threads: any.
 */
public final class Convergence {

  private Convergence() {}

  /**
   * Waits until everything that the clients typed is acknowledged and they stand at one revision,
   * and asserts that they then hold one document. Nobody may go on typing meanwhile.
   *
   * <p>Failure: an {@link AssertionError} that says of each client which revision and document it
   * holds, what of it is not acknowledged, and the seed of its network.
   *
   * @param within from now
   * @return that document
   */
  public static Delta assertWithin(Duration within, ScriptedClient... clients) {
    long end = System.nanoTime() + within.toNanos();
    List<ScriptedClient> all = List.of(clients);
    try {
      for (ScriptedClient client : all) {
        client.await("settled", left(end), ScriptedClient::settled);
      }
      long head = all.stream().mapToLong(ScriptedClient::rev).max().orElseThrow();
      for (ScriptedClient client : all) {
        client.await("at revision " + head, left(end), self -> self.rev() >= head);
      }
    } catch (AssertionError late) {
      throw new AssertionError(
          "no convergence within " + within.toMillis() + " ms:" + said(all), late);
    }
    Delta document = all.get(0).document();
    if (!all.stream().allMatch(client -> client.document().equals(document))) {
      throw new AssertionError("different documents:" + said(all));
    }
    return document;
  }

  private static String said(List<ScriptedClient> all) {
    return all.stream().map(client -> "\n  " + client).collect(Collectors.joining());
  }

  private static Duration left(long end) {
    return Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
  }
}
