package org.tandem.collab.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tandem.api.host.PageId;
import org.tandem.collab.cluster.NodeId;

/** Which other nodes have which page open. Threads: safe for use by any thread. */
final class Audience {

  private final Map<PageId, Set<NodeId>> nodes = new HashMap<>();

  synchronized void opened(PageId page, NodeId node) {
    nodes.computeIfAbsent(page, first -> new TreeSet<>()).add(node);
  }

  synchronized void closed(PageId page, NodeId node) {
    nodes.computeIfPresent(
        page,
        (same, set) -> {
          set.remove(node);
          return set.isEmpty() ? null : set;
        });
  }

  /** Forgets the nodes that are no longer in the view. */
  synchronized void keepOnly(List<NodeId> view) {
    nodes
        .values()
        .removeIf(
            set -> {
              set.retainAll(view);
              return set.isEmpty();
            });
  }

  /** In the order of their names. */
  synchronized List<NodeId> of(PageId page) {
    return List.copyOf(nodes.getOrDefault(page, Set.of()));
  }
}
