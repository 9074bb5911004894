package org.tandem.wiki.plugin.loading;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs a plugin's own code on a thread of its own, and waits no longer than is said: code that
 * hangs holds up nobody.
 */
final class TimeBox {

  private TimeBox() {}

  /**
   * @param name of the thread
   * @param classes the thread's class loader
   * @param work that keeps what it throws by itself
   * @return false when it has not ended in time; it was interrupted then, and is left to itself
   */
  static boolean ends(Duration most, String name, ClassLoader classes, Runnable work) {
    FutureTask<Boolean> task = new FutureTask<>(work, true);
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(classes);
    thread.start();
    try {
      task.get(most.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException hangs) {
      thread.interrupt();
      return false;
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException hurried) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
