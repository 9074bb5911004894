package org.tandem.distribution.load;

import java.io.BufferedReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What the generator itself can drive: against a stub that orders changes and stores nothing. */
record Generator() implements Scenario {

  private static final int PAGES = 100;
  private static final int EDITORS = 5;
  private static final List<Integer> RATES = List.of(2_500, 10_000, 20_000, 30_000);

  @Override
  public String name() {
    return "generator";
  }

  @Override
  public Result run(Stage stage) throws Exception {
    Result result =
        Result.of(
            "The generator itself, against a stub in the wiki's place",
            "keystrokes/s offered",
            "taken",
            "op frames/s",
            "frames/s heard",
            "ack ms p50 / p99 / max",
            "propagation ms p50 / p99 / max",
            "generator: share of its core, late p99 ms",
            "stub: share of its core");
    Process stub = stub();
    try (BufferedReader port = stub.inputReader();
        Crowd crowd = new Crowd(List.of(door(port.readLine())))) {
      List<Witness> pages =
          Stream.generate(() -> new Witness(UUID.randomUUID().toString())).limit(PAGES).toList();
      List<Typist> writers = crowd.join(pages, EDITORS, true);
      for (int rate : RATES) {
        crowd.type(writers, (double) rate / writers.size());
        Tally tally = crowd.count(8, 8);
        Stage.sleep(crowd, tally.from());
        Usage before = usage(stub);
        Stage.sleep(crowd, tally.until());
        Usage usage = usage(stub).since(before);
        Stage.sleep(crowd, tally.until() + TimeUnit.MILLISECONDS.toNanos(500));
        crowd.tell(() -> row(result, tally, usage));
      }
      crowd.settle(Duration.ofSeconds(60));
    } finally {
      stub.destroyForcibly();
    }
    return result;
  }

  private static void row(Result result, Tally tally, Usage usage) {
    result.row(
        Tally.number(tally.offeredASecond()),
        Tally.number(tally.takenASecond()),
        Tally.number(tally.framesASecond()),
        Tally.number(tally.heardASecond()),
        Tally.percentiles(tally.ack),
        Tally.percentiles(tally.propagation),
        Math.round(100 * usage.generator() / tally.seconds())
            + " %, "
            + Tally.number(Tally.millis(tally.lateness, 99)),
        Math.round(100 * usage.wiki() / tally.seconds()) + " %");
  }

  private static Usage usage(Process stub) {
    return Usage.of(List.of(stub.pid()), List.of());
  }

  private static Door door(String port) {
    return new Door(URI.create("http://localhost:" + port), socket -> "none=");
  }

  private static Process stub() throws Exception {
    List<String> command = new ArrayList<>(Cores.ofServer());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Stub.class.getName()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
