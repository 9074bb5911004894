package org.tandem.wiki.installation;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What the node that is asked does with a plugin just now. Plugins are changed one at a time, so
 * that others wait for it.
 *
 * @param version the archive's
 * @param since when the step began
 * @param mostSeconds after which a plugin that hangs in it is given up
 */
public record UnderWay(String plugin, String version, Step step, Instant since, long mostSeconds) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** What is done with it. */
  public enum Step {
    STARTING("started"),
    STOPPING("stopped");

    private final String word;

    Step(String word) {
      this.word = word;
    }
  }

  /** One sentence for the admin. */
  public String sentence() {
    return "The plugin "
        + plugin
        + " "
        + version
        + " is being "
        + step.word
        + " on this node since "
        + TIME.format(since)
        + " UTC; one that hangs is given up after "
        + mostSeconds
        + " s.";
  }
}
