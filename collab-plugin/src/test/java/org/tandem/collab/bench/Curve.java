package org.tandem.collab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tandem.api.bench.Jmh;
import org.tandem.api.bench.Report;
import org.tandem.api.bench.Samples;
import org.tandem.api.bench.Timing;

/** What the merge costs as the branches grow. */
record Curve(Workload workload, List<Point> points) {

  static final List<Integer> EDITS = List.of(1_000, 10_000, 50_000, 100_000, 1_000_000);

  /**
   * The cost at one length.
   *
   * @param edits on each side
   * @param allocated bytes
   * @param heap the smallest that held it, in MB
   */
  record Point(int edits, Samples time, double allocated, int heap) {}

  static Curve measure(Workload workload) {
    List<Point> points = new ArrayList<>();
    int guess = MergeOnce.SMALLEST;
    for (int edits : EDITS) {
      Jmh.Measured measured =
          Jmh.measure(MergeBenchmark.class, "merge", timing(edits), parameters(workload, edits));
      if (!points.isEmpty()) {
        Point before = points.get(points.size() - 1);
        guess = Math.multiplyExact(before.heap, edits / before.edits);
      }
      int heap = MergeOnce.smallestHeap(workload, edits, guess);
      points.add(new Point(edits, measured.samples(), measured.allocated(), heap));
    }
    return new Curve(workload, points);
  }

  /** A merge of long branches takes its time, and a compiler waits for many merges. */
  static Timing timing(int edits) {
    return edits <= 10_000 ? new Timing(10, 6, 200) : new Timing(12, 6, 1_000);
  }

  static Map<String, String> parameters(Workload workload, int edits) {
    return Map.of("workload", workload.name(), "edits", String.valueOf(edits));
  }

  Point at(int edits) {
    return points.stream().filter(point -> point.edits == edits).findFirst().orElseThrow();
  }

  /**
   * By how much the cost grows with twice the edits, between this point and the one before: by the
   * fastest iterations, since other work on the machine would show as a step of the curve.
   */
  private double growth(int index) {
    Point before = points.get(index - 1);
    Point point = points.get(index);
    double doublings = Math.log((double) point.edits / before.edits) / Math.log(2);
    return Math.pow(point.time.fastest() / before.time.fastest(), 1 / doublings);
  }

  double steepest() {
    double steepest = 0;
    for (int i = 1; i < points.size(); i++) {
      steepest = Math.max(steepest, growth(i));
    }
    return steepest;
  }

  void writeTo(Report report) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      rows.add(
          List.of(
              "2 × %,d".formatted(point.edits),
              Report.spread(point.time),
              Report.time(point.time.median() / (2.0 * point.edits)),
              i == 0 ? "" : Report.ratio(growth(i)),
              Report.bytes(point.allocated),
              point.heap + " MB"));
    }
    report.table(
        List.of(
            "edits",
            "merge (fastest to slowest)",
            "for one edit",
            "for twice the edits",
            "allocated",
            "heap"),
        rows);
  }
}
