package org.tandem.distribution.load;

import java.util.List;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;

/** What an open page of 50 kB keeps on the heap. */
record PageHeap() implements Scenario {

  private static final int PAGES = 100;
  private static final int CHARACTERS = 50_000;
  private static final int LINE = 80;

  @Override
  public String name() {
    return "heap";
  }

  @Override
  public Result run(Stage stage) throws Exception {
    Result result = Result.of("Heap of an open page of 50 kB", "server", "live heap MB", "RSS MB");
    try (Server server = stage.fresh(name());
        Crowd crowd = new Crowd(List.of(server.door()))) {
      // The first sockets also load classes and fill pools.
      List<Witness> empty = stage.pages(server, PAGES);
      crowd.join(empty, 1, false);
      long small = live(server, result, PAGES + " empty pages open, one reader each");
      List<Witness> large = stage.pages(server, PAGES);
      Delta text = Delta.builder().insert(text()).build();
      for (Witness page : large) {
        PageId id = PageId.parse(page.page()).orElseThrow();
        server.admin().save(id, server.admin().content(id).rev(), text);
      }
      crowd.join(large, 1, false);
      long all = live(server, result, "and " + PAGES + " of 50 kB");
      result.note(
          "An open page of 50 kB with one reader keeps "
              + Tally.number((all - small) / 1e3 / PAGES)
              + " kB.");
    }
    return result;
  }

  private static long live(Server server, Result result, String what) {
    long live = server.live();
    result.row(what, Stage.megabytes(live), Stage.megabytes(server.resident()));
    return live;
  }

  private static String text() {
    StringBuilder text = new StringBuilder(CHARACTERS);
    while (text.length() < CHARACTERS - 1) {
      int inLine = text.length() % LINE;
      text.append(inLine == LINE - 1 ? '\n' : inLine % 6 == 5 ? ' ' : 'x');
    }
    return text.append('\n').toString();
  }
}
