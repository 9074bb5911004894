package org.tandem.api.editor;

/**
 * Hears of the editors that come to pages, and of those that go. Each node tells of the connections
 * that it holds itself: a plugin runs on every node, and all of them together hear of all.
 *
 * <p>Life cycle: told from its registration until that is closed; one call may still be under way
 * then. An editor that was there before is not told of as joined, only as it leaves. Nothing is
 * told while no co-editing runs: the wiki's form for one person has no connection.
 *
 * <p>What it can rely on: {@link #joined} comes before {@link #left} of the same {@link
 * EditorConnection#id}, and both come once, as long as the node lives. A node that dies tells
 * nothing any more, and one that ends may not get to tell all. Between nodes there is no order: an
 * editor that moves to another node may be told there as joined before it is told here as left.
 *
 * <p>Threads: called by threads of the host, one call at a time for each plugin, in the order of
 * the events of each page, and behind what {@link ChangeListener}s of the same plugin are told
 * before. Nobody waits for it.
 *
 * <p>Failure: as for {@link ChangeListener}: what it throws is a fault, as is a call of more than 5
 * s, and after three in a row on one page it is left out there for ten minutes. What is left out
 * then, or for want of room, is told as {@link #missed}.
 */
public interface ConnectionListener {

  /** An editor shows the page, and hears from now on what happens there. */
  default void joined(EditorConnection connection) {}

  /** It does so no more. */
  default void left(EditorConnection connection, EditorConnection.End why) {}

  /**
   * Events were left out, of this page or of others: what is known of who is where may be wrong.
   */
  default void missed() {}

  /**
   * A word or two for the admin, who sees which listeners there are: 1 to 80 characters. Asked
   * once, at the registration.
   */
  default String name() {
    return "connections";
  }
}
