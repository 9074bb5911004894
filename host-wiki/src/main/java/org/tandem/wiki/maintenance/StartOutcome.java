package org.tandem.wiki.maintenance;

/** What became of an admin's wish to run a maintenance. */
public sealed interface StartOutcome {

  record Started(Run run) implements StartOutcome {}

  /** It runs already on this node. */
  record Busy(Run run) implements StartOutcome {

    /** One sentence for the admin. */
    public String reason() {
      return run.name()
          + " runs already, started by "
          + run.startedBy()
          + ": wait for its end, or cancel it.";
    }
  }

  /** No plugin offers it. */
  record Unknown() implements StartOutcome {}

  /**
   * @param reason one sentence for the admin
   */
  record Unusable(String reason) implements StartOutcome {}
}
