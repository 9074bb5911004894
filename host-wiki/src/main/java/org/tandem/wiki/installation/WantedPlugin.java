package org.tandem.wiki.installation;

import java.time.Instant;
import java.util.Optional;

/**
 * What all nodes are to have of a plugin.
 *
 * @param former the archive before the last upgrade, to which an admin can go back
 * @param change counts what was done to the plugin; 0 before the first
 * @param changedBy the name of who did it last
 */
public record WantedPlugin(
    String id,
    PluginState state,
    StoredArchive archive,
    Optional<StoredArchive> former,
    long change,
    Instant changedAt,
    String changedBy) {

  public boolean isEnabled() {
    return state == PluginState.ENABLED;
  }
}
