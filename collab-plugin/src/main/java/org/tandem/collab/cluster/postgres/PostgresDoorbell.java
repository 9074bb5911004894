package org.tandem.collab.cluster.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.Database;
import org.tandem.api.host.PageId;
import org.tandem.collab.cluster.Doorbell;
import org.tandem.collab.cluster.DoorbellListener;
import org.tandem.collab.cluster.NodeId;

/**
 * The doorbell by LISTEN and NOTIFY. One thread rings and listens in turn on one connection, which
 * is outside the pool: it is held for ever, and must neither wait for a connection when the pool is
 * busy nor take one from it. Ringing on the same connection costs nothing, and tells whether it
 * still works.
 *
 * <p>A connection that is lost is opened again after ever longer times, up to a second; one whose
 * other side vanished without a word is noticed within 15 s.
 */
public final class PostgresDoorbell implements Doorbell {

  private static final Logger log = LoggerFactory.getLogger(PostgresDoorbell.class);

  static final String CHANNEL = "tandem_collab";
  private static final int GATHER = 100;
  private static final int PROBE_SECONDS = 5;
  private static final int ANSWER_SECONDS = 10;
  private static final long FIRST_PAUSE = 100;
  private static final long LONGEST_PAUSE = 1_000;
  private static final long END = 3_000;
  private static final long WARN_EVERY = TimeUnit.MINUTES.toNanos(1);

  /** What a started doorbell works with. */
  private record Started(NodeId self, DoorbellListener listener, Thread thread) {}

  private final long probeAfter;
  private final PGSimpleDataSource database = new PGSimpleDataSource();
  private final Map<PageId, Long> waiting = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable Started started;
  private volatile @Nullable Connection held;
  private boolean away;
  private long answeredAt;
  private long warnedAt = System.nanoTime() - WARN_EVERY;

  public PostgresDoorbell(Database address) {
    this(address, PROBE_SECONDS, ANSWER_SECONDS);
  }

  /**
   * @param probeSeconds how long the database may be silent before it is asked whether it is there
   * @param answerSeconds how long it may take to answer
   */
  PostgresDoorbell(Database address, int probeSeconds, int answerSeconds) {
    probeAfter = TimeUnit.SECONDS.toNanos(probeSeconds);
    database.setURL(address.url());
    database.setUser(address.user());
    database.setPassword(address.password());
    database.setApplicationName("tandem-collab-doorbell");
    database.setConnectTimeout(answerSeconds);
    database.setLoginTimeout(answerSeconds);
    database.setSocketTimeout(answerSeconds);
    database.setTcpKeepAlive(true);
  }

  @Override
  public void start(NodeId self, DoorbellListener listener) {
    Thread thread = new Thread(() -> run(self, listener), "collab-doorbell");
    thread.setDaemon(true);
    thread.setContextClassLoader(PostgresDoorbell.class.getClassLoader());
    started = new Started(self, listener, thread);
    thread.start();
  }

  @Override
  public void ring(PageId page, long rev) {
    if (started != null && !isClosed()) {
      waiting.merge(page, rev, Math::max);
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void run(NodeId self, DoorbellListener listener) {
    long pause = FIRST_PAUSE;
    while (!isClosed()) {
      try (Connection connection = connect()) {
        held = connection;
        pause = FIRST_PAUSE;
        reached();
        tell(listener::missed);
        serve(connection, self, listener);
      } catch (SQLException | RuntimeException lost) {
        lost(lost);
      }
      if (isClosedWithin(pause)) {
        return;
      }
      pause = Math.min(LONGEST_PAUSE, 2 * pause);
    }
  }

  private void reached() {
    if (away) {
      away = false;
      log.info("The doorbell's connection is back");
    }
  }

  private void lost(Exception why) {
    if (!away && !isClosed()) {
      away = true;
      log.warn(
          "The doorbell's connection is lost, so nodes that do not see each other hear late of each"
              + " other: {}",
          why.toString());
    }
  }

  private boolean isClosedWithin(long millis) {
    try {
      return closed.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private Connection connect() throws SQLException {
    Connection connection = database.getConnection();
    try (Statement statement = connection.createStatement()) {
      // A ring need not outlive a crash of the database: its commit does not wait for the disk.
      statement.execute("set synchronous_commit = off");
      statement.execute("listen " + CHANNEL);
      answeredAt = System.nanoTime();
      return connection;
    } catch (SQLException refused) {
      connection.close();
      throw refused;
    }
  }

  /** Listens while rings gather, then sends them; ends after a last sending when closed. */
  private void serve(Connection connection, NodeId self, DoorbellListener listener)
      throws SQLException {
    PGConnection notified = connection.unwrap(PGConnection.class);
    boolean last;
    do {
      last = isClosedWithin(0);
      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GATHER);
      long left = last ? 0 : GATHER;
      while (left > 0 && !isClosed()) {
        for (PGNotification notification : notified.getNotifications((int) left)) {
          hear(notification.getParameter(), self, listener);
        }
        left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      }
      send(connection, self);
    } while (!last);
  }

  private void hear(String payload, NodeId self, DoorbellListener listener) {
    Optional<Rings> rings = Rings.read(payload);
    if (rings.isEmpty()) {
      unreadable();
    } else if (!rings.get().from().equals(self)) {
      rings
          .get()
          .pages()
          .forEach((page, rev) -> tell(() -> listener.rung(rings.get().from(), page, rev)));
    }
  }

  private void unreadable() {
    long now = System.nanoTime();
    if (now - warnedAt >= WARN_EVERY) {
      warnedAt = now;
      log.warn("Something in the channel {} is no ring of this version and is left out", CHANNEL);
    }
  }

  private static void tell(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException bug) {
      log.error("The doorbell was not heard", bug);
    }
  }

  /** Sends what gathered; without any, asks now and then whether the database is still there. */
  private void send(Connection connection, NodeId self) throws SQLException {
    Map<PageId, Long> rings = new HashMap<>(waiting);
    if (rings.isEmpty()) {
      if (System.nanoTime() - answeredAt > probeAfter) {
        try (Statement probe = connection.createStatement()) {
          probe.execute("select 1");
        }
        answeredAt = System.nanoTime();
      }
      return;
    }
    List<String> payloads = Rings.write(self, rings);
    try (PreparedStatement notify =
        connection.prepareStatement("select pg_notify(?, payload) from unnest(?) payload")) {
      notify.setString(1, CHANNEL);
      notify.setArray(2, connection.createArrayOf("text", payloads.toArray()));
      notify.execute();
    }
    answeredAt = System.nanoTime();
    // What was rung higher meanwhile waits for its turn; what failed stays.
    rings.forEach(waiting::remove);
  }

  @Override
  public void close() {
    closed.countDown();
    Started running = started;
    if (running == null) {
      return;
    }
    try {
      running.thread.join(END);
      Connection stuck = held;
      if (running.thread.isAlive() && stuck != null) {
        stuck.abort(Runnable::run);
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    } catch (SQLException gone) {
      log.debug("The doorbell's connection did not end well", gone);
    }
  }
}
