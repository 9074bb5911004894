package org.tandem.wiki.plugin.hook;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What is known of one plugin's hooks: figures, and how many threads hang in them. It begins with
 * the first that the plugin registers and ends with the last; one that is enabled anew begins anew.
 * Threads: safe for use by any thread.
 */
public final class PluginHooks {

  /** Threads that hang in a plugin's hooks; then all of these are off on this node. */
  public static final int MOST_STUCK = 3;

  private static final long OFF_MILLIS = TimeUnit.MINUTES.toMillis(10);

  private final String id;
  private final LongSupplier millis;
  private final Map<HookKind, HookFigures> figures = new EnumMap<>(HookKind.class);
  private int stuck;
  private long offUntil = Long.MIN_VALUE;
  private volatile boolean clean = true;

  public PluginHooks(String id, LongSupplier millis, MeterRegistry registry) {
    this.id = id;
    this.millis = millis;
    for (HookKind kind : HookKind.values()) {
      figures.put(kind, new HookFigures(id, kind, millis, registry));
    }
  }

  public String id() {
    return id;
  }

  public HookFigures figures(HookKind kind) {
    HookFigures known = figures.get(kind);
    if (known == null) {
      throw new IllegalStateException("no figures of " + kind);
    }
    return known;
  }

  /** Whether its hooks may be called on this node. */
  boolean isOn() {
    return clean || offMillis() == 0;
  }

  /** How long they stay off; 0: they are on. */
  synchronized long offMillis() {
    if (stuck >= MOST_STUCK) {
      return OFF_MILLIS;
    }
    long now = millis.getAsLong();
    return offUntil <= now ? 0 : offUntil - now;
  }

  /** A thread hangs in one of them. */
  synchronized void gotStuck() {
    clean = false;
    if (++stuck >= MOST_STUCK) {
      offUntil = millis.getAsLong() + OFF_MILLIS;
    }
  }

  synchronized void cameBack() {
    stuck--;
    clean = stuck == 0 && offUntil <= millis.getAsLong();
  }
}
