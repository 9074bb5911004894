package org.tandem.distribution.load;

import java.util.List;

/** Raises the rate until propagation takes too long. */
record Ramp() implements Scenario {

  private static final int PAGES = Integer.getInteger("load.pages", 100);
  private static final int EDITORS = 5;
  private static final double SETTLE = 4;
  private static final double SECONDS = 8;
  private static final double LONGEST = 250;
  private static final double TAKEN = 0.97;
  private static final double WANTED = 10_000;
  private static final List<Integer> RATES =
      List.of(
          2_500, 5_000, 6_000, 7_000, 8_000, 9_000, 10_000, 11_000, 12_000, 13_000, 14_000, 16_000,
          18_000, 20_000, 22_000, 25_000, 30_000);

  @Override
  public String name() {
    return "ramp";
  }

  @Override
  public Result run(Stage stage) throws Exception {
    Result result = Result.of("Ramp: " + PAGES + " pages × 5 editors, ever faster", Stage.HEAD);
    double most = 0;
    double frames = 0;
    try (Server server = stage.fresh(name());
        Crowd crowd = new Crowd(List.of(server.door()))) {
      List<Witness> documents = stage.pages(server, PAGES);
      List<Typist> writers = crowd.join(documents, EDITORS, true);
      stage.type(crowd, List.of(server), writers, 2_500.0 / writers.size(), Stage.WARM_UP, 1);
      for (int rate : RATES) {
        Stage.Period period =
            stage.type(
                crowd, List.of(server), writers, (double) rate / writers.size(), SETTLE, SECONDS);
        result.row(Stage.row(rate + "/s", period));
        Tally tally = period.tally();
        if (Tally.millis(tally.propagation, 99) > LONGEST
            || tally.takenASecond() < TAKEN * tally.offeredASecond()) {
          break;
        }
        most = tally.takenASecond();
        frames = tally.framesASecond();
      }
      stage.compare(crowd, server, documents);
    }
    result.above("ramp: keystrokes/s with propagation p99 < 250 ms", most, WANTED, "/s");
    return result.note(
        "The highest rate taken: "
            + Tally.number(most)
            + " keystrokes/s in "
            + Tally.number(frames)
            + " op frames/s. The aim beyond the target is 20,000/s.");
  }
}
