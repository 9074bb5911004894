package org.tandem.distribution.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.tandem.api.document.PlainText;
import org.tandem.api.host.PageId;
import org.tandem.testkit.WikiClient;

/** Some pages and some typists on each of them, at all nodes by turns. Threads: one test's. */
final class Writing implements AutoCloseable {

  private static final int PAGES = 4;
  private static final List<String> USERS = List.of("editor1", "editor2", "admin");
  private static final int WORDS_PER_SECOND = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private final Wikis wikis;
  private final String title;
  private final List<PageId> pages = new ArrayList<>();
  private final List<List<Typist>> typists = new ArrayList<>();
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
  private final ExecutorService connecting = Executors.newCachedThreadPool();

  private Writing(Wikis wikis, String title) {
    this.wikis = wikis;
    this.title = title;
  }

  /** Returns when each typist has a word acknowledged; they type on. */
  static Writing begin(Wikis wikis, String title) {
    Writing writing = new Writing(wikis, title);
    Typist.Desk desk = new Typist.Desk(writing.clock, writing.connecting, wikis);
    for (int i = 0; i < PAGES; i++) {
      PageId page = wikis.person(0, USERS.get(0)).createPage(title + " " + i);
      writing.pages.add(page);
      List<Typist> here = new ArrayList<>();
      for (int k = 0; k < USERS.size(); k++) {
        String name = "p" + i + "t" + k;
        here.add(new Typist(desk, name, USERS.get(k), page, (i + k) % wikis.count()));
      }
      writing.typists.add(here);
    }
    writing.await("acknowledged", typist -> typist.acknowledged() > 0);
    return writing;
  }

  /** Returns when each typist has typed as many words as in so many seconds. */
  void typeFor(int seconds) {
    List<Typist> all = all().toList();
    List<Integer> wanted =
        all.stream().map(one -> one.words() + seconds * WORDS_PER_SECOND).toList();
    await(
        "typing",
        PATIENCE.plusSeconds(2L * seconds),
        one -> one.words() >= wanted.get(all.indexOf(one)));
  }

  /** The name of the node that orders a page's changes, as its newest acknowledgement says. */
  String owner(int page) {
    return typists.get(page).get(0).owner();
  }

  /** Returns when all that was typed so far and more was acknowledged by a node. */
  void awaitAcknowledged() {
    List<Typist> all = all().toList();
    List<Integer> before = all.stream().map(Typist::acknowledged).toList();
    await("acknowledged", one -> one.acknowledged() > before.get(all.indexOf(one)) + 1);
  }

  private Stream<Typist> all() {
    return typists.stream().flatMap(List::stream);
  }

  private void await(String what, Predicate<Typist> condition) {
    await(what, PATIENCE, condition);
  }

  private void await(String what, Duration within, Predicate<Typist> condition) {
    Awaitility.await(what)
        .atMost(within)
        .untilAsserted(
            () -> {
              assertEquals(List.of(), all().flatMap(one -> one.breaches().stream()).toList());
              assertEquals(List.of(), all().filter(condition.negate()).toList(), "not " + what);
            });
  }

  // --- the end ----------------------------------------------------------------------------------

  /** Types no more, waits until all is saved and everywhere, judges and reports. */
  void finish() {
    all().forEach(Typist::rest);
    await("settled", Typist::settled);
    for (List<Typist> here : typists) {
      long head = here.stream().mapToLong(Typist::rev).max().orElseThrow();
      await("at the head", one -> !here.contains(one) || one.rev() >= head);
    }
    report();
    assertAllIsThere();
  }

  /** What each node says of the pages now fits all that the typists saw. */
  void assertAllIsThere() {
    for (int i = 0; i < PAGES; i++) {
      String text = typists.get(i).get(0).text();
      for (Typist typist : typists.get(i)) {
        assertEquals(text, typist.text(), typist + " has another text");
      }
      List<History> histories = histories(i);
      assertEquals(List.of(), HistoryCheck.breaches(histories, text), title + " " + i);
      for (int node = 0; node < wikis.count(); node++) {
        awaitText(wikis.person(node, "editor1"), pages.get(i), text, "by REST at node " + node);
      }
    }
  }

  /** A node that nobody of the page is connected to hears of the last change a moment later. */
  private void awaitText(WikiClient reader, PageId page, String text, String where) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertEquals(
                    text, PlainText.of(reader.content(page).document()), title + " " + where));
  }

  private List<History> histories(int page) {
    return typists.get(page).stream().map(Typist::history).toList();
  }

  private Stream<History> histories() {
    return all().map(Typist::history);
  }

  private int sum(ToIntFunction<History> figure) {
    return histories().mapToInt(figure).sum();
  }

  private void report() {
    System.out.printf(
        "%s: %d pages, %d typists, %d words in %d changes, %d acknowledged, %d rejoins, %d times"
            + " unavailable; longest without an acknowledgement %,d ms (typist), %,d ms (page);"
            + " news took %,d ms at most%n",
        title,
        PAGES,
        all().count(),
        all().mapToInt(Typist::words).sum(),
        sum(history -> history.sent().size()),
        sum(history -> history.acknowledged().size()),
        sum(History::rejoins),
        sum(History::unavailables),
        histories().mapToLong(history -> history.longestGap().toMillis()).max().orElse(0),
        longestGapOfAPage().toMillis(),
        slowestNews(Long.MIN_VALUE, Long.MAX_VALUE).toMillis());
  }

  private Duration longestGapOfAPage() {
    long longest = 0;
    for (int i = 0; i < PAGES; i++) {
      long[] times =
          histories(i).stream()
              .flatMap(history -> history.acknowledged().values().stream())
              .mapToLong(History.Acknowledged::at)
              .sorted()
              .toArray();
      for (int k = 1; k < times.length; k++) {
        longest = Math.max(longest, times[k] - times[k - 1]);
      }
    }
    return Duration.ofNanos(longest);
  }

  // --- times, once it has finished --------------------------------------------------------------

  /**
   * The longest time over all pages from a moment to the first acknowledgement of a change that
   * another node than this one gave its place.
   *
   * @param since of {@link System#nanoTime}
   */
  Duration firstAcknowledgement(long since, String otherThan) {
    long longest = 0;
    for (int i = 0; i < PAGES; i++) {
      long first =
          histories(i).stream()
              .flatMap(history -> history.acknowledged().values().stream())
              .filter(ack -> ack.at() > since && !ack.node().equals(otherThan))
              .mapToLong(History.Acknowledged::at)
              .min()
              .orElseThrow();
      longest = Math.max(longest, first - since);
    }
    return Duration.ofNanos(longest);
  }

  /**
   * The longest time from the acknowledgement of a change to its arrival at a client of the page.
   *
   * @param from of acknowledgements, by {@link System#nanoTime}
   */
  Duration slowestNews(long from, long to) {
    long longest = 0;
    for (int i = 0; i < PAGES; i++) {
      List<History> here = histories(i);
      for (History author : here) {
        for (History.Acknowledged ack : author.acknowledged().values()) {
          for (History reader : here) {
            History.Seen seen = reader.seen().get(ack.rev());
            if (seen != null && ack.at() >= from && ack.at() <= to) {
              longest = Math.max(longest, seen.at() - ack.at());
            }
          }
        }
      }
    }
    return Duration.ofNanos(longest);
  }

  /** Everybody leaves. */
  @Override
  public void close() {
    all().forEach(Typist::close);
    clock.shutdownNow();
    connecting.shutdown();
  }
}
