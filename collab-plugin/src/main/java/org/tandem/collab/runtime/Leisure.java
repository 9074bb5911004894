package org.tandem.collab.runtime;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what nobody waits for in turns, one after the other, with a rest after each that is a
 * multiple of what it took: so all of it together has a bounded share of one thread's time, and
 * those who type do not feel it. Where a longest wait is given, rests are shortened so that what
 * waits has its turn by then.
 *
 * <p>Threads: safe for use by any thread; turns begin in the background.
 */
final class Leisure<T> {

  private static final Logger log = LoggerFactory.getLogger(Leisure.class);

  static final long NO_HURRY = Long.MAX_VALUE;

  /** A turn whose end is not told for so long, in milliseconds, holds up the others no more. */
  private static final long GIVEN_UP = 30_000;

  /** Rests are no longer, in milliseconds, where there is a longest wait. */
  private static final long MOST = 500;

  private final Workers workers;
  private final LongSupplier millis;
  private final int rest;
  private final long longest;
  private final BiConsumer<T, Runnable> work;
  private final Set<T> waiting = new LinkedHashSet<>();
  private boolean working;

  /**
   * @param rest how many times as long as the work
   * @param longest wait, in milliseconds, or {@link #NO_HURRY}
   * @param work what to do, and what it runs, once or more, when that is done or has failed
   */
  Leisure(
      Workers workers, LongSupplier millis, int rest, long longest, BiConsumer<T, Runnable> work) {
    this.workers = workers;
    this.millis = millis;
    this.rest = rest;
    this.longest = longest;
    this.work = work;
  }

  /** Something is to be done; once, when it waits already. */
  void add(T item) {
    synchronized (waiting) {
      waiting.add(item);
      if (working) {
        return;
      }
      working = true;
    }
    workers.background().execute(this::turn);
  }

  private void turn() {
    T item;
    synchronized (waiting) {
      Iterator<T> oldest = waiting.iterator();
      working = oldest.hasNext();
      if (!working) {
        return;
      }
      item = oldest.next();
      oldest.remove();
    }
    long begun = millis.getAsLong();
    AtomicBoolean ended = new AtomicBoolean();
    Runnable end =
        () -> {
          if (ended.compareAndSet(false, true)) {
            workers.later(rest(millis.getAsLong() - begun), this::turn);
          }
        };
    workers.later(GIVEN_UP, end);
    try {
      work.accept(item, end);
    } catch (RuntimeException | Error bug) {
      log.error("A turn failed: {}", item, bug);
      end.run();
    }
  }

  private long rest(long took) {
    synchronized (waiting) {
      // Who comes next to a node at rest does not wait for long, though the last took its time.
      long hurried =
          longest == NO_HURRY ? NO_HURRY : Math.min(MOST, longest / (waiting.size() + 1));
      return Math.min(rest * Math.max(1, took), hurried);
    }
  }
}
