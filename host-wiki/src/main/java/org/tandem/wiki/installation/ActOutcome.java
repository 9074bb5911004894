package org.tandem.wiki.installation;

/** What came of something that an administrator had done with a plugin. */
public sealed interface ActOutcome {

  /**
   * @param plugin its id
   */
  record Done(String plugin) implements ActOutcome {}

  /**
   * Nothing was changed.
   *
   * @param reason one sentence: why, and what to do
   */
  record Refused(String reason) implements ActOutcome {}

  /**
   * Nothing was changed, as another change of this node takes its time.
   *
   * @param reason one sentence: what goes on, and when to try again
   */
  record Busy(String reason) implements ActOutcome {}

  /** There is no such plugin, or no such upload. */
  record Unknown() implements ActOutcome {}
}
