package org.tandem.wiki.content;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;
import org.tandem.wiki.store.Store;

/**
 * Indexes pages anew for what plugins add to search, in the background: all pages that lack
 * something when a plugin comes or comes in another edition, once an hour those that another node
 * saved without a plugin that it does not run, and a page by and by on which one failed.
 *
 * <p>Goes over the pages in pieces, and rests between two as long as one took. Nodes that do so at
 * the same time begin at different pages, and each leaves out what another has done. Nothing is
 * indexed anew when a plugin goes: another node may have it still.
 *
 * <p>Life cycle: {@link #begin}, then {@link #close}, which ends its thread. Threads: one of its
 * own; {@link #retry} may be called by any.
 *
 * <p>Failure: while the database is away it waits and goes on where it was; when a plugin fails on
 * page after page it does so an hour later. After a crash: the next start of a node goes over what
 * is left.
 */
public final class Indexing implements AutoCloseable {

  /** How long after a failure a page is indexed anew; after another one twice as long. */
  static final Duration FIRST_RETRY = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(Indexing.class);

  /** So that plugins which come together are asked together. */
  private static final long SETTLED_MILLIS = 2_000;

  private static final long AWAY_MILLIS = 10_000;
  private static final long LEAST_REST_MILLIS = 20;
  private static final long RETRY_SECONDS = 20;
  private static final long ROUND_MINUTES = 60;
  private static final long END_SECONDS = 2;
  private static final int PIECE = 20;
  private static final int MOST_RETRIED = 200;
  private static final int TOLD_EVERY = 1_000;

  /** Pages one after the other on which some plugin failed: then it fails on all of them. */
  private static final int MOST_FAILED = 50;

  private static final UUID LOWEST = new UUID(0, 0);

  private final IndexRows rows;
  private final SearchSources sources;
  private final Clock clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Indexing::thread);
  private final Registration changes;

  /** The round that is under way or comes; set on the thread alone. */
  private volatile @Nullable Round current;

  /** Whether the round waits for its next hour. */
  private volatile boolean resting;

  /** Once over all pages. */
  private static final class Round {
    private final Map<String, String> editions;
    private final IndexRows.Lacking lacking;
    private final UUID begin = UUID.randomUUID();
    private UUID after = begin;
    private boolean again;
    private int done;
    private int failed;

    Round(Map<String, String> editions, IndexRows.Lacking lacking) {
      this.editions = editions;
      this.lacking = lacking;
    }
  }

  private Indexing(Store store, SearchSources sources, Clock clock) {
    this.rows = new IndexRows(store);
    this.sources = sources;
    this.clock = clock;
    this.changes = sources.onChange(() -> later(this::settle, 0));
  }

  /** Begins with what is to be done already. */
  public static Indexing begin(Store store, SearchSources sources, Clock clock) {
    Indexing indexing = new Indexing(store, sources, clock);
    indexing.thread.scheduleWithFixedDelay(
        indexing::retryQuietly, RETRY_SECONDS, RETRY_SECONDS, TimeUnit.SECONDS);
    indexing.thread.scheduleWithFixedDelay(
        indexing::hourly, ROUND_MINUTES, ROUND_MINUTES, TimeUnit.MINUTES);
    return indexing;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "search-index");
    thread.setDaemon(true);
    return thread;
  }

  private void later(Runnable task, long millis) {
    try {
      thread.schedule(task, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      LOG.debug("The index is not made anew: the wiki ends");
    }
  }

  /** The plugins are others: a round that is under way is of no use any more. */
  private void settle() {
    current = null;
    resting = false;
    begin(IndexRows.Lacking.EDITION);
  }

  /** Two nodes with two editions of a plugin would else take the pages from each other for ever. */
  private void hourly() {
    if (current == null) {
      begin(IndexRows.Lacking.PLUGIN);
    }
  }

  /** Whether the round under way has met too many failures and waits. */
  boolean isResting() {
    return resting;
  }

  /** Whether no round is under way. */
  boolean isAtRest() {
    return current == null;
  }

  /** Does now what is done once an hour. */
  void hourlyNow() {
    later(this::hourly, 0);
  }

  private void begin(IndexRows.Lacking lacking) {
    Map<String, String> editions = sources.editions();
    if (!editions.isEmpty()) {
      Round round = new Round(editions, lacking);
      current = round;
      later(() -> goOn(round), SETTLED_MILLIS);
    }
  }

  /** The next piece of a round, if no other has begun since. */
  private void goOn(Round round) {
    if (round != current) {
      return;
    }
    long begun = System.nanoTime();
    try {
      if (!piece(round)) {
        ended(round);
        current = null;
        return;
      }
      if (round.failed >= MOST_FAILED) {
        rest(round);
        return;
      }
      long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
      later(() -> goOn(round), Math.max(took, LEAST_REST_MILLIS));
    } catch (UncheckedIOException away) {
      later(() -> goOn(round), AWAY_MILLIS);
    } catch (RuntimeException fault) {
      LOG.error("Pages are not indexed anew for {}", round.editions.keySet(), fault);
      current = null;
    }
  }

  private boolean piece(Round round) {
    List<PageId> pages =
        rows.without(
            round.editions, round.lacking, round.after, round.again ? round.begin : null, PIECE);
    if (pages.isEmpty()) {
      boolean first = !round.again;
      round.again = true;
      round.after = LOWEST;
      return first;
    }
    if (round.done == 0) {
      LOG.info("Pages are indexed anew for {}", round.editions.keySet());
    }
    for (PageId page : pages) {
      round.failed = index(page) ? 0 : round.failed + 1;
      round.after = page.value();
      if (++round.done % TOLD_EVERY == 0) {
        LOG.info("{} pages are indexed anew so far", round.done);
      }
    }
    return true;
  }

  private void rest(Round round) {
    LOG.warn(
        "Some plugin of {} fails on page after page: the others are indexed anew in an hour",
        round.editions.keySet());
    round.failed = 0;
    resting = true;
    later(
        () -> {
          if (round == current) {
            resting = false;
          }
          goOn(round);
        },
        TimeUnit.MINUTES.toMillis(ROUND_MINUTES));
  }

  private static void ended(Round round) {
    if (round.done > 0) {
      LOG.info("{} pages were indexed anew for {}", round.done, round.editions.keySet());
    }
  }

  /** Whether all plugins had their say, or there is nothing to say. */
  private boolean index(PageId page) {
    Optional<PageContent> content = rows.content(page);
    if (content.isEmpty()) {
      return true;
    }
    SearchEntry entry = SearchEntry.of(sources, page, content.get().document());
    rows.index(page, content.get().rev(), entry);
    return entry.complete();
  }

  private void retryQuietly() {
    try {
      retry(clock.instant());
    } catch (UncheckedIOException away) {
      LOG.debug("Pages are not indexed again now: {}", away.toString());
    } catch (RuntimeException fault) {
      LOG.error("Pages are not indexed again", fault);
    }
  }

  /** Indexes the pages again that are due by then; how many. */
  public int retry(Instant now) {
    int done = 0;
    List<PageId> due = rows.takeDue(now, PIECE);
    while (!due.isEmpty() && done < MOST_RETRIED) {
      due.forEach(this::index);
      done += due.size();
      due = rows.takeDue(now, PIECE);
    }
    return done;
  }

  @Override
  public void close() {
    changes.close();
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        LOG.debug("The index is still being made while the wiki ends");
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
