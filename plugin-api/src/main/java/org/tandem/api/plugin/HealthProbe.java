package org.tandem.api.plugin;

/**
 * Tells an admin who looks how the plugin is on this node.
 *
 * <p>Life cycle: asked from its registration until that is closed, or the plugin ends.
 *
 * <p>Threads: asked by threads of the host, by one at a time.
 *
 * <p>Failure: one that throws, or answers later than after 2 s, is shown as not well.
 */
@FunctionalInterface
public interface HealthProbe {

  /** How it is now: one sentence, made at once from what is known, without a long look. */
  Health check();
}
