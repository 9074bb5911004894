package org.tandem.wiki.plugin;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whose turn it is to change the plugins of this node: one at a time. The node itself waits as long
 * as it takes. An administrator waits for what ends soon and not for what does not, like a plugin
 * that hangs at its start. Threads: safe for use by any thread; who has the turn may take it again.
 */
final class ChangeTurn {

  /** How long a change goes on before no administrator waits for it any more. */
  static final Duration SOON = Duration.ofSeconds(10);

  /** Something that is done when it is its turn. */
  @FunctionalInterface
  interface Change<T, E extends Exception> {
    T make() throws E;
  }

  /** The same without an answer. */
  @FunctionalInterface
  interface Act<E extends Exception> {
    void make() throws E;
  }

  private final ReentrantLock lock = new ReentrantLock(true);
  private final Duration soon;

  /** When the change that goes on began, on {@link System#nanoTime}. */
  private volatile long begun;

  ChangeTurn(Duration soon) {
    this.soon = soon;
  }

  /** Does it when it is its turn. */
  <T, E extends Exception> T take(Change<T, E> change) throws E {
    lock.lock();
    try {
      return made(change);
    } finally {
      lock.unlock();
    }
  }

  <E extends Exception> void run(Act<E> act) throws E {
    lock.lock();
    try {
      begin();
      act.make();
    } finally {
      lock.unlock();
    }
  }

  /** Does it when it is soon its turn; empty when it was not, and nothing was done. */
  <T, E extends Exception> Optional<T> takeSoon(Change<T, E> change) throws E {
    if (!comesSoon()) {
      return Optional.empty();
    }
    try {
      return Optional.of(made(change));
    } finally {
      lock.unlock();
    }
  }

  private boolean comesSoon() {
    long patience = lock.isLocked() ? begun + soon.toNanos() - System.nanoTime() : soon.toNanos();
    try {
      return lock.tryLock(Math.max(0, patience), TimeUnit.NANOSECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private <T, E extends Exception> T made(Change<T, E> change) throws E {
    begin();
    return change.make();
  }

  private void begin() {
    if (lock.getHoldCount() == 1) {
      begun = System.nanoTime();
    }
  }
}
