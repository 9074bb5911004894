package org.tandem.collab.cluster;

/** The name of a running node: another start of the same machine has another. */
public record NodeId(String value) implements Comparable<NodeId> {

  @Override
  public int compareTo(NodeId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
