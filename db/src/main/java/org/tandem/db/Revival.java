package org.tandem.db;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.db.postgres.PostgresCluster;
import org.tandem.db.postgres.PostgresFailure;

/**
 * Starts a server again that ended without being told to, on the same folder and port. It tries ten
 * times, ever more seldom, from half a second to half a minute; a server that then lived for a
 * minute has ten more.
 *
 * <p>Life cycle: works from {@link #begin} to {@link #close}, which waits for a start that is under
 * way and stops the server. Threads: one of its own; begin and close are called by one thread.
 */
final class Revival implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Revival.class);
  private static final int ATTEMPTS = 10;
  private static final long FIRST_PAUSE_MS = 500;
  private static final long LONGEST_PAUSE_MS = 30_000;
  private static final Duration WELL = Duration.ofMinutes(1);

  private final PostgresCluster cluster;
  private final Path passwordFile;
  private final int port;
  private final Map<String, String> settings;
  private boolean ending;
  private int failures;
  private long startedAt = System.nanoTime();

  Revival(PostgresCluster cluster, Path passwordFile, int port, Map<String, String> settings) {
    this.cluster = cluster;
    this.passwordFile = passwordFile;
    this.port = port;
    this.settings = settings;
  }

  /** The server runs now. */
  void begin() {
    Thread watch = new Thread(this::watch, "database-revival");
    watch.setDaemon(true);
    watch.start();
  }

  private void watch() {
    try {
      while (!ending()) {
        awaitEnd();
        revive();
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns when no server runs, also at once. */
  private void awaitEnd() {
    ProcessHandle server = server();
    if (server != null) {
      server.onExit().join();
    }
  }

  private synchronized boolean ending() {
    return ending;
  }

  private synchronized @Nullable ProcessHandle server() {
    try {
      return cluster.server().filter(ProcessHandle::isAlive).orElse(null);
    } catch (IOException | NumberFormatException unreadable) {
      return null;
    }
  }

  /** Holds the lock while it starts a server, so that none is started behind a close. */
  private synchronized void revive() throws InterruptedException {
    if (ending || server() != null) {
      return;
    }
    if (System.nanoTime() - startedAt > WELL.toNanos()) {
      failures = 0;
    }
    if (failures >= ATTEMPTS) {
      log.error(
          "The embedded PostgreSQL is given up after {} starts: start the wiki again", failures);
      ending = true;
      return;
    }
    long pause = Math.min(FIRST_PAUSE_MS << failures, LONGEST_PAUSE_MS);
    failures++;
    log.warn("The embedded PostgreSQL has ended: start {} of {}", failures, ATTEMPTS);
    try {
      cluster.prepare(passwordFile);
      cluster.start(port, settings);
      startedAt = System.nanoTime();
      log.info("The embedded PostgreSQL runs again");
    } catch (PostgresFailure | IOException | RuntimeException failure) {
      log.warn("It did not start, and is tried again after {} ms: {}", pause, failure.getMessage());
      pause(pause);
    }
  }

  /** Lets go of the lock, so that a close need not wait. */
  private void pause(long millis) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
    for (long left = millis; left > 0 && !ending; ) {
      wait(left);
      left = Duration.ofNanos(end - System.nanoTime()).toMillis();
    }
  }

  @Override
  public synchronized void close() {
    ending = true;
    notifyAll();
  }
}
