package org.tandem.wiki.metrics;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a plugin is asked again and again, on a thread of its own. One that hangs has one thread and
 * no more: it is not asked anew before it has answered. Threads: safe for use by any thread.
 *
 * @param <T> what it answers
 */
public final class Question<T> {

  private final String thread;
  private final Callable<T> source;
  private FutureTask<T> asked;

  /** What came of it. */
  public sealed interface Outcome<T> {

    record Answered<T>(T answer) implements Outcome<T> {}

    /**
     * @param reason in a few words, for the log and the admin
     */
    record Unanswered<T>(String reason) implements Outcome<T> {}
  }

  /**
   * @param thread name of the thread that asks
   */
  public Question(String thread, Callable<T> source) {
    this.thread = thread;
    this.source = source;
    this.asked = new FutureTask<>(source);
    asked.cancel(false);
  }

  /** Whether it was asked and has not answered yet. */
  public synchronized boolean isPending() {
    return !asked.isDone();
  }

  /** Asks, unless the last answer is still to come. Returns at once. */
  public synchronized void ask() {
    if (asked.isDone()) {
      asked = new FutureTask<>(source);
      Thread asking = new Thread(asked, thread);
      asking.setDaemon(true);
      asking.start();
    }
  }

  /**
   * The answer to the last asking.
   *
   * @param end on {@link System#nanoTime}, until which it is waited for
   */
  public Outcome<T> answer(long end) {
    FutureTask<T> last;
    synchronized (this) {
      last = asked;
    }
    try {
      return new Outcome.Answered<>(
          last.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS));
    } catch (TimeoutException late) {
      return new Outcome.Unanswered<>("no answer in time");
    } catch (ExecutionException failed) {
      return new Outcome.Unanswered<>(failed.getCause().toString());
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      return new Outcome.Unanswered<>("interrupted");
    }
  }
}
