package org.tandem.api.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Collects what was measured and writes it as Markdown. A report opens with the machine and the
 * targets; then come its sections in the order in which they were added. Threads: one.
 */
public final class Report {

  private record Target(String what, String wanted, String reached, boolean met) {}

  private static final String COMMAND =
      "mvn -B -Pbench verify -DskipTests -pl plugin-api,collab-plugin -am";

  private final String title;
  private final String command;
  private final List<Target> targets = new ArrayList<>();
  private final StringBuilder body = new StringBuilder();

  public Report(String title) {
    this(title, COMMAND);
  }

  /**
   * @param command what writes this report
   */
  public Report(String title, String command) {
    this.title = title;
    this.command = command;
  }

  public Report section(String heading) {
    body.append("\n## ").append(heading).append('\n');
    return this;
  }

  public Report text(String paragraph) {
    body.append('\n').append(paragraph).append('\n');
    return this;
  }

  /** The rows of a table; the first column holds words, the others figures. */
  public Report table(List<String> head, List<List<String>> rows) {
    body.append('\n').append(row(head));
    body.append("| --- |").append(" ---: |".repeat(head.size() - 1)).append('\n');
    rows.forEach(row -> body.append(row(row)));
    return this;
  }

  /** What was to be reached, and what was. */
  public Report target(String what, String wanted, String reached, boolean met) {
    targets.add(new Target(what, wanted, reached, met));
    return this;
  }

  public void write(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, markdown(Machine.here()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    System.out.println("Report: " + file.toAbsolutePath().normalize());
  }

  private String markdown(Machine machine) {
    StringBuilder all = new StringBuilder("# ").append(title).append("\n\n");
    all.append("Written by `").append(command).append("`: do not edit.\n\n");
    all.append(row(List.of("machine", "system", "JDK", "Node", "date")));
    all.append("| --- | --- | --- | --- | --- |\n");
    all.append(
        row(
            List.of(
                machine.processor(),
                machine.system(),
                machine.jdk(),
                machine.node(),
                machine.date())));
    all.append("\n## Targets\n\n").append(row(List.of("what", "target", "measured", "reached")));
    all.append("| --- | ---: | ---: | --- |\n");
    for (Target target : targets) {
      String met = target.met ? "yes" : "**no**";
      all.append(row(List.of(target.what, target.wanted, target.reached, met)));
    }
    return all.append(body).toString();
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** Nanoseconds with the unit that suits them. */
  public static String time(double nanos) {
    if (nanos < 1e3) {
      return figure(nanos) + " ns";
    }
    if (nanos < 1e6) {
      return figure(nanos / 1e3) + " µs";
    }
    return nanos < 1e9 ? figure(nanos / 1e6) + " ms" : figure(nanos / 1e9) + " s";
  }

  public static String bytes(double bytes) {
    return bytes < 1e6 ? figure(bytes / 1e3) + " kB" : figure(bytes / 1e6) + " MB";
  }

  /** A median with the fastest and the slowest iteration. */
  public static String spread(Samples samples) {
    return time(samples.median())
        + " ("
        + time(samples.fastest())
        + " to "
        + time(samples.slowest())
        + ")";
  }

  public static String ratio(double ratio) {
    return figure(ratio) + "×";
  }

  /** Three digits that count. */
  public static String figure(double value) {
    int decimals = value < 10 ? 2 : value < 100 ? 1 : 0;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
