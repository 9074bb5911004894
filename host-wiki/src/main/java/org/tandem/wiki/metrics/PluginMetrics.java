package org.tandem.wiki.metrics;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.Registration;
import org.tandem.api.plugin.MetricsText;
import org.tandem.wiki.store.Names;

/** What plugins add to the figures. Threads: safe for use by any thread. */
public final class PluginMetrics {

  private static final Logger LOG = LoggerFactory.getLogger(PluginMetrics.class);
  private static final long PATIENCE_MS = 2_000;
  private static final int LONGEST_TOLD = 100;

  private final List<Source> sources = new CopyOnWriteArrayList<>();

  /** A line of the Prometheus text format 0.0.4: a comment, or a name, labels, a value, a time. */
  private static final Pattern LINE =
      Pattern.compile(
          "\\s*|#.*|[a-zA-Z_:][a-zA-Z0-9_:]*(?:\\{.*\\})?[ \\t]+"
              + "(?:NaN|[+-]?Inf|[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)(?:[ \\t]+-?[0-9]+)?[ \\t]*");

  /** Where figures come from, and what was wrong with them when they were asked last. */
  private static final class Source {
    private final String plugin;
    private final Question<String> figures;
    private final AtomicReference<String> wrong = new AtomicReference<>("");

    Source(String plugin, Question<String> figures) {
      this.plugin = plugin;
      this.figures = figures;
    }

    /** Says it once, and again when something else is wrong. */
    void leftOut(String reason) {
      if (!wrong.getAndSet(reason).equals(reason)) {
        LOG.warn("The figures of the plugin {} are left out: {}", plugin, reason);
      }
    }
  }

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
    asked.forEach(source -> source.figures.ask());
    StringBuilder all = new StringBuilder();
    for (Source source : asked) {
      Question.Outcome<String> outcome = source.figures.answer(end);
      if (outcome instanceof Question.Outcome.Answered<String> text) {
        add(source, text.answer(), all);
      } else if (outcome instanceof Question.Outcome.Unanswered<String> none) {
        source.leftOut(none.reason());
      }
    }
    return all.toString();
  }

  /** One line that is no figure would make all of the node's unreadable. */
  private static void add(Source source, String text, StringBuilder all) {
    Optional<String> wrong = text.lines().filter(line -> !LINE.matcher(line).matches()).findFirst();
    if (wrong.isPresent()) {
      source.leftOut("this is no line of figures: " + Names.cut(wrong.get(), LONGEST_TOLD));
      return;
    }
    source.wrong.set("");
    all.append(text).append(text.endsWith("\n") ? "" : "\n");
  }
}
