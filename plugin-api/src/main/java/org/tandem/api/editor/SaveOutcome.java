package org.tandem.api.editor;

/** What became of a save in one piece. */
public sealed interface SaveOutcome {

  /** Committed; a save that changes nothing is answered with its base's revision. */
  record Saved(long rev) implements SaveOutcome {}

  /** The base revision is above the head, or older than the log holds: load the page again. */
  record Stale(long head) implements SaveOutcome {}

  /** The document breaks a rule; the reason is one sentence. */
  record Refused(String reason) implements SaveOutcome {}

  /** The user may not edit this page, or there is no such page. */
  record Forbidden() implements SaveOutcome {}

  /** Not saved now; the same call may succeed later. */
  record Unavailable() implements SaveOutcome {}
}
