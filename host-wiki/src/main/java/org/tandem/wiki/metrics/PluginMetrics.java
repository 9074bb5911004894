package org.tandem.wiki.metrics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.Registration;
import org.tandem.api.plugin.MetricsText;

/** What plugins add to the figures. Threads: safe for use by any thread. */
public final class PluginMetrics {

  private static final Logger LOG = LoggerFactory.getLogger(PluginMetrics.class);
  private static final long PATIENCE_MS = 2_000;

  private final List<Source> sources = new CopyOnWriteArrayList<>();

  private record Source(String plugin, Question<String> figures) {}

  /**
   * @param plugin whose figures these are, for the log
   */
  public Registration register(String plugin, MetricsText metrics) {
    Source source = new Source(plugin, new Question<>("metrics-" + plugin, metrics::text));
    sources.add(source);
    return () -> sources.remove(source);
  }

  /** The texts of all that answer in time, one after the other. Waits for 2 s at the most. */
  String text() {
    List<Source> asked = List.copyOf(sources);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
    asked.forEach(source -> source.figures().ask());
    StringBuilder all = new StringBuilder();
    for (Source source : asked) {
      Question.Outcome<String> outcome = source.figures().answer(end);
      if (outcome instanceof Question.Outcome.Answered<String> text) {
        all.append(text.answer()).append(text.answer().endsWith("\n") ? "" : "\n");
      } else if (outcome instanceof Question.Outcome.Unanswered<String> none) {
        LOG.warn("The figures of the plugin {} are left out: {}", source.plugin(), none.reason());
      }
    }
    return all.toString();
  }
}
