package org.tandem.distribution.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code mvn -Pload}: measures the packaged wiki under load and writes the report (README). */
public final class Load {

  private static final double NONE = Double.POSITIVE_INFINITY;

  static final List<Scenario> SCENARIOS =
      List.of(
          new Generator(),
          new Typing("hot", "One page, 50 editors", 1, 50, 0, new Typing.Limits(NONE, 10)),
          new Typing("pages", "100 pages, 5 editors each", 100, 5, 0, new Typing.Limits(10, 10)),
          new Ramp(),
          new Typing("readers", "500 readers of one page", 1, 2, 500, new Typing.Limits(3, 10)),
          new Joins(),
          new Idle(),
          new PageHeap(),
          new TwoNodes(),
          new OwnerEnds("kill", true),
          new OwnerEnds("stop", false),
          new PluginComesAndGoes());

  private Load() {}

  /**
   * @param args the scenario's name, or several with commas, or {@code all}; a folder for data and
   *     results; the reports' folder
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[1]);
    List<Scenario> chosen = chosen(args[0]);
    Cores.pinGenerator();
    System.out.println(
        Cores.apart()
            ? "The server has core 0, the generator core 1."
            : "No taskset or a single core: server and generator share what there is.");
    Stage stage = new Stage(folder);
    Path results = Files.createDirectories(folder.resolve("results"));
    List<String> failed = new ArrayList<>();
    for (Scenario scenario : chosen) {
      System.out.println(scenario.name());
      try {
        Result result = scenario.run(stage);
        new ObjectMapper().writeValue(file(results, scenario).toFile(), result);
      } catch (Exception failure) {
        failure.printStackTrace(System.out);
        failed.add(scenario.name());
      }
      String report = scenario.report();
      LoadReport.write(
          read(results, report), Path.of(args[2], report), report.equals(Scenario.LOAD));
    }
    if (!failed.isEmpty()) {
      System.err.println("FAILED: " + String.join(", ", failed));
      System.exit(1);
    }
  }

  private static List<Scenario> chosen(String names) {
    List<String> wanted = Arrays.asList(names.split(","));
    List<Scenario> chosen =
        SCENARIOS.stream()
            .filter(one -> wanted.contains("all") || wanted.contains(one.name()))
            .toList();
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "-Dscenario is all or some of "
              + String.join(",", SCENARIOS.stream().map(Scenario::name).toList()));
    }
    return chosen;
  }

  private static Path file(Path results, Scenario scenario) {
    return results.resolve(scenario.name() + ".json");
  }

  /** The newest result of each scenario of a report that was ever run here. */
  private static List<Result> read(Path results, String report) throws IOException {
    List<Result> all = new ArrayList<>();
    for (Scenario scenario : SCENARIOS) {
      Path file = file(results, scenario);
      if (scenario.report().equals(report) && Files.exists(file)) {
        all.add(new ObjectMapper().readValue(file.toFile(), Result.class));
      }
    }
    return all;
  }
}
