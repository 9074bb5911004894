package org.tandem.collab.clock;

/**
 * A point in hybrid logical time.
 *
 * @param bits 48 bits of milliseconds since 1970, then 16 bits of a counter, as an unsigned number
 * @param node who issued it; ties between nodes are broken by it
 */
public record Stamp(long bits, String node) implements Comparable<Stamp> {

  static final int COUNTER_BITS = 16;

  public long millis() {
    return bits >>> COUNTER_BITS;
  }

  public int counter() {
    return (int) (bits & 0xffff);
  }

  @Override
  public int compareTo(Stamp other) {
    int order = Long.compareUnsigned(bits, other.bits);
    return order != 0 ? order : node.compareTo(other.node);
  }

  /** The form on the wire: 16 lower-case hex digits, a hyphen, the node. */
  @Override
  public String toString() {
    return String.format("%016x-%s", bits, node);
  }
}
