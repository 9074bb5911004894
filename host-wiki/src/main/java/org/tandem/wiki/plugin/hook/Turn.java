package org.tandem.wiki.plugin.hook;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work that calls hooks, one after the other, on a thread of {@link HookThreads}. Either
 * it ends by itself or it is given up, never both: whoever gives its answer has to be the one.
 */
public abstract class Turn {

  private enum State {
    RUNNING,
    DONE,
    GIVEN_UP
  }

  private final long mostMillis;

  /** Guarded by this. */
  private State state = State.RUNNING;

  private @Nullable Thread thread;
  private @Nullable Hook<?> inside;
  private @Nullable Hook<?> blamed;
  private long since;

  protected Turn(long mostMillis) {
    this.mostMillis = mostMillis;
  }

  /** How long it may take from its beginning. */
  protected long mostMillis() {
    return mostMillis;
  }

  /**
   * What the wiki itself has to look up before; its time is not the plugins'. False when that is
   * the end of it.
   */
  protected boolean prepare() {
    return true;
  }

  /** Calls the hooks; stops soon after {@link #isGivenUp}. */
  protected abstract void work();

  /** Called by another thread when it was given up. */
  protected abstract void late();

  /** Its thread is this one from now on: whoever gives it up knows whom to interrupt. */
  final synchronized void begin() {
    thread = Thread.currentThread();
  }

  /** Calls into a hook: counts the time and knows whom to blame. */
  protected final <T> T within(Hook<?> hook, Supplier<T> call) {
    Thread current = Thread.currentThread();
    ClassLoader before = current.getContextClassLoader();
    long begun = System.nanoTime();
    synchronized (this) {
      inside = hook;
      since = begun;
    }
    current.setContextClassLoader(hook.classes());
    try {
      return call.get();
    } finally {
      current.setContextClassLoader(before);
      boolean counted;
      synchronized (this) {
        inside = null;
        counted = state == State.GIVEN_UP;
      }
      if (!counted) {
        hook.plugin().figures(hook.kind()).called(System.nanoTime() - begun);
      }
    }
  }

  public synchronized boolean isGivenUp() {
    return state == State.GIVEN_UP;
  }

  /** Whether the caller is the one to give the answer; true once. */
  public synchronized boolean done() {
    if (state != State.RUNNING) {
      return false;
    }
    state = State.DONE;
    return true;
  }

  /** The work returned; false when it had been given up. */
  final synchronized boolean end() {
    thread = null;
    Thread.interrupted();
    Hook<?> gaveUpIn = blamed;
    if (gaveUpIn != null) {
      gaveUpIn.plugin().cameBack();
    }
    boolean inTime = state != State.GIVEN_UP;
    state = inTime ? State.DONE : state;
    return inTime;
  }

  /**
   * Gives it up, unless it is done.
   *
   * @param first run before its thread is interrupted
   */
  final synchronized boolean giveUp(Runnable first) {
    if (state != State.RUNNING || thread == null) {
      return false;
    }
    state = State.GIVEN_UP;
    first.run();
    blamed = inside;
    if (blamed != null) {
      blamed.plugin().gotStuck();
      blamed.plugin().figures(blamed.kind()).called(System.nanoTime() - since);
    }
    thread.interrupt();
    return true;
  }

  /** The hook that it was in when it was given up; null: the wiki's own code. */
  protected synchronized @Nullable Hook<?> blamed() {
    return blamed;
  }
}
