package org.tandem.collab.cluster;

import java.util.List;

/**
 * The nodes that this node can reach, itself among them. Two nodes may see different views for a
 * while; nothing that is stored may depend on a view.
 */
public record ClusterView(List<NodeId> nodes) {

  public ClusterView {
    nodes = List.copyOf(nodes);
  }
}
