package org.tandem.wiki.core;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Once an hour it deletes what is kept for a time only. Every node does, and that does no harm.
 *
 * <p>Life cycle: begins a minute after it is constructed, ends with {@link #close}. Failure: what
 * cannot be deleted now is deleted an hour later.
 */
final class Sweeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
  private static final long FIRST_MINUTES = 1;
  private static final long EVERY_MINUTES = 60;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread made = new Thread(work, "wiki-sweeper");
            made.setDaemon(true);
            return made;
          });

  Sweeper(List<Runnable> sweeps) {
    thread.scheduleWithFixedDelay(
        () -> sweeps.forEach(Sweeper::sweep), FIRST_MINUTES, EVERY_MINUTES, TimeUnit.MINUTES);
  }

  private static void sweep(Runnable sweep) {
    try {
      sweep.run();
    } catch (RuntimeException away) {
      LOG.info("What is old is deleted later, as the database is away: {}", away.toString());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
