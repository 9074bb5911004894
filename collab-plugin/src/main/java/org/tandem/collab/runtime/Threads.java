package org.tandem.collab.runtime;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workers that are threads. Mailboxes have few that stay awake, rather than one for each turn: to
 * wake a thread costs more than most turns. Where a turn waits for a database, which {@code Guard}
 * tells the pool, another thread takes its place.
 */
public final class Threads implements Workers {

  private static final Logger log = LoggerFactory.getLogger(Threads.class);

  /** Turns at once; one page's long turn must not hold up the others. */
  private static final int MAILBOXES = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

  /** With those that wait for a database. */
  private static final int MOST_MAILBOXES = MAILBOXES + 32;

  private static final int BACKGROUND = 4;

  /** How long the end waits for the commit and the background work under way, in seconds. */
  static final long LAST_WORK = 5;

  private final ForkJoinPool mailboxes =
      new ForkJoinPool(
          MAILBOXES,
          Threads::mailboxThread,
          null,
          true,
          0,
          MOST_MAILBOXES,
          1,
          pool -> true,
          60,
          TimeUnit.SECONDS);

  /**
   * @param since of the JVM's clock, in nanoseconds
   */
  private record Turn(Runnable task, long since) {}

  /**
   * Those that wait, in the order in which they came, so that no page's turns go before another's.
   */
  private final Queue<Turn> turns = new ConcurrentLinkedQueue<>();

  /** Only the thread that commits touches it. */
  private final CommitPace pace = new CommitPace();

  private final ScheduledThreadPoolExecutor commits = pool(1, "collab-commit");
  private final ScheduledThreadPoolExecutor background = pool(BACKGROUND, "collab-background");
  private volatile long nextCommit = System.nanoTime();

  private static ScheduledThreadPoolExecutor pool(int threads, String name) {
    ScheduledThreadPoolExecutor pool =
        new ScheduledThreadPoolExecutor(
            threads, named(name), new ThreadPoolExecutor.DiscardPolicy());
    pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return pool;
  }

  private static ThreadFactory named(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      thread.setContextClassLoader(Threads.class.getClassLoader());
      return thread;
    };
  }

  private static ForkJoinWorkerThread mailboxThread(ForkJoinPool pool) {
    ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
    thread.setName("collab-page-" + thread.getPoolIndex());
    thread.setContextClassLoader(Threads.class.getClassLoader());
    return thread;
  }

  @Override
  public Executor mailboxes() {
    return this::runTurn;
  }

  /**
   * By itself the pool has a thread go on with what it brought about before it takes anything else.
   */
  private void runTurn(Runnable turn) {
    turns.add(new Turn(turn, System.nanoTime()));
    try {
      mailboxes.execute(this::runOldest);
    } catch (RejectedExecutionException ended) {
      log.debug("A turn comes after the end, and is let go");
    }
  }

  private void runOldest() {
    Turn oldest = turns.poll();
    if (oldest != null) {
      oldest.task.run();
    }
  }

  @Override
  public Executor commits() {
    return this::schedule;
  }

  private void schedule(Runnable commit) {
    long now = System.nanoTime();
    long due = Math.max(now, nextCommit);
    commits.schedule(() -> begin(commit, due), due - now, TimeUnit.NANOSECONDS);
  }

  private void begin(Runnable commit, long due) {
    long now = System.nanoTime();
    nextCommit = now + pace.gap(Math.max(now - due, oldestTurnWaits(now)));
    commit.run();
  }

  private long oldestTurnWaits(long now) {
    Turn oldest = turns.peek();
    return oldest == null ? 0 : now - oldest.since;
  }

  @Override
  public Executor background() {
    return background;
  }

  @Override
  public void later(long millis, Runnable task) {
    background.schedule(task, millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LAST_WORK);
    commits.shutdownNow();
    // Who publishes a page is let go on: the databases are closed after this.
    background.shutdown();
    awaitEnd(commits, until);
    awaitEnd(background, until);
    mailboxes.shutdownNow();
    background.shutdownNow();
  }

  private static void awaitEnd(ExecutorService pool, long until) {
    try {
      pool.awaitTermination(until - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
