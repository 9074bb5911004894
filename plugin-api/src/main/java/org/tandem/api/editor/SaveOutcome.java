package org.tandem.api.editor;

/** What became of a save in one piece. */
public sealed interface SaveOutcome {

  /**
   * Committed; a save that changes nothing is answered with its base's revision.
   *
   * @param rev the revision that the page has now
   */
  record Saved(long rev) implements SaveOutcome {}

  /**
   * The base revision is above the head, or older than the log holds: load the page again.
   *
   * @param head the newest revision
   */
  record Stale(long head) implements SaveOutcome {}

  /**
   * The document breaks a rule.
   *
   * @param reason one sentence
   */
  record Refused(String reason) implements SaveOutcome {}

  /** The user may not edit this page, or there is no such page. */
  record Forbidden() implements SaveOutcome {}

  /**
   * Not saved now; the same call may succeed later.
   *
   * @param reason one sentence for the user; empty for none that would help
   */
  record Unavailable(String reason) implements SaveOutcome {

    /** For no reason that would help the user. */
    public Unavailable() {
      this("");
    }
  }
}
