package org.tandem.wiki.space;

/** What became of a new space. */
public sealed interface SpaceOutcome {

  record Created(Space space) implements SpaceOutcome {}

  /** The reason is one sentence that says what to do. */
  record Refused(String reason) implements SpaceOutcome {}
}
