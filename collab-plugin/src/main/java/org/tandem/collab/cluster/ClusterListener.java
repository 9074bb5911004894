package org.tandem.collab.cluster;

/**
 * Hears of the other nodes. Called on the cluster's threads, one call at a time per sender and one
 * view at a time; a call returns at once.
 */
public interface ClusterListener {

  /**
   * The view changed; also called once for the first view, before {@link Cluster#start} returns.
   */
  void view(ClusterView view);

  /** A message of another node; those of one sender arrive in the order of sending. */
  void message(NodeId from, ClusterMessage message);
}
