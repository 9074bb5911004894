package org.tandem.wiki.plugin;

import java.util.Optional;
import org.tandem.wiki.installation.NodePlugin;
import org.tandem.wiki.installation.WantedPlugin;
import org.tandem.wiki.plugin.archive.PluginArchive;
import org.tandem.wiki.plugin.loading.Declared;

/**
 * How this node has a plugin.
 *
 * @param wanted what the node has followed, or failed at
 * @param archive empty when it was not to be had
 * @param reason why it failed; empty otherwise
 * @param waits whether it failed only because another plugin does not run
 */
record Have(
    WantedPlugin wanted,
    Optional<PluginArchive> archive,
    NodePlugin.State state,
    String reason,
    boolean waits,
    Declared declared) {

  boolean isRunning() {
    return state == NodePlugin.State.RUNNING;
  }

  /** Whether the node has nothing more to do for this. */
  boolean isDone(WantedPlugin next) {
    return wanted.change() == next.change() && !waits;
  }

  Have at(WantedPlugin next) {
    return new Have(next, archive, state, reason, waits, declared);
  }

  /**
   * @param orders whether it orders the changes of pages here
   */
  NodePlugin report(boolean orders) {
    return new NodePlugin(
        wanted.id(), wanted.archive().hash(), state, reason, wanted.change(), orders);
  }
}
