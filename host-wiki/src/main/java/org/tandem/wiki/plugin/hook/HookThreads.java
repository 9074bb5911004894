package org.tandem.wiki.plugin.hook;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that run plugins' code, and the watch over them. A piece of work that takes too long
 * is given up: its thread is interrupted and replaced until it ends, so that others have theirs.
 *
 * <p>Life cycle: ready when constructed, by a thread that runs no plugin's code; {@link #close}
 * ends it. Threads: safe for use by any thread; nothing waits.
 *
 * <p>A thread keeps a plugin's classes in memory by what the plugin's code leaves in it, and by the
 * code that was under way when it was made. So all of them are made by one thread that runs nothing
 * else, and {@link #renew} replaces them when a plugin goes.
 */
public final class HookThreads implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HookThreads.class);

  /** Pieces of work at once, but for those that are given up. */
  public static final int THREADS = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

  /** Pieces of work that wait; more is refused. */
  private static final int WAITING = 2_000;

  private final ExecutorService maker = Executors.newSingleThreadExecutor(HookThreads::maker);
  private final String name;
  private final ScheduledThreadPoolExecutor watch;
  private volatile Crew crew;
  private volatile boolean closed;

  public HookThreads() {
    this("hooks");
  }

  /**
   * @param name which the names of the threads begin with
   */
  public HookThreads(String name) {
    this.name = name;
    maker.submit(() -> {});
    watch = new ScheduledThreadPoolExecutor(1, made(name + "-watch"));
    watch.setRemoveOnCancelPolicy(true);
    watch.prestartAllCoreThreads();
    crew = new Crew(made(name));
  }

  private static Thread maker(Runnable task) {
    return daemon(task, "hooks-maker");
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(HookThreads.class.getClassLoader());
    return thread;
  }

  private ThreadFactory made(String name) {
    AtomicInteger count = new AtomicInteger();
    return task ->
        CompletableFuture.supplyAsync(
                () -> daemon(task, name + "-" + count.incrementAndGet()), maker)
            .join();
  }

  /** One generation of threads. */
  private static final class Crew {
    private final ThreadPoolExecutor pool;
    private int stuck;

    Crew(ThreadFactory threads) {
      pool =
          new ThreadPoolExecutor(
              THREADS, THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(WAITING), threads);
    }

    /** A thread is given up, or came back after all. */
    synchronized void stuck(int more) {
      stuck += more;
      int size = THREADS + stuck;
      if (more > 0) {
        pool.setMaximumPoolSize(size);
        pool.setCorePoolSize(size);
      } else {
        pool.setCorePoolSize(size);
        pool.setMaximumPoolSize(size);
      }
    }
  }

  /**
   * Runs a piece of work.
   *
   * @return false when there is too much to do already, or all has ended
   */
  public boolean run(Turn turn) {
    while (!closed) {
      Crew now = crew;
      try {
        now.pool.execute(() -> run(turn, now));
        return true;
      } catch (RejectedExecutionException full) {
        if (now == crew) {
          return false;
        }
      }
    }
    return false;
  }

  private void run(Turn turn, Crew crew) {
    if (!prepared(turn)) {
      return;
    }
    turn.begin();
    var late = watch.schedule(() -> giveUp(turn, crew), turn.mostMillis(), TimeUnit.MILLISECONDS);
    try {
      turn.work();
    } catch (RuntimeException | Error fault) {
      LOG.error("Work for plugins met a fault of the wiki", fault);
    } finally {
      late.cancel(false);
      if (!turn.end()) {
        crew.stuck(-1);
      }
    }
  }

  private static boolean prepared(Turn turn) {
    try {
      return turn.prepare();
    } catch (RuntimeException | Error fault) {
      LOG.error("Work for plugins met a fault of the wiki", fault);
      return false;
    }
  }

  private void giveUp(Turn turn, Crew crew) {
    try {
      if (turn.giveUp(() -> crew.stuck(1))) {
        turn.late();
      }
    } catch (RuntimeException | Error fault) {
      LOG.error("Work for plugins that took too long met a fault of the wiki", fault);
    }
  }

  /** New threads for what comes; those of now end when they have done what they have. */
  public synchronized void renew() {
    if (!closed) {
      Crew old = crew;
      crew = new Crew(made(name));
      old.pool.shutdown();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    crew.pool.shutdownNow();
    watch.shutdownNow();
    maker.shutdown();
  }
}
