package org.tandem.collab.protocol;

/**
 * What a client must keep to, told in {@code joined}.
 *
 * @param message bytes of one message, inflated
 * @param ops operations in one delta
 * @param cursorsPerSecond cursor frames a second; more are dropped
 */
public record Limits(int message, int ops, int cursorsPerSecond) {

  public static final Limits DEFAULT = new Limits(1_048_576, 50_000, 20);
}
