package org.tandem.distribution.load;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** Joined sockets on which nothing happens: what they keep on the server's heap. */
record Idle() implements Scenario {

  private static final int PAGES = 500;

  /** As many as the demo's five accounts may open at one node. */
  private static final int SOCKETS = People.mostSockets();

  private static final double WANTED = 100;

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public Result run(Stage stage) throws Exception {
    Result result =
        Result.of(
            "Idle sockets", "server", "live heap MB", "RSS MB", "wiki CPU, share of its core");
    try (Server server = stage.fresh(name());
        Crowd crowd = new Crowd(List.of(server.door()))) {
      List<Witness> pages = stage.pages(server, PAGES);
      long before = server.live();
      result.row(
          "without sockets", Stage.megabytes(before), Stage.megabytes(server.resident()), "");
      Stage.say("joining " + SOCKETS + " sockets");
      crowd.join(pages, SOCKETS / PAGES, false);
      TimeUnit.SECONDS.sleep(2);
      Usage begin = Server.usage(List.of(server));
      TimeUnit.SECONDS.sleep(20);
      Usage spent = Server.usage(List.of(server)).since(begin);
      crowd.check();
      long after = server.live();
      result.row(
          SOCKETS + " sockets on " + PAGES + " pages",
          Stage.megabytes(after),
          Stage.megabytes(server.resident()),
          Math.round(spent.wiki() * 100 / 20) + " %");
      result.below(SOCKETS + " idle sockets: heap", (after - before) / 1e6, WANTED, "MB");
      result.note(
          "A socket keeps " + (after - before) / SOCKETS / 1000 + " kB, with its part of a page.");
    }
    return result;
  }
}
