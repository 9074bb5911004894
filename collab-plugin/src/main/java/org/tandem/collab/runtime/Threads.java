package org.tandem.collab.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Workers that are threads. */
public final class Threads implements Workers {

  /** More than may wait for a database at once, so that pages that need none go on. */
  private static final int MAILBOXES = 32;

  private static final int BACKGROUND = 4;
  private static final long LAST_COMMIT = 5;

  private final ExecutorService mailboxes = pool(MAILBOXES, "collab-page");
  private final ExecutorService commits = pool(1, "collab-commit");
  private final ScheduledThreadPoolExecutor background =
      new ScheduledThreadPoolExecutor(
          BACKGROUND, named("collab-background"), new ThreadPoolExecutor.DiscardPolicy());

  private static ExecutorService pool(int threads, String name) {
    return new ThreadPoolExecutor(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        named(name),
        new ThreadPoolExecutor.DiscardPolicy());
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

  @Override
  public Executor mailboxes() {
    return mailboxes;
  }

  @Override
  public Executor commits() {
    return commits;
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
    commits.shutdownNow();
    try {
      commits.awaitTermination(LAST_COMMIT, TimeUnit.SECONDS);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    mailboxes.shutdownNow();
    background.shutdownNow();
  }
}
