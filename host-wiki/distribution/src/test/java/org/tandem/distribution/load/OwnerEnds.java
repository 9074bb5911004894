package org.tandem.distribution.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One of two nodes ends while people type on pages of both. The protocol does not say who owns a
 * page: it shows by the gap between acks at clients of the node that stays.
 */
record OwnerEnds(String name, boolean killed) implements Scenario {

  private static final int ROUNDS = Integer.getInteger("load.rounds", 10);
  private static final int PAGES = 20;
  private static final double KEYS_A_SECOND = 10;

  /** A gap that is no rhythm and no hiccup. */
  private static final long LONG = TimeUnit.MILLISECONDS.toNanos(300);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public Result run(Stage stage) throws Exception {
    Result result =
        Result.of(
            killed ? "Owner killed (kill -9)" : "Planned stop (SIGTERM)",
            "gap between two acks",
            "clients with a gap over 300 ms",
            "gap ms p50 / p99 / max");
    Tally staying = new Tally();
    Tally moving = new Tally();
    Path second = stage.folder().resolve(name + "-2");
    Stage.empty(second);
    try (Server one = stage.fresh(name)) {
      for (int round = 1; round <= ROUNDS; round++) {
        try (Server two = Server.beside(one, second);
            Crowd crowd = new Crowd(List.of(one.door(), two.door()))) {
          round(stage, one, two, crowd, staying, moving);
        }
        Stage.say(
            "round %d of %d, gaps ms p50 / p99 / max: staying %s, moving %s"
                .formatted(
                    round, ROUNDS, Tally.percentiles(staying.ack), Tally.percentiles(moving.ack)));
      }
    }
    long clients = (long) ROUNDS * PAGES;
    result.row(
        "at the node that stays: the page has another owner",
        staying.ack.getTotalCount() + " of " + clients,
        Tally.percentiles(staying.ack));
    result.row(
        "at the node that ends: its client joins elsewhere",
        moving.ack.getTotalCount() + " of " + clients,
        Tally.percentiles(moving.ack));
    judge(result, staying, moving);
    return result.note("With " + (int) KEYS_A_SECOND + " keystrokes a second: 100 ms are rhythm.");
  }

  private void judge(Result result, Tally staying, Tally moving) {
    if (killed) {
      result.below("owner killed: first ack, p99", Tally.millis(staying.ack, 99) / 1e3, 5, "s");
    } else {
      double worse = Math.max(Tally.millis(staying.ack, 99), Tally.millis(moving.ack, 99));
      result.below("planned stop: gap between acks, p99", worse / 1e3, 1, "s");
    }
  }

  private void round(Stage stage, Server one, Server two, Crowd crowd, Tally staying, Tally moving)
      throws InterruptedException {
    List<Witness> pages = stage.pages(one, PAGES);
    List<Typist> writers = crowd.join(pages, 2, true);
    List<Typist> here = writers.stream().filter(writer -> writer.node() == 0).toList();
    List<Typist> there = new ArrayList<>(writers);
    there.removeAll(here);
    crowd.letBreak();
    crowd.type(writers, KEYS_A_SECOND);
    TimeUnit.SECONDS.sleep(3);
    int[] typed = new int[1];
    crowd.tell(
        () -> {
          writers.forEach(writer -> writer.watch(crowd.now()));
          typed[0] = writers.stream().mapToInt(Typist::typed).max().orElseThrow();
        });
    if (killed) {
      two.kill();
    } else {
      two.terminate();
    }
    // Until everybody has typed on for a second, and all that is acknowledged.
    crowd.await(
        "typing goes on",
        PATIENCE,
        () ->
            writers.stream().allMatch(writer -> writer.typed() > typed[0] + 20 && writer.joined()));
    crowd.rest();
    crowd.await("all is acknowledged", PATIENCE, () -> writers.stream().allMatch(Typist::settled));
    crowd.tell(
        () -> {
          here.forEach(writer -> record(staying, writer));
          there.forEach(writer -> record(moving, writer));
        });
    stage.compare(crowd, one, pages);
  }

  private static void record(Tally tally, Typist writer) {
    if (writer.longestGap() > LONG) {
      tally.ack.recordValue(writer.longestGap());
    }
  }
}
