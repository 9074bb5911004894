package org.tandem.wiki.plugin.loading;

import java.time.Duration;

/**
 * How long a plugin may take.
 *
 * @param start until it has started, the migration of its tables included
 * @param stop until it has ended everything that it started
 */
public record LifeTimes(Duration start, Duration stop) {

  /** For a wiki in use. */
  public static final LifeTimes USUAL =
      new LifeTimes(Duration.ofSeconds(120), Duration.ofSeconds(20));
}
