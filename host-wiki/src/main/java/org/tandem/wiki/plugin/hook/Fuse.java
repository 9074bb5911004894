package org.tandem.wiki.plugin.hook;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.tandem.api.host.PageId;

/**
 * Switches one hook off on a page where it fails three times in a row, for ten minutes. Threads:
 * safe for use by any thread.
 */
public final class Fuse {

  public static final int FAULTS = 3;
  public static final long OFF_MILLIS = TimeUnit.MINUTES.toMillis(10);

  /** Pages of which it is known that a hook fails there. */
  private static final int KNOWN = 1_000;

  private static final class State {
    private int faults;
    private Class<?> at = Object.class;
    private long offUntil = Long.MIN_VALUE;
  }

  private final LongSupplier millis;
  private final Map<PageId, State> failing = new LinkedHashMap<>();

  /** Nothing failed lately: the way of almost all calls. */
  private volatile boolean clean = true;

  public Fuse(LongSupplier millis) {
    this.millis = millis;
  }

  boolean isOn(PageId page) {
    return clean || offMillis(page) == 0;
  }

  /** How long it stays off on the page; 0: it is on. */
  private long offMillis(PageId page) {
    synchronized (failing) {
      State state = failing.get(page);
      long now = millis.getAsLong();
      return state == null || state.offUntil <= now ? 0 : state.offUntil - now;
    }
  }

  public void succeeded(PageId page) {
    succeeded(page, Object.class);
  }

  /**
   * A call went well; that ends a row of faults at the same alone.
   *
   * @param at of a hook that is called for several things: for which
   */
  public void succeeded(PageId page, Class<?> at) {
    if (clean) {
      return;
    }
    synchronized (failing) {
      State state = failing.get(page);
      if (state != null && state.at == at && state.offUntil <= millis.getAsLong()) {
        failing.remove(page);
        clean = failing.isEmpty();
      }
    }
  }

  /** A call failed; whether this switched the hook off on the page. */
  public boolean failed(PageId page) {
    return failed(page, Object.class);
  }

  /**
   * The same of a hook that is called for several things.
   *
   * @param at for which
   */
  public boolean failed(PageId page, Class<?> at) {
    synchronized (failing) {
      clean = false;
      State state = failing.computeIfAbsent(page, first -> new State());
      state.at = at;
      long now = millis.getAsLong();
      if (state.offUntil > now || ++state.faults < FAULTS) {
        forgetOne();
        return false;
      }
      state.faults = 0;
      state.offUntil = now + OFF_MILLIS;
      return true;
    }
  }

  private void forgetOne() {
    if (failing.size() > KNOWN) {
      failing.remove(failing.keySet().iterator().next());
    }
  }

  /** The pages on which it is off, with the milliseconds until it is on again. */
  Map<PageId, Long> off() {
    Map<PageId, Long> off = new LinkedHashMap<>();
    synchronized (failing) {
      for (PageId page : failing.keySet()) {
        long left = offMillis(page);
        if (left > 0) {
          off.put(page, left);
        }
      }
    }
    return off;
  }
}
