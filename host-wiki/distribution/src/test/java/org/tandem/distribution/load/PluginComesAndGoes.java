package org.tandem.distribution.load;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.tandem.testkit.PluginArchive;
import org.tandem.testkit.WikiClient;

/**
 * An admin enables and disables plugins while people type: at first one that nobody's page has
 * anything of, then co-editing itself. How long somebody's changes have no answer shows by the gap
 * between acks.
 */
final class PluginComesAndGoes implements Scenario {

  private static final int ROUNDS = Integer.getInteger("load.rounds", 20);
  private static final int ROUNDS_OF_COEDITING = Integer.getInteger("load.rounds", 5);
  private static final String COEDITING = "collab";
  private static final int PAGES = 10;
  private static final int EDITORS = 5;
  private static final double KEYS_A_SECOND = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CALLS = "/api/admin/plugins";

  @Override
  public String name() {
    return "plugins";
  }

  @Override
  public String report() {
    return "PLUGINS.md";
  }

  @Override
  public Result run(Stage stage) throws Exception {
    Result result =
        Result.of(
            "Plugins enabled and disabled under 50 editors",
            "plugin",
            "enabled and disabled",
            "enable ms p50 / p99 / max",
            "disable ms p50 / p99 / max",
            "longest gap between two acks of an editor, ms p50 / p99 / max");
    try (Server server = stage.fresh(name());
        Crowd crowd = new Crowd(List.of(server.door()))) {
      List<Witness> pages = stage.pages(server, PAGES);
      install(server.admin());
      // Whoever loses a connection joins again, and the gap shows it.
      crowd.letBreak();
      List<Typist> writers = crowd.join(pages, EDITORS, true);
      Stage.say(writers.size() + " editors type");
      crowd.type(writers, KEYS_A_SECOND);
      Stage.sleep(crowd, crowd.now() + (long) (Stage.WARM_UP * 1e9));
      Tally unconcerned = rounds(crowd, server, writers, Bystander.ID, ROUNDS, result);
      rounds(crowd, server, writers, COEDITING, ROUNDS_OF_COEDITING, result);
      stage.compare(crowd, server, pages);
      result.below(
          "plugins: longest gap of an unconcerned editor",
          Tally.millis(unconcerned.ack, 100) / 1e3,
          2,
          "s");
    }
    return result.note(
        "With "
            + (int) KEYS_A_SECOND
            + " keystrokes a second 200 ms are rhythm. While co-editing is off there are no acks;"
            + " its clients keep what they type and try again with a growing back-off.");
  }

  /** The times of {@code ack} are the longest gaps of the editors, one for each and round. */
  private static Tally rounds(
      Crowd crowd, Server server, List<Typist> writers, String plugin, int rounds, Result result)
      throws InterruptedException {
    Tally gaps = new Tally();
    Tally acts = new Tally();
    for (int round = 1; round <= rounds; round++) {
      int[] typed = new int[1];
      crowd.tell(
          () -> {
            writers.forEach(writer -> writer.watch(crowd.now()));
            typed[0] = writers.stream().mapToInt(Typist::typed).max().orElseThrow();
          });
      acts.propagation.recordValue(act(server.admin(), plugin, "disable"));
      Stage.sleep(crowd, crowd.now() + TimeUnit.SECONDS.toNanos(1));
      acts.ack.recordValue(act(server.admin(), plugin, "enable"));
      crowd.await(
          "typing goes on",
          PATIENCE,
          () ->
              writers.stream()
                  .allMatch(writer -> writer.joined() && writer.acknowledged() > typed[0] + 10));
      crowd.tell(() -> writers.forEach(writer -> gaps.ack.recordValue(writer.longestGap())));
      Stage.say(
          "%s, round %d of %d, longest gaps ms p50 / p99 / max: %s"
              .formatted(plugin, round, rounds, Tally.percentiles(gaps.ack)));
    }
    result.row(
        plugin.equals(COEDITING) ? "co-editing itself" : "with a format, a check and a listener",
        rounds + " times",
        Tally.percentiles(acts.ack),
        Tally.percentiles(acts.propagation),
        Tally.percentiles(gaps.ack));
    return gaps;
  }

  /** In nanoseconds. */
  private static long act(WikiClient admin, String plugin, String act) {
    long begun = System.nanoTime();
    done(admin.send(admin.request("POST", CALLS + "/" + plugin + "/" + act, Map.of())));
    return System.nanoTime() - begun;
  }

  private static void install(WikiClient admin) throws Exception {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    PluginArchive.named(Bystander.ID)
        .entry(Bystander.class)
        .build()
        .as(ZipExporter.class)
        .exportTo(archive);
    HttpResponse<String> begun =
        done(admin.send(admin.request("POST", CALLS + "/uploads", Map.of())));
    String upload = begun.headers().firstValue("Location").orElseThrow();
    done(
        admin.send(
            admin
                .request("PUT", upload + "/0", null)
                .setHeader("Content-Type", "application/octet-stream")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(archive.toByteArray()))));
    String id = upload.substring(upload.lastIndexOf('/') + 1);
    done(admin.send(admin.request("POST", CALLS, Map.of("upload", id))));
  }

  private static HttpResponse<String> done(HttpResponse<String> answer) {
    if (answer.statusCode() / 100 != 2) {
      throw new LoadFailure(answer.uri() + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer;
  }
}
