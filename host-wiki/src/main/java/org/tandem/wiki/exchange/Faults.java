package org.tandem.wiki.exchange;

import org.tandem.wiki.gate.Refusal;

/** What somebody is told when nothing came of an export or import. */
final class Faults {

  private Faults() {}

  /** Nobody offers this. */
  static Refusal unknown(String act) {
    return of(new Exchange.Failure(Exchange.Obstacle.UNKNOWN, ""), "", act);
  }

  /**
   * @param act what was asked for, as in {@code export this page}
   */
  static Refusal of(Exchange.Failure failure, String plugin, String act) {
    return switch (failure.obstacle()) {
      case UNKNOWN ->
          new Refusal(
              404,
              "No plugin that runs can "
                  + act
                  + " so: load the page again and choose another way.");
      case FAULT ->
          new Refusal(
              500,
              "The plugin "
                  + plugin
                  + " failed to "
                  + act
                  + how(failure)
                  + " Tell an administrator.");
      case OFF ->
          new Refusal(
              503,
              "The plugin "
                  + plugin
                  + " failed to "
                  + act
                  + " several times and is left out for some minutes: try again later.");
      case BUSY ->
          new Refusal(503, "Too many files are made or read at the moment: try again in a while.");
    };
  }

  private static String how(Exchange.Failure failure) {
    return failure.how().isEmpty()
        ? ", and the wiki's log says how."
        : ": it " + failure.how() + (failure.how().endsWith(".") ? "" : ".");
  }
}
