package org.tandem.collab.clock;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A point in hybrid logical time.
 *
 * @param bits 48 bits of milliseconds since 1970, then 16 bits of a counter, as an unsigned number
 * @param node who issued it; ties between nodes are broken by it
 */
public record Stamp(long bits, String node) implements Comparable<Stamp> {

  /** Before all others. */
  public static final Stamp NONE = new Stamp(0, "");

  public static final int COUNTER_BITS = 16;
  static final long MAX_MILLIS = (1L << 48) - 1;
  static final long LAST_BITS = -1L;

  private static final Pattern PRINTED = Pattern.compile("([0-9a-f]{16})-(.*)", Pattern.DOTALL);

  /** What {@link #toString} wrote. */
  public static Optional<Stamp> parse(String printed) {
    Matcher parts = PRINTED.matcher(printed);
    return parts.matches()
        ? Optional.of(new Stamp(Long.parseUnsignedLong(parts.group(1), 16), parts.group(2)))
        : Optional.empty();
  }

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

  /** The form on the wire: 16 lower-case hex digits, a hyphen, the node. It has the same order. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(bits) + '-' + node;
  }
}
