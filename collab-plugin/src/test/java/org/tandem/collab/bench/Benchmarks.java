package org.tandem.collab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.tandem.api.bench.Report;

/** Measures the merge of branches, the frames and the group commit, and writes the report. */
public final class Benchmarks {

  /** The branches that are compared with yjs. */
  private static final int COMPARED = 50_000;

  /** The branches that are to fit into {@link #HEAP}. */
  private static final int HELD = 100_000;

  /** In MB. */
  private static final int HEAP = 256;

  /** By how much twice the edits may cost more. */
  private static final double STEEPEST = 2.5;

  private final Path folder = Path.of("target", "bench");
  private final Report report = new Report("Benchmarks of co-editing");

  private Benchmarks() {}

  public static void main(String[] arguments) throws IOException {
    new Benchmarks().run();
  }

  private void run() throws IOException {
    Files.createDirectories(folder);
    report
        .section("What is measured")
        .text(
            """
            Two branches of single-character edits from one page of %,d characters, merged: the \
            change of the page as committed, and that of the page at the branch's end. *For twice \
            the edits* is by how much the fastest iteration grows while the edits double, on the \
            way from the row before. *Heap* is the smallest `-Xmx`, by powers of two from 8 MB, \
            that held both branches and their merge without collecting most of the time."""
                .formatted(Workload.PAGE))
        .text(
            """
            Beside it, on the same edits, with the ratio to Tandem (above 1: Tandem is faster). \
            *yjs: apply*: one side's update, encoded before, is applied to a document that is in \
            memory with the other side's edits. *load, apply*: that document is read from its \
            update first. *edit, apply*: the edits are made in yjs documents first, which is what \
            Tandem's merge starts from; measured once. *quill-delta*: each side composed, \
            neighbours first, then one transform. *Plain transformation*: Tandem's, change by \
            change, measured with %,d edits on each side; ≈ is extrapolated by the square."""
                .formatted(Others.PLAIN));
    for (Workload workload : Workload.values()) {
      measure(workload);
    }
    FrameBenchmark.report(report);
    AppendBenchmark.report(report);
    report.write(Path.of("docs", "BENCHMARKS.md"));
  }

  private void measure(Workload workload) {
    String name = workload.name().toLowerCase(Locale.ROOT);
    Curve curve = Curve.measure(workload);
    Others others = Others.measure(workload, folder);
    targets(name, curve, others);
    report.section(
        workload == Workload.TYPING
            ? "Typing: runs of some 8 characters, a tenth of the keys takes back"
            : "Random: each edit at a place of its own, three of ten delete");
    curve.writeTo(report);
    others.writeTo(report, curve);
  }

  private void targets(String name, Curve curve, Others others) {
    double ours = curve.at(COMPARED).time().median();
    Others.Point yjs = others.at(COMPARED);
    against("edit, apply", name, yjs.editing().median() / ours);
    against("apply alone", name, yjs.apply().median() / ours);
    int heap = curve.at(HELD).heap();
    report.target(
        "%s, 2 × %,d edits: heap".formatted(name, HELD),
        "< " + HEAP + " MB",
        "fits " + heap + " MB",
        heap <= HEAP);
    report.target(
        name + ": cost of twice the edits, at most",
        "≤ " + Report.ratio(STEEPEST),
        Report.ratio(curve.steepest()),
        curve.steepest() <= STEEPEST);
  }

  private void against(String yjs, String name, double ratio) {
    report.target(
        "%s, 2 × %,d edits: against yjs, %s".formatted(name, COMPARED, yjs),
        "≥ " + Report.ratio(1),
        Report.ratio(ratio),
        ratio >= 1);
  }
}
