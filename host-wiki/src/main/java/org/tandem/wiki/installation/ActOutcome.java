package org.tandem.wiki.installation;

/** What came of something that an administrator had done with a plugin. */
public sealed interface ActOutcome {

  /**
   * @param plugin its id
   * @param notice a sentence for the admin when it was not what one would think; empty otherwise
   */
  record Done(String plugin, String notice) implements ActOutcome {

    /** What was asked for. */
    public Done(String plugin) {
      this(plugin, "");
    }
  }

  /**
   * Nothing was changed.
   *
   * @param reason one sentence: why, and what to do
   */
  record Refused(String reason) implements ActOutcome {}

  /**
   * Nothing was changed, as another change of this node takes its time.
   *
   * @param reason for the admin: when to try again, and what goes on
   */
  record Busy(String reason) implements ActOutcome {}

  /** There is no such plugin, or no such upload. */
  record Unknown() implements ActOutcome {}
}
