package org.tandem.wiki.metrics;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.Registration;
import org.tandem.api.plugin.MetricsText;

/** What plugins add to the figures. Threads: safe for use by any thread. */
public final class PluginMetrics {

  private static final Logger LOG = LoggerFactory.getLogger(PluginMetrics.class);
  private static final long PATIENCE_MS = 2_000;

  private final List<Source> sources = new CopyOnWriteArrayList<>();

  /**
   * @param plugin whose figures these are, for the log
   */
  public Registration register(String plugin, MetricsText metrics) {
    Source source = new Source(plugin, metrics);
    sources.add(source);
    return () -> sources.remove(source);
  }

  /** The texts of all that answer in time, one after the other. Waits for 2 s at the most. */
  String text() {
    List<Source> asked = List.copyOf(sources);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
    asked.forEach(Source::ask);
    StringBuilder all = new StringBuilder();
    for (Source source : asked) {
      source
          .answer(end)
          .ifPresent(text -> all.append(text).append(text.endsWith("\n") ? "" : "\n"));
    }
    return all.toString();
  }

  /** One plugin's; a thread of it that hangs is the last until it ends. */
  private static final class Source {

    private final String plugin;
    private final MetricsText metrics;
    private FutureTask<String> asked = new FutureTask<>(() -> "");

    Source(String plugin, MetricsText metrics) {
      this.plugin = plugin;
      this.metrics = metrics;
      asked.run();
    }

    synchronized void ask() {
      if (asked.isDone()) {
        asked = new FutureTask<>(metrics::text);
        Thread thread = new Thread(asked, "metrics-" + plugin);
        thread.setDaemon(true);
        thread.start();
      }
    }

    Optional<String> answer(long end) {
      FutureTask<String> answer;
      synchronized (this) {
        answer = asked;
      }
      try {
        return Optional.of(answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS));
      } catch (TimeoutException late) {
        LOG.warn("The figures of the plugin {} are left out: not there within 2 s", plugin);
      } catch (ExecutionException failed) {
        LOG.warn(
            "The figures of the plugin {} are left out: {}", plugin, failed.getCause().toString());
      } catch (InterruptedException hurry) {
        Thread.currentThread().interrupt();
      }
      return Optional.empty();
    }
  }
}
