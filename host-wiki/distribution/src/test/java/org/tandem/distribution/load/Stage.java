package org.tandem.distribution.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.tandem.api.document.PlainText;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.testkit.WikiClient;

/** What all scenarios do: a fresh wiki, pages, a time of typing, and the comparison at the end. */
final class Stage {

  /** Seconds of typing before any count; the JVM's compilers go on for minutes. */
  static final double WARM_UP = Double.parseDouble(System.getProperty("load.warm", "90"));

  private static final Duration SETTLE = Duration.ofSeconds(60);
  private static final Duration PUBLISHED = Duration.ofSeconds(60);

  /** The head of {@link #row}. */
  static final String[] HEAD = {
    "load",
    "keystrokes/s offered",
    "taken",
    "op frames/s",
    "frames/s heard",
    "ack ms p50 / p99 / max",
    "propagation ms p50 / p99 / max",
    "wiki CPU µs a keystroke (share of its core)",
    "PostgreSQL CPU µs a keystroke (share)",
    "heap / RSS MB",
    "generator: share of its core, late p99 ms"
  };

  private final Path folder;

  Stage(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  /** A wiki whose data folder was empty. */
  Server fresh(String name) {
    Path data = folder.resolve(name);
    empty(data);
    return Server.start(data);
  }

  static void empty(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static void say(String progress) {
    System.out.println("  " + progress);
  }

  List<Witness> pages(Server server, int count) {
    say("making " + count + " pages");
    List<Witness> pages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pages.add(new Witness(server.admin().createPage("Load " + i).toString()));
    }
    return pages;
  }

  /** What was counted in a time of typing, and what it cost. */
  record Period(Tally tally, Usage usage, long heap, long resident) {

    double wikiMicros() {
      return usage.wiki() * 1e6 / Math.max(1, tally.taken());
    }

    double databaseMicros() {
      return usage.database() * 1e6 / Math.max(1, tally.taken());
    }
  }

  /** Lets people type, at first uncounted, and counts. */
  Period type(
      Crowd crowd,
      List<Server> nodes,
      List<Typist> writers,
      double aSecond,
      double warmUp,
      double seconds)
      throws InterruptedException {
    crowd.type(writers, aSecond);
    Tally tally = crowd.count(warmUp, seconds);
    sleep(crowd, tally.from());
    Usage before = Server.usage(nodes);
    sleep(crowd, tally.until());
    Usage usage = Server.usage(nodes).since(before);
    // What was due at the end may be on its way.
    sleep(crowd, tally.until() + TimeUnit.MILLISECONDS.toNanos(500));
    Period[] period = new Period[1];
    long heap = nodes.stream().mapToLong(Server::heap).sum();
    long resident = nodes.stream().mapToLong(Server::resident).sum();
    crowd.tell(() -> period[0] = new Period(tally, usage, heap, resident));
    return period[0];
  }

  /** Until a time of the clients' clock; fails as soon as one of them does. */
  static void sleep(Crowd crowd, long time) throws InterruptedException {
    for (long left = time - crowd.now(); left > 0; left = time - crowd.now()) {
      TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
      crowd.check();
    }
  }

  static String[] row(String load, Period period) {
    Tally tally = period.tally();
    Usage usage = period.usage();
    return new String[] {
      load,
      Tally.number(tally.offeredASecond()),
      Tally.number(tally.takenASecond()),
      Tally.number(tally.framesASecond()),
      Tally.number(tally.heardASecond()),
      Tally.percentiles(tally.ack),
      Tally.percentiles(tally.propagation),
      Tally.number(period.wikiMicros()) + share(usage.wiki(), tally),
      Tally.number(period.databaseMicros()) + share(usage.database(), tally),
      megabytes(period.heap()) + " / " + megabytes(period.resident()),
      percent(usage.generator(), tally) + ", " + Tally.number(Tally.millis(tally.lateness, 99))
    };
  }

  private static String share(double seconds, Tally tally) {
    return " (" + percent(seconds, tally) + ")";
  }

  private static String percent(double seconds, Tally tally) {
    return Math.round(100 * seconds / tally.seconds()) + " %";
  }

  static String megabytes(long bytes) {
    return Tally.number(bytes / 1e6);
  }

  /**
   * Waits until everybody has heard everything and fails unless the wiki's content is what they
   * heard: each acknowledged change once, in one order.
   */
  void compare(Crowd crowd, Server server, List<Witness> pages) throws InterruptedException {
    crowd.settle(SETTLE);
    Map<String, Integer> refusals = crowd.refusals();
    if (!refusals.isEmpty()) {
      say("sent again after refusals: " + refusals);
    }
    long keystrokes = 0;
    for (Witness page : pages) {
      compare(server.admin(), page);
      keystrokes += page.text().length();
    }
    say("compared: " + pages.size() + " pages, " + keystrokes + " characters, nothing is missing");
  }

  private static void compare(WikiClient person, Witness page) throws InterruptedException {
    PageId id = PageId.parse(page.page()).orElseThrow();
    long end = System.nanoTime() + PUBLISHED.toNanos();
    PageContent content = person.content(id);
    while (content.rev() < page.rev() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(50);
      content = person.content(id);
    }
    if (content.rev() != page.rev()) {
      throw new LoadFailure(
          "page " + id + " stands at " + content.rev() + ", its clients at " + page.rev());
    }
    if (!PlainText.of(content.document()).equals(page.text())) {
      throw new LoadFailure("page " + id + " is not what its clients have: changes are missing");
    }
  }
}
