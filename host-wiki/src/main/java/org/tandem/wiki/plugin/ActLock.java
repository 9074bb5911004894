package org.tandem.wiki.plugin;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Has what is done with the plugins of this node done one at a time. The node itself waits as long
 * as it takes. An administrator waits for what ends soon and not for what does not, like a plugin
 * that hangs at its start. Threads: safe for use by any thread; who holds it may take it again.
 */
final class ActLock {

  /** How long an act goes on before no administrator waits for it any more. */
  static final Duration SOON = Duration.ofSeconds(10);

  /** Something that is done while the lock is held. */
  @FunctionalInterface
  interface Act<T, E extends Exception> {
    T make() throws E;
  }

  /** The same without an answer. */
  @FunctionalInterface
  interface Step<E extends Exception> {
    void make() throws E;
  }

  private final ReentrantLock lock = new ReentrantLock(true);
  private final Duration soon;

  /** When the act that goes on began, on {@link System#nanoTime}; counts while it is going. */
  private volatile long begun;

  private volatile boolean going;

  ActLock(Duration soon) {
    this.soon = soon;
  }

  /** Does it when nothing else goes on. */
  <T, E extends Exception> T take(Act<T, E> act) throws E {
    lock.lock();
    return made(act);
  }

  /** The same. */
  <E extends Exception> void run(Step<E> step) throws E {
    Act<Boolean, E> act =
        () -> {
          step.make();
          return true;
        };
    take(act);
  }

  /** Does it when soon nothing else goes on; empty when that was not so, and nothing was done. */
  <T, E extends Exception> Optional<T> takeSoon(Act<T, E> act) throws E {
    return comesSoon() ? Optional.of(made(act)) : Optional.empty();
  }

  private boolean comesSoon() {
    long patience = going ? begun + soon.toNanos() - System.nanoTime() : soon.toNanos();
    try {
      return lock.tryLock(Math.max(0, patience), TimeUnit.NANOSECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private <T, E extends Exception> T made(Act<T, E> act) throws E {
    boolean outermost = lock.getHoldCount() == 1;
    if (outermost) {
      begun = System.nanoTime();
      going = true;
    }
    try {
      return act.make();
    } finally {
      if (outermost) {
        going = false;
      }
      lock.unlock();
    }
  }
}
