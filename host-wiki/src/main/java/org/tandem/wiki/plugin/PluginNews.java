package org.tandem.wiki.plugin;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one plugin what has changed in the wiki, in order and on a thread of the plugin's own: one
 * that hangs or throws holds up nobody else, neither who made the change nor those who hear of it.
 *
 * <p>Life cycle: until {@link #close}; then what waits is let go. Threads: safe for use by any
 * thread; nothing waits.
 */
final class PluginNews implements AutoCloseable {

  /** Pieces of news that wait; who has so many takes none. */
  private static final int ROOM = 100_000;

  private static final long IDLE_SECONDS = 30;

  private static final Logger LOG = LoggerFactory.getLogger(PluginNews.class);

  private final String plugin;
  private final ThreadPoolExecutor teller;
  private volatile boolean full;

  /**
   * @param plugin its id
   */
  PluginNews(String plugin) {
    this.plugin = plugin;
    this.teller =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(ROOM),
            task -> {
              Thread thread = new Thread(task, "news-" + plugin);
              thread.setDaemon(true);
              return thread;
            },
            (task, pool) -> refused());
    teller.allowCoreThreadTimeOut(true);
  }

  /** Has this told after what was told before. */
  void tell(Runnable news) {
    teller.execute(() -> tellNow(news));
  }

  private void tellNow(Runnable news) {
    try {
      news.run();
    } catch (Throwable fault) {
      LOG.error("A listener of the plugin {} failed", plugin, fault);
    }
  }

  private void refused() {
    if (!teller.isShutdown() && !full) {
      full = true;
      LOG.error("The plugin {} hangs in a listener: it hears no more of rights and pages", plugin);
    }
  }

  @Override
  public void close() {
    teller.shutdownNow();
  }
}
