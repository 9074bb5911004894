package org.tandem.distribution.load;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Counts keystrokes that were due within a window, by the time that each was due and not the time
 * it was sent: a keystroke that waits behind a change in flight has waited. Nanoseconds. Threads:
 * one.
 */
final class Tally {

  private static final int DIGITS = 3;

  final Histogram ack = histogram();
  final Histogram propagation = histogram();

  /** To clients of another node than the author's, which {@link #propagation} leaves out. */
  final Histogram across = histogram();

  /** By how much the generator itself was late. */
  final Histogram lateness = histogram();

  private long from = Long.MAX_VALUE;
  private long until = Long.MAX_VALUE;
  private long offered;
  private long taken;
  private long frames;
  private long heard;

  private static Histogram histogram() {
    return new Histogram(TimeUnit.MINUTES.toNanos(10), DIGITS);
  }

  void window(long begin, long end) {
    from = begin;
    until = end;
  }

  long from() {
    return from;
  }

  long until() {
    return until;
  }

  private boolean counts(long time) {
    return time >= from && time < until;
  }

  void typed(long due, long now) {
    if (counts(due)) {
      offered++;
      lateness.recordValue(Math.max(0, now - due));
    }
  }

  void sent(long now) {
    if (counts(now)) {
      frames++;
    }
  }

  void acknowledged(long due, long now) {
    if (counts(now)) {
      taken++;
    }
    if (counts(due)) {
      ack.recordValue(now - due);
    }
  }

  void arrived(long due, long now, boolean elsewhere) {
    if (counts(due)) {
      (elsewhere ? across : propagation).recordValue(now - due);
    }
  }

  void frame(long now) {
    if (counts(now)) {
      heard++;
    }
  }

  double seconds() {
    return (until - from) / 1e9;
  }

  double offeredASecond() {
    return offered / seconds();
  }

  double takenASecond() {
    return taken / seconds();
  }

  double framesASecond() {
    return frames / seconds();
  }

  double heardASecond() {
    return heard / seconds();
  }

  long taken() {
    return taken;
  }

  static double millis(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1e6;
  }

  /** p50 / p99 / max, in milliseconds. */
  static String percentiles(Histogram histogram) {
    if (histogram.getTotalCount() == 0) {
      return "-";
    }
    return String.join(
        " / ",
        List.of(
            number(millis(histogram, 50)),
            number(millis(histogram, 99)),
            number(histogram.getMaxValue() / 1e6)));
  }

  static String number(double value) {
    int decimals = value < 10 ? 2 : value < 100 ? 1 : 0;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
