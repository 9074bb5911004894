package org.tandem.distribution.load;

import java.nio.file.Path;
import java.util.List;
import org.tandem.api.bench.Report;

/** Writes a report. */
final class LoadReport {

  private static final List<String> PEERS_HEAD =
      List.of(
          "product",
          "hot: propagation p99",
          "pages: ack / propagation p99",
          "ramp",
          "join, median",
          "readers: ack / propagation p99",
          "acknowledged changes lost by kill -9");

  private static final List<List<String>> PEERS =
      List.of(
          List.of(
              "ShareDB on PostgreSQL (ack after commit)",
              "4,871 ms (takes 57 of 250/s)",
              "4,019 / 7,649 ms",
              "1,560/s",
              "12.8 ms",
              "3.0 / 9.3 ms",
              "0"),
          List.of(
              "Etherpad on PostgreSQL (ack after a 100 ms flush)",
              "8,330 ms (takes 10 of 250/s)",
              "711 / 1,326 ms",
              "787/s",
              "-",
              "183 / 236 ms",
              "0"),
          List.of(
              "ShareDB in memory",
              "3.4 ms",
              "2.0 / 2.1 ms",
              "4,700 - 5,900/s (9,800 keystrokes, composed)",
              "9.5 ms",
              "1.0 / 7.6 ms",
              "all"),
          List.of(
              "Hocuspocus with PostgreSQL (ack in memory)",
              "3.9 ms",
              "1.4 / 1.7 ms",
              "22,639/s",
              "261 ms",
              "1.1 / 9.0 ms",
              "up to 10 s of typing"),
          List.of(
              "y-websocket in memory",
              "3.0 ms",
              "1.3 / 1.3 ms",
              "19,454/s",
              "225 ms",
              "1.2 / 9.1 ms",
              "all"));

  private LoadReport() {}

  /**
   * @param beside whether the figures of others stand beside these
   */
  static void write(List<Result> results, Path file, boolean beside) {
    Report report =
        new Report("Tandem under load", "mvn -B -Pload verify -DskipTests [-Dscenario=...]");
    for (Result result : results) {
      result
          .targets()
          .forEach(
              target ->
                  report.target(target.what(), target.wanted(), target.reached(), target.met()));
    }
    report
        .section("How it is measured")
        .text(
            "The packaged wiki is a process of its own, on its embedded PostgreSQL with durability on"
                + " (fsync, full_page_writes, synchronous_commit). "
                + (Cores.apart()
                    ? "The wiki and its PostgreSQL are pinned to one core, the generator to the other."
                    : "Nothing was pinned to a core: there is no taskset, or there is one core."))
        .text(
            "Clients are written from PROTOCOL.md, without permessage-deflate. Each types at a steady"
                + " rhythm, at a caret of its own; what is typed while a change is in flight goes into"
                + " the next one. Times begin when a keystroke was due: *ack* ends when its author"
                + " hears that it is durable, *propagation* when each other client of the page has it."
                + " Where people type, the count begins after "
                + Math.round(Stage.WARM_UP)
                + " s of the same."
                + " At the end all clients must have heard the same, and the wiki must have it.");
    for (Result result : results) {
      report.section(result.heading() + " (" + result.date() + ")");
      report.table(result.head(), result.rows());
      result.notes().forEach(report::text);
    }
    if (beside) {
      report
          .section("Others")
          .text(
              "Measured elsewhere, on a similar machine with two cores, in the same way: server and its"
                  + " PostgreSQL on one core, generator on the other, propagation from the keystroke.")
          .table(PEERS_HEAD, PEERS);
    }
    report.write(file);
  }
}
