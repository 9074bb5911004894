package org.tandem.distribution.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Two nodes with one database: propagation across them beside that within one. */
record TwoNodes() implements Scenario {

  private static final int PAGES = 50;
  private static final int EDITORS = 4;
  private static final double MORE = 5;

  @Override
  public String name() {
    return "nodes";
  }

  @Override
  public Result run(Stage stage) throws Exception {
    List<String> head = new ArrayList<>(Arrays.asList(Stage.HEAD));
    head.add("across nodes ms p50 / p99 / max");
    Result result =
        Result.of("Two nodes, half of each page's editors at each", head.toArray(new String[0]));
    Stage.empty(stage.folder().resolve("nodes-2"));
    try (Server one = stage.fresh("nodes");
        Server two = Server.beside(one, stage.folder().resolve("nodes-2"));
        Crowd crowd = new Crowd(List.of(one.door(), two.door()))) {
      List<Witness> pages = stage.pages(one, PAGES);
      List<Typist> writers = crowd.join(pages, EDITORS, true);
      Stage.Period period = stage.type(crowd, List.of(one, two), writers, 5, 20, 30);
      stage.compare(crowd, two, pages);
      List<String> row =
          new ArrayList<>(List.of(Stage.row(PAGES + " × " + EDITORS + " × 5/s", period)));
      row.add(Tally.percentiles(period.tally().across));
      result.row(row.toArray(new String[0]));
      result.below(
          "across nodes: propagation p99 above the same node's",
          Tally.millis(period.tally().across, 99) - Tally.millis(period.tally().propagation, 99),
          MORE,
          "ms");
    }
    return result.note("CPU and memory are those of both nodes together.");
  }
}
