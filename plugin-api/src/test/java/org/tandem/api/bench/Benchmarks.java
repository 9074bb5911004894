package org.tandem.api.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tandem.api.bench.Comparison.Workload;

/** Measures the algebra and documents, and writes the report. */
public final class Benchmarks {

  private static final Timing TIMING = new Timing(10, 8, 300);

  /** How much faster than quill-delta the algebra is to be. */
  private static final double FASTER = 5;

  /** What check, tree and HTML of a page may take together, in nanoseconds. */
  private static final double WHOLE_PAGE = 100e6;

  /** Below this a keystroke costs microseconds. */
  private static final double KEYSTROKE = 1e6;

  private final Path folder = Path.of("target", "bench");
  private final Report report = new Report("Benchmarks of the algebra and of documents");

  private Benchmarks() {}

  public static void main(String[] arguments) throws IOException {
    new Benchmarks().run();
  }

  private void run() throws IOException {
    Files.createDirectories(folder);
    algebra();
    page();
    keystroke();
    report.write(Path.of("docs", "BENCHMARKS.md"));
  }

  private void algebra() {
    List<List<String>> rows = new ArrayList<>();
    for (Workload workload : workloads()) {
      Comparison result = workload.measure(folder, TIMING);
      rows.add(
          List.of(
              result.name(),
              Report.figure(result.ours().throughput()),
              Report.figure(result.quill().throughput()),
              Report.ratio(result.ratio()),
              Report.ratio(result.undisturbed()),
              Report.spread(result.ours()),
              Report.spread(result.quill())));
      report.target(
          result.name() + ": throughput against quill-delta",
          "≥ " + Report.ratio(FASTER),
          Report.ratio(result.ratio()),
          result.ratio() >= FASTER);
    }
    report
        .section("Compose and transform")
        .text(
            """
            Typing: a pending change of a page of 50 kB takes up keystroke after keystroke; a \
            keystroke and another's at the same moment. Rich text: random changes with attributes \
            and embeds of documents of %d characters, %d operations each on average. Operations in \
            a second and their ratio by the median iteration, the ratio of the fastest iterations, \
            and what one operation took: median (fastest to slowest iteration)."""
                .formatted(RichText.LENGTH, new RichTextBenchmark().averageOperations()))
        .table(
            List.of(
                "workload",
                "Tandem /s",
                "quill-delta /s",
                "ratio",
                "of fastest",
                "Tandem",
                "quill-delta"),
            rows);
  }

  private static List<Workload> workloads() {
    TypingBenchmark typing = new TypingBenchmark();
    RichTextBenchmark rich = new RichTextBenchmark();
    return List.of(
        new Workload(
            "typing, compose",
            TypingBenchmark.class,
            "compose",
            Comparison.plainGroups(typing.pending),
            typing.compose()),
        new Workload(
            "typing, transform",
            TypingBenchmark.class,
            "transform",
            Comparison.plainGroups(typing.concurrent),
            typing.transform()),
        new Workload(
            "random rich text, compose",
            RichTextBenchmark.class,
            "compose",
            Comparison.plainGroups(rich.successive),
            rich.compose()),
        new Workload(
            "random rich text, transform",
            RichTextBenchmark.class,
            "transform",
            Comparison.plainGroups(rich.concurrent),
            rich.transform()));
  }

  private void page() {
    List<List<String>> rows = new ArrayList<>();
    for (String method :
        List.of("check", "tree", "html", "checkTreeAndHtml", "hash", "hashAfterKeystrokes")) {
      Jmh.Measured measured = Jmh.measure(PageBenchmark.class, method, TIMING, Map.of());
      rows.add(
          List.of(
              "`" + method + "`",
              Report.spread(measured.samples()),
              Report.bytes(measured.allocated())));
      if (method.equals("checkTreeAndHtml")) {
        double median = measured.samples().median();
        report.target(
            "check, tree and HTML of a page of 1 MB",
            "< " + Report.time(WHOLE_PAGE),
            Report.time(median),
            median < WHOLE_PAGE);
      }
    }
    report
        .section("A page of 1 MB")
        .text(
            """
            %,d lines of %d characters with %,d formatted runs. `checkTreeAndHtml` calls the three \
            one after another; as `html` makes a tree itself, it makes two. `hashAfterKeystrokes` \
            enters %d keystrokes into a live document that was hashed before, and hashes it again: \
            what a client's check costs the server."""
                .formatted(BigPage.LINES, BigPage.LINE, BigPage.RUNS, PageBenchmark.KEYSTROKES))
        .table(List.of("what", "median (fastest to slowest)", "allocated"), rows);
  }

  private void keystroke() {
    PageBenchmark big = new PageBenchmark();
    Map<String, Object> inputs =
        Map.of(
            "page", Comparison.plain(List.of(big.page)).get(0),
            "keystrokes", Comparison.plain(big.keystrokes));
    Comparison compose =
        new Workload("keystroke", PageBenchmark.class, "keystroke", inputs, big.keystroke())
            .measure(folder, TIMING);
    List<List<String>> rows = new ArrayList<>();
    rows.add(keystrokeBy("quill-delta: `compose`", compose.quill(), compose.quill()));
    rows.add(keystrokeBy("Tandem: `Delta.compose`", compose.ours(), compose.quill()));

    Samples applied = measured("liveKeystroke");
    rows.add(keystrokeBy("Tandem: `LiveDocument.apply`", applied, compose.quill()));
    rows.add(
        keystrokeBy(
            "Tandem: `DocumentCheck.check`, then `LiveDocument.apply`",
            measured("checkedKeystroke"),
            compose.quill()));

    report
        .target(
            "a keystroke in that page",
            "microseconds",
            Report.time(applied.median()),
            applied.median() < KEYSTROKE)
        .section("A keystroke in that page")
        .table(List.of("by", "median (fastest to slowest)", "against quill-delta"), rows);
  }

  private static Samples measured(String method) {
    return Jmh.measure(PageBenchmark.class, method, TIMING, Map.of()).samples();
  }

  private static List<String> keystrokeBy(String name, Samples samples, Samples quill) {
    return List.of(name, Report.spread(samples), Report.ratio(quill.median() / samples.median()));
  }
}
