package org.tandem.collab.runtime;

import org.tandem.api.host.PageId;
import org.tandem.collab.cluster.Cluster;
import org.tandem.collab.cluster.ClusterMessage;
import org.tandem.collab.cluster.NodeId;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;
import org.tandem.collab.protocol.ErrorCode;

/** An author whose connection is on another node, which hears of commits as all nodes do. */
record RemoteAuthor(Cluster cluster, NodeId node, PageId page, ClientId client, long attempt)
    implements Author {

  static RemoteAuthor of(Cluster cluster, NodeId node, ClusterMessage.Submit submit) {
    return new RemoteAuthor(
        cluster, node, submit.page(), submit.submission().client(), submit.attempt());
  }

  @Override
  public void committed(Revision revision) {}

  @Override
  public void repeated(long seq, long rev) {
    cluster.send(node, new ClusterMessage.Repeated(page, client, attempt, seq, rev));
  }

  @Override
  public void refused(long seq, ErrorCode code, String reason) {
    cluster.send(node, new ClusterMessage.Refused(page, client, attempt, seq, code, reason));
  }

  /** The other node gives up waiting by itself, and is in doubt then, too. */
  @Override
  public void refusedInDoubt(long seq, ErrorCode code, String reason) {}

  /** The other node gives up waiting by itself. */
  @Override
  public void uncertain() {}
}
