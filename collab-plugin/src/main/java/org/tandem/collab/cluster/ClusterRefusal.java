package org.tandem.collab.cluster;

/** This node may not or cannot join the others; the message is one sentence for the admin. */
public final class ClusterRefusal extends Exception {

  private static final long serialVersionUID = 1L;

  public ClusterRefusal(String sentence) {
    super(sentence);
  }
}
