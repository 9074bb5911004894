package org.tandem.wiki.plugin.extension;

/**
 * A token bucket: so many a second on average, up to so many at once. Time is passed in, in
 * milliseconds of a monotone clock. Threads: safe for use by any thread.
 */
final class Allowance {

  private final double perMilli;
  private final double most;
  private double left;
  private long last;

  Allowance(int perSecond, int atOnce, long now) {
    this.perMilli = perSecond / 1000.0;
    this.most = atOnce;
    this.left = atOnce;
    this.last = now;
  }

  synchronized boolean take(long now) {
    left = Math.min(most, left + (now - last) * perMilli);
    last = now;
    if (left < 1) {
      return false;
    }
    left -= 1;
    return true;
  }
}
