package org.tandem.collab.session;

/**
 * A token bucket: {@code perSecond} on average, up to {@code burst} at once. Time is passed in, in
 * milliseconds of any monotone clock. Threads: one at a time.
 */
final class Bucket {

  private final double perMilli;
  private final double burst;
  private double tokens;
  private long last;

  Bucket(int perSecond, int burst, long now) {
    this.perMilli = perSecond / 1000.0;
    this.burst = burst;
    this.tokens = burst;
    this.last = now;
  }

  boolean take(long now) {
    tokens = Math.min(burst, tokens + (now - last) * perMilli);
    last = now;
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }
}
