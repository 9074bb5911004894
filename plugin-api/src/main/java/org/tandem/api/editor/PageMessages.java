package org.tandem.api.editor;

import org.tandem.api.host.PageId;

/**
 * Sends messages to the plugin's own modules in the editors of a page.
 *
 * <p>Threads: safe for use by any thread; nothing waits.
 *
 * <p>Failure: nothing is stored, and nothing is sent twice. An editor whose connection is away just
 * then gets none of it, so what must not be missed is asked for again when it is back. The messages
 * of one node come in order.
 */
public interface PageMessages {

  /** The most bytes of a value, written as JSON in UTF-8. */
  int MOST_BYTES = 8_192;

  /** Messages a second on average, for each page and on each node. */
  int PER_SECOND = 20;

  /** Messages at once at the most, for each page and on each node. */
  int AT_ONCE = 100;

  /**
   * Sends a value to all editors that have the page open, on all nodes, whoever's they are: whoever
   * may see the page gets it.
   *
   * @param value plain JSON: String, Boolean, finite Number of {@code java.lang} or {@code
   *     java.math}, List or Map with keys of String; at most 32 of the last two within each other.
   *     Null may stand within them
   * @throws IllegalArgumentException if it is anything else
   */
  Outcome send(PageId page, Object value);

  /** What became of a message. There may come to be more: give a switch a default. */
  enum Outcome {
    /** It is on its way to whoever has the page open; nobody may. */
    SENT,

    /** The value has more than {@link #MOST_BYTES}. */
    TOO_LARGE,

    /** More than {@link #PER_SECOND} in the last while. */
    RATE_LIMITED,

    /** No co-editing runs on this node, and so no editor has a connection. */
    UNAVAILABLE
  }
}
