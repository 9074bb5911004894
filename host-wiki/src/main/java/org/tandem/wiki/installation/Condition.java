package org.tandem.wiki.installation;

import java.util.List;
import java.util.Optional;

/** How a plugin stands in the whole wiki: what is wanted of it, and what the nodes make of that. */
public enum Condition {
  /** On all nodes. */
  RUNNING,
  /** Wanted, and some nodes are still on their way. */
  STARTING,
  /** On some nodes; others cannot. */
  PARTLY_RUNNING,
  /** Wanted, and on no node. */
  FAILED,
  /** Not wanted, and some nodes are still on their way. */
  STOPPING,
  OFF,
  REMOVED;

  /** What the reports of the nodes that run make of what is wanted. */
  public static Condition of(WantedPlugin wanted, List<NodeReport> nodes) {
    List<Optional<NodePlugin>> had = nodes.stream().map(node -> node.of(wanted.id())).toList();
    boolean anyRuns = had.stream().anyMatch(one -> is(one, NodePlugin.State.RUNNING));
    if (!wanted.isEnabled()) {
      return anyRuns ? STOPPING : wanted.state() == PluginState.REMOVED ? REMOVED : OFF;
    }
    boolean allFollowed =
        had.stream().allMatch(one -> one.isPresent() && one.get().change() >= wanted.change());
    boolean anyFailed = had.stream().anyMatch(one -> is(one, NodePlugin.State.FAILED));
    if (anyFailed) {
      return anyRuns ? PARTLY_RUNNING : allFollowed ? FAILED : STARTING;
    }
    return allFollowed ? RUNNING : STARTING;
  }

  private static boolean is(Optional<NodePlugin> one, NodePlugin.State state) {
    return one.map(NodePlugin::state).filter(state::equals).isPresent();
  }
}
