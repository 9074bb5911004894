package org.tandem.api.editor;

import org.tandem.api.host.Access;

/**
 * Is told what the editors' modules of the same plugin send. A message goes to the node that holds
 * the editor's connection and is stored nowhere; to tell other editors of it the plugin sends by
 * {@link PageMessages}.
 *
 * <p>Life cycle: told from its registration until that is closed; one call may still be under way
 * then. An editor that sends while no listener of its plugin is registered is told so ({@code
 * no_plugin}).
 *
 * <p>What it can rely on: the messages of one connection come in the order in which they were sent,
 * each once at the most, behind {@link ConnectionListener#joined} of the same plugin. One that was
 * taken may still be lost: when the node ends, or the plugin does.
 *
 * <p>Quotas: a value has at most 8 KiB as JSON. A connection may send 10 messages a second on
 * average to each plugin, 20 at once. What comes beyond is not told here; the editor is.
 *
 * <p>Threads: called by threads of the host, one call at a time for each plugin. Nobody waits for
 * it.
 *
 * <p>Failure: as for {@link ChangeListener}: what it throws is a fault, as is a call of more than 5
 * s, and after three in a row on one page it is left out there for ten minutes. While it is, and
 * while 500 messages wait for the plugin on this node, or 100 of the same connection, an editor
 * that sends is told that nobody takes it ({@code unavailable}).
 */
@FunctionalInterface
public interface PageMessageListener {

  /**
   * A module of the plugin has sent a message.
   *
   * @param from the connection that it came by: the page, whose editor it is, what they may do
   * @param value plain JSON, never null: String, Number, Boolean, List or Map with keys of String,
   *     at most 32 of the last two within each other; a whole number is an Integer, beyond its
   *     range and up to 2^53 a Long, and every other number a finite Double. It comes from a
   *     browser: check it
   */
  void received(EditorConnection from, Object value);

  /**
   * What a person must be allowed to do with the page to send this listener messages: to edit it,
   * unless said otherwise. Others are told that they may not ({@code forbidden}). Asked once, at
   * the registration.
   */
  default Access needed() {
    return Access.EDIT;
  }

  /**
   * A word or two for the admin, who sees which listeners there are: 1 to 80 characters. Asked
   * once, at the registration.
   */
  default String name() {
    return "messages";
  }
}
