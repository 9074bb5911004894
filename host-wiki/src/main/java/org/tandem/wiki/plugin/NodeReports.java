package org.tandem.wiki.plugin;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.wiki.installation.NodePlugin;
import org.tandem.wiki.installation.NodeReport;
import org.tandem.wiki.installation.Nodes;

/**
 * What the nodes of a wiki tell each other of how they have its plugins. Threads: one at a time,
 * but for {@link #now}.
 */
final class NodeReports {

  private static final Logger LOG = LoggerFactory.getLogger(NodeReports.class);

  private final Nodes nodes;
  private final NodePlugins node;
  private final Contributions contributions;

  /** What the other nodes can know of this one. */
  private List<NodePlugin> told = List.of();

  NodeReports(Nodes nodes, NodePlugins node, Contributions contributions) {
    this.nodes = nodes;
    this.node = node;
    this.contributions = contributions;
  }

  /** How this node has its plugins, for the others. */
  List<NodePlugin> now() {
    Optional<String> orders = contributions.orders();
    return node.all().values().stream()
        .map(have -> have.report(orders.filter(have.wanted().id()::equals).isPresent()))
        .toList();
  }

  /** Tells the others how this node has its plugins, unless they know that already. */
  void tell() {
    List<NodePlugin> now = now();
    boolean known = nodes.seen() && now.equals(told);
    if (!known) {
      nodes.report(now);
      told = now;
    }
  }

  /** The same after an act, which is done whether the others hear of it now or later. */
  void tellOrLater() {
    try {
      tell();
    } catch (UncheckedIOException away) {
      LOG.debug("This node's plugins are told to the others by the follower", away);
    }
  }

  /** Whether a plugin orders the changes of pages on another node. */
  boolean isOrderedElsewhere() {
    return nodes.alive().stream()
        .filter(other -> !other.node().equals(nodes.own()))
        .flatMap((NodeReport other) -> other.plugins().stream())
        .anyMatch(NodePlugin::orders);
  }
}
