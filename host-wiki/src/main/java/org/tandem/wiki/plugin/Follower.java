package org.tandem.wiki.plugin;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.Registration;
import org.tandem.wiki.installation.Registry;

/**
 * The thread that makes this node follow what is wanted of plugins: when it hears of a change, and
 * every few seconds, as it may not have heard.
 *
 * <p>Life cycle: {@link #start} once, {@link #close} once. Threads: safe for use by any thread.
 * Failure: while the database does not answer nothing is followed; it is tried again.
 */
final class Follower implements AutoCloseable {

  /** When to look again. */
  enum Pace {
    SOON(200),
    USUAL(5_000);

    private final long milliseconds;

    Pace(long milliseconds) {
      this.milliseconds = milliseconds;
    }
  }

  /** One look. */
  @FunctionalInterface
  interface Work {
    Pace follow();
  }

  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

  /** So many looks at the usual pace are some five minutes. */
  private static final int LOOKS_BETWEEN_SWEEPS = 60;

  private final Registry registry;
  private final Work work;
  private final Runnable sweep;
  private final Semaphore wanted = new Semaphore(0);
  private final Thread thread = new Thread(this::run, "plugins-follow");
  private volatile boolean started;
  private volatile boolean closed;
  private Registration hearing = () -> {};

  /**
   * @param sweep what is to be done now and then, by any node
   */
  Follower(Registry registry, Work work, Runnable sweep) {
    this.registry = registry;
    this.work = work;
    this.sweep = sweep;
    thread.setDaemon(true);
  }

  void start() {
    hearing = registry.onChange(this::hurry);
    started = true;
    thread.start();
  }

  boolean isStarted() {
    return started;
  }

  /** Looks now. */
  void hurry() {
    wanted.release();
  }

  private void run() {
    Pace pace = Pace.USUAL;
    int looks = 0;
    while (!closed) {
      try {
        if (wanted.tryAcquire(pace.milliseconds, TimeUnit.MILLISECONDS)) {
          wanted.drainPermits();
        }
        if (!closed) {
          pace = work.follow();
          looks++;
          if (looks % LOOKS_BETWEEN_SWEEPS == 0) {
            sweep.run();
          }
        }
      } catch (InterruptedException end) {
        return;
      } catch (RuntimeException failure) {
        LOG.warn("The plugins of the wiki cannot be followed just now: {}", failure.toString());
        pace = Pace.USUAL;
      }
    }
  }

  /** Looks no more; one that goes on is waited for by who needs the plugins. */
  @Override
  public void close() {
    closed = true;
    hearing.close();
    hurry();
  }
}
