package org.tandem.api.plugin;

/**
 * A plugin's figures, in Prometheus's text format (version 0.0.4): lines that each end with a line
 * feed. Names begin with the plugin's own word, so that no two sources have one; labels hold no ids
 * of pages, people or clients, of which there is no end.
 *
 * <p>Life cycle: asked from its registration until that is closed, or the plugin ends. An answer
 * that is under way at that time is not waited for.
 *
 * <p>Threads: asked by threads of the host, by one at a time, whenever somebody looks.
 *
 * <p>Failure: a source that throws, or answers later than after 2 s, is left out of the answer; the
 * host logs one line and asks again the next time.
 */
@FunctionalInterface
public interface MetricsText {

  /** The figures as they stand now. */
  String text();
}
