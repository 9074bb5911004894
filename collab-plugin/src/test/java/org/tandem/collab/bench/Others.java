package org.tandem.collab.bench;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tandem.api.bench.Jmh;
import org.tandem.api.bench.Peer;
import org.tandem.api.bench.Report;
import org.tandem.api.bench.Samples;
import org.tandem.api.bench.Timing;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.Op;
import org.tandem.collab.branch.Merge;

/**
 * What others take to merge the same branches.
 *
 * @param plain Tandem's own transformation, change by change, of {@value #PLAIN} edits
 */
record Others(Workload workload, Samples plain, List<Point> points) {

  /** Edits on each side that plain transformation is measured with; beyond, it grows squared. */
  static final int PLAIN = 1_000;

  /** The longest branches that the peers are given: yjs needs minutes to make many more. */
  private static final int MOST_EDITS = 50_000;

  /** For what takes seconds, and so warms up in one operation. */
  private static final Timing ONCE = new Timing(1, 3, 1);

  private static final Peer PEER = new Peer("branches.mjs");

  /**
   * The peers at one length.
   *
   * @param edits on each side
   * @param quill composes each side and transforms one by the other, by quill-delta
   * @param apply yjs applies one side's encoded update to a document in memory with the other's
   * @param load the same, after the document was read from its own encoded update
   * @param editing the same, after both sides' edits were made in documents; once
   */
  record Point(int edits, Samples quill, Samples apply, Samples load, Samples editing) {}

  static Others measure(Workload workload, Path folder) {
    Samples plain =
        Jmh.measure(
                MergeBenchmark.class,
                "plain",
                new Timing(2, 3, 500),
                Curve.parameters(workload, PLAIN))
            .samples();
    List<Point> points =
        Curve.EDITS.stream()
            .filter(edits -> edits <= MOST_EDITS)
            .map(edits -> point(workload, edits, folder))
            .toList();
    return new Others(workload, plain, points);
  }

  private static Point point(Workload workload, int edits, Path folder) {
    Path file = folder.resolve(workload.name().toLowerCase(Locale.ROOT) + "-" + edits + ".json");
    List<Delta> ours = workload.ours(edits);
    List<Delta> committed = workload.committed(edits);
    write(file, ours, committed);
    long length =
        Workload.PAGE
            + committed.stream().mapToInt(Delta::changeLength).sum()
            + Merge.of(ours, committed).change().changeLength();
    Timing timing = edits < MOST_EDITS ? Curve.timing(edits) : new Timing(3, 5, 200);
    Peer.Measured yjs = measured(file, "yjs", timing, length);
    Peer.Measured quill =
        measured(file, "quill-delta", edits < MOST_EDITS / 5 ? timing : ONCE, length);
    return new Point(
        edits,
        quill.figure("merge"),
        yjs.figure("apply"),
        yjs.figure("load"),
        yjs.figure("editing"));
  }

  /** The peers say how long the merged page is. */
  private static Peer.Measured measured(Path file, String peer, Timing timing, long length) {
    Peer.Measured measured = PEER.measure(file, peer, timing);
    if (measured.count() != length) {
      throw new IllegalStateException(
          file + ": " + length + " characters here, " + measured.count() + " by " + peer);
    }
    return measured;
  }

  /** Each edit as its place and the text inserted or the number of characters deleted there. */
  private static void write(Path file, List<Delta> ours, List<Delta> committed) {
    try (JsonGenerator json = new JsonFactory().createGenerator(file.toFile(), JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeNumberField("page", Workload.PAGE);
      json.writeFieldName("ours");
      write(json, ours);
      json.writeFieldName("committed");
      write(json, committed);
      json.writeEndObject();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void write(JsonGenerator json, List<Delta> branch) throws IOException {
    json.writeStartArray();
    for (Delta edit : branch) {
      List<Op> ops = edit.ops();
      json.writeStartArray();
      json.writeNumber(ops.size() == 1 ? 0 : ops.get(0).length());
      if (ops.get(ops.size() - 1) instanceof Op.Insert insert) {
        json.writeString(insert.text());
      } else {
        json.writeNumber(1);
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  Point at(int edits) {
    return points.stream().filter(point -> point.edits == edits).findFirst().orElseThrow();
  }

  void writeTo(Report report, Curve curve) {
    List<List<String>> rows = new ArrayList<>();
    for (Point point : points) {
      double ours = curve.at(point.edits).time().median();
      rows.add(
          List.of(
              "2 × %,d".formatted(point.edits),
              Report.time(ours),
              beside(point.apply.median(), ours),
              beside(point.load.median(), ours),
              beside(point.editing.median(), ours),
              beside(point.quill.median(), ours),
              plain(point.edits, ours)));
    }
    report.table(
        List.of(
            "edits",
            "Tandem",
            "yjs: apply",
            "yjs: load, apply",
            "yjs: edit, apply",
            "quill-delta",
            "plain transformation"),
        rows);
  }

  private String plain(int edits, double ours) {
    double times = (double) edits / PLAIN;
    return (edits == PLAIN ? "" : "≈ ") + beside(plain.median() * times * times, ours);
  }

  private static String beside(double theirs, double ours) {
    return Report.time(theirs) + " (" + Report.ratio(theirs / ours) + ")";
  }
}
