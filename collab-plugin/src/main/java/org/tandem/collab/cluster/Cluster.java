package org.tandem.collab.cluster;

/**
 * The other nodes of this wiki.
 *
 * <p>Life cycle: {@link #start} joins, once; {@link #close} leaves, so that the others see it at
 * once.
 *
 * <p>Threads: safe for use by any thread. Sending waits for nobody.
 *
 * <p>Failure: a message to a node that is gone is lost without a word; the view says so a little
 * later. So is one to a node to which 15 MB are on their way, as it does not get on. No message is
 * delivered twice. Nothing here is a promise to a user: what must last is in the log.
 *
 * <p>After a crash: the others see a new view within seconds; a node that comes back is a new node.
 */
public interface Cluster extends AutoCloseable {

  /**
   * Joins the others and starts to deliver.
   *
   * @throws ClusterRefusal when the others do not accept this node, within 10 s
   */
  void start(ClusterListener listener) throws ClusterRefusal;

  /** This node; known from {@link #start} on. */
  NodeId self();

  ClusterView view();

  void send(NodeId to, ClusterMessage message);

  /** Sends to each other node of the view. */
  void broadcast(ClusterMessage message);

  @Override
  void close();
}
