package org.tandem.distribution.load;

import java.util.List;

/** Pages with editors who type at a steady rhythm, and readers. */
record Typing(String name, String heading, int pages, int editors, int readers, Limits limits)
    implements Scenario {

  private static final double KEYS_A_SECOND = 5;
  private static final double SECONDS = Double.parseDouble(System.getProperty("load.count", "30"));

  /** Milliseconds at the 99th percentile; infinite where the issue names none. */
  record Limits(double ack, double propagation) {}

  @Override
  public Result run(Stage stage) throws Exception {
    Result result = Result.of(heading, Stage.HEAD);
    try (Server server = stage.fresh(name);
        Crowd crowd = new Crowd(List.of(server.door()))) {
      List<Witness> documents = stage.pages(server, pages);
      List<Typist> writers = crowd.join(documents, editors, true);
      if (readers > 0) {
        crowd.join(documents, readers, false);
      }
      Stage.say(writers.size() + " editors type");
      Stage.Period period =
          stage.type(crowd, List.of(server), writers, KEYS_A_SECOND, Stage.WARM_UP, SECONDS);
      stage.compare(crowd, server, documents);
      result.row(Stage.row(load(), period));
      judge(result, period);
    }
    return result;
  }

  private String load() {
    String all = pages + " × " + editors + " × 5/s";
    return readers == 0 ? all : all + ", " + readers + " readers";
  }

  private void judge(Result result, Stage.Period period) {
    if (Double.isFinite(limits.ack)) {
      result.below(name + ": ack p99", Tally.millis(period.tally().ack, 99), limits.ack, "ms");
    }
    result.below(
        name + ": propagation p99",
        Tally.millis(period.tally().propagation, 99),
        limits.propagation,
        "ms");
    // Of a window's keystrokes a few are acknowledged after it, as many as come over from before.
    double all = 0.99 * pages * editors * KEYS_A_SECOND;
    result.above(name + ": keystrokes taken", period.tally().takenASecond(), all, "/s");
  }
}
