package org.tandem.collab.runtime;

import java.util.concurrent.Executor;

/**
 * Who does a node's work, and when. {@link Threads} in a wiki; in a simulation one thread that runs
 * the tasks of several nodes in an order of its own.
 *
 * <p>Life cycle: {@link #close} ends it; what waits then, and what comes after, is let go without a
 * word.
 *
 * <p>Threads: safe for use by any thread. Nothing here waits for a task, but {@link #close} for the
 * commit and the background work that are under way, for 5 s at the most: what they need may be
 * closed after it.
 *
 * <p>Failure: a task that throws ends itself alone.
 */
public interface Workers extends AutoCloseable {

  /** Runs the turns of mailboxes, several at a time. */
  Executor mailboxes();

  /** Runs commits, one after the other; what is under load gathers for a few milliseconds. */
  Executor commits();

  /** Runs what nobody waits for, several at a time. */
  Executor background();

  /** Runs something in the background after so many milliseconds. */
  void later(long millis, Runnable task);

  @Override
  void close();
}
