package org.tandem.wiki.installation;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A node that runs, and how it has the plugins.
 *
 * @param name for people: where it listens
 */
public record NodeReport(UUID node, String name, List<NodePlugin> plugins) {

  public NodeReport {
    plugins = List.copyOf(plugins);
  }

  /** How the node has the plugin; empty when it has not said so yet. */
  public Optional<NodePlugin> of(String plugin) {
    return plugins.stream().filter(one -> one.plugin().equals(plugin)).findFirst();
  }
}
