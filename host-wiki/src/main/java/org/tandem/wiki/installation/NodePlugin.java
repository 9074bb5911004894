package org.tandem.wiki.installation;

/**
 * How one node has a plugin.
 *
 * @param archive hash of the archive that it has
 * @param reason why it failed, one sentence; empty otherwise
 * @param change the last change of the wanted plugin that the node has followed, or failed at
 * @param orders whether it orders the changes of pages on the node
 */
public record NodePlugin(
    String plugin, String archive, State state, String reason, long change, boolean orders) {

  /** What the plugin does on the node. */
  public enum State {
    RUNNING,
    OFF,
    FAILED
  }
}
