package org.tandem.distribution.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;

/**
 * Joins of a page of 1 MB with 100,000 revisions behind it. Making it takes minutes, so its data
 * folder is kept for the next run.
 */
record Joins() implements Scenario {

  private static final int CHARACTERS = 1_000_000;
  private static final int LINE = 100;
  private static final long REVISIONS = Long.getLong("load.revisions", 100_000);
  private static final int MAKERS = 40;
  private static final int JOINS = 200;
  private static final int RESTARTS = 5;

  @Override
  public String name() {
    return "join";
  }

  @Override
  public Result run(Stage stage) throws Exception {
    Path data = stage.folder().resolve("join");
    Path made = stage.folder().resolve("join-page-" + REVISIONS);
    if (!Files.exists(made)) {
      Files.writeString(made, make(stage));
    }
    String page = Files.readString(made);
    Result result =
        Result.of(
            "Join of a 1 MB page with " + REVISIONS + " revisions behind it",
            "join with rev null",
            "from join to joined ms p50 / p99 / max",
            "from connecting to joined ms p50 / p99 / max");
    List<Long> firstAnswers = new ArrayList<>();
    List<Long> firstWholes = new ArrayList<>();
    for (int restart = 0; restart < RESTARTS; restart++) {
      try (Server server = Server.start(data)) {
        List<Long> answers = new ArrayList<>();
        List<Long> wholes = new ArrayList<>();
        int joins = restart == RESTARTS - 1 ? JOINS : 1;
        measure(server, page, joins, answers, wholes);
        firstAnswers.add(answers.get(0));
        firstWholes.add(wholes.get(0));
        if (joins > 1) {
          List<Long> warm = answers.subList(joins / 2, joins);
          result.row("warm", percentiles(warm), percentiles(wholes.subList(joins / 2, joins)));
          result.below("join of 1 MB: median", median(warm) / 1e6, 10, "ms");
        }
      }
    }
    result.row(
        "first after each of " + RESTARTS + " restarts",
        percentiles(firstAnswers),
        percentiles(firstWholes));
    result.below("first join after a restart: median", median(firstAnswers) / 1e6, 45, "ms");
    return result;
  }

  private static String make(Stage stage) throws Exception {
    try (Server server = stage.fresh("join");
        Crowd crowd = new Crowd(List.of(server.door()))) {
      PageId id = server.admin().createPage("A long page");
      server.admin().save(id, server.admin().content(id).rev(), text());
      Witness page = new Witness(id.toString());
      List<Typist> makers = crowd.join(List.of(page), MAKERS, true);
      crowd.type(makers, 20);
      long told = 0;
      long rev = 0;
      while (rev < REVISIONS) {
        TimeUnit.MILLISECONDS.sleep(200);
        rev = crowd.ask(page::rev);
        if (rev - told >= 10_000) {
          told = rev;
          Stage.say("made " + rev + " revisions");
        }
      }
      stage.compare(crowd, server, List.of(page));
      return id.toString();
    }
  }

  private static Delta text() {
    StringBuilder text = new StringBuilder(CHARACTERS);
    while (text.length() < CHARACTERS) {
      int inLine = text.length() % LINE;
      text.append(inLine == LINE - 1 ? '\n' : inLine % 6 == 5 ? ' ' : (char) ('a' + inLine % 26));
    }
    return Delta.builder().insert(text.toString()).build();
  }

  private static void measure(
      Server server, String page, int joins, List<Long> answers, List<Long> wholes)
      throws InterruptedException {
    try (Crowd crowd = new Crowd(List.of(server.door()))) {
      crowd.onJoin(
          (whole, answer) -> {
            answers.add(answer);
            wholes.add(whole);
          });
      Typist reader = crowd.join(List.of(new Witness(page)), 1, false).get(0);
      for (int join = 1; join < joins; join++) {
        crowd.tell(reader::leave);
        crowd.await("left", Duration.ofSeconds(10), reader::gone);
        crowd.tell(reader::joinAnew);
        crowd.await("joined", Duration.ofSeconds(60), reader::joined);
      }
    }
  }

  private static double median(List<Long> times) {
    return sorted(times).skip(times.size() / 2).findFirst().orElseThrow();
  }

  private static String percentiles(List<Long> times) {
    Tally tally = new Tally();
    times.forEach(tally.ack::recordValue);
    return Tally.percentiles(tally.ack);
  }

  private static LongStream sorted(List<Long> times) {
    List<Long> sorted = new ArrayList<>(times);
    Collections.sort(sorted);
    return sorted.stream().mapToLong(Long::longValue);
  }
}
