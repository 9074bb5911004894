package org.tandem.wiki.page;

/** What became of a change of the tree. */
public sealed interface TreeOutcome {

  record Done(PageEntry page) implements TreeOutcome {}

  /** The reason is one sentence that says what to do; nothing was changed. */
  record Refused(String reason) implements TreeOutcome {}

  /** There is no such page. */
  record Gone() implements TreeOutcome {}
}
