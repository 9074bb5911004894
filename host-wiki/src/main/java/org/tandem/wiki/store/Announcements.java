package org.tandem.wiki.store;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.Database;
import org.tandem.api.host.Registration;

/**
 * Announcements to all nodes of the wiki by PostgreSQL's LISTEN and NOTIFY.
 *
 * <p>Life cycle: {@link #open} returns when the node listens, so that nothing announced afterwards
 * is missed. A connection of its own, outside the pool, is held until {@link #close}.
 *
 * <p>Threads: listeners are called on the thread that reads the connection or on the one that
 * announced, and must return at once; what they throw is logged and dropped.
 *
 * <p>Failure: a lost connection is opened again, tried once a second; after it the listeners hear
 * {@link Announcement.Missed}. A peer that vanished without a word is noticed within 11 s, and
 * {@link #isHeard} says so much earlier.
 */
public final class Announcements implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);
  private static final String CHANNEL = "tandem_wiki";
  private static final int WAIT_MS = 200;
  private static final long HEARD_NANOS = TimeUnit.MILLISECONDS.toNanos(800);
  private static final String ANSWER_SECONDS = "10";

  private final Database database;
  private final List<Consumer<Announcement>> listeners = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread reader;
  private volatile long heardAt = System.nanoTime() - HEARD_NANOS;

  private Announcements(Database database, Connection first) {
    this.database = database;
    this.reader = new Thread(() -> listen(first), "wiki-announcements");
    reader.setDaemon(true);
  }

  public static Announcements open(Database database) throws SQLException {
    Announcements announcements = new Announcements(database, connect(database));
    announcements.reader.start();
    return announcements;
  }

  /**
   * Sends the announcement when the session's transaction commits, and only then. This node's own
   * listeners have heard it when the transaction returns, and will hear it once more from the
   * database.
   */
  public void announce(Session session, Announcement announcement) {
    session.doWork(connection -> notify(connection, announcement));
    session
        .getTransaction()
        .registerSynchronization(
            new Synchronization() {
              @Override
              public void beforeCompletion() {}

              @Override
              public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                  tell(announcement);
                }
              }
            });
  }

  private static void notify(Connection connection, Announcement announcement) throws SQLException {
    try (PreparedStatement notify = connection.prepareStatement("select pg_notify(?, ?)")) {
      notify.setString(1, CHANNEL);
      notify.setString(2, announcement.payload());
      notify.execute();
    }
  }

  public Registration listen(Consumer<Announcement> listener) {
    Consumer<Announcement> own = listener::accept;
    listeners.add(own);
    return () -> listeners.remove(own);
  }

  /**
   * Whether the database answered on the listening connection within the last 0.8 s: the listeners
   * have heard whatever was announced before that answer was asked for. False while the connection
   * is lost, silent or slow. Asks nobody, so it may be called at any rate.
   */
  public boolean isHeard() {
    return System.nanoTime() - heardAt < HEARD_NANOS;
  }

  private void listen(Connection first) {
    Optional<Connection> connection = Optional.of(first);
    while (connection.isPresent()) {
      try (Connection held = connection.get()) {
        receive(held);
      } catch (SQLException lost) {
        LOG.warn("The connection for announcements is lost: {}", lost.getMessage());
      }
      heardAt = System.nanoTime() - HEARD_NANOS;
      connection = reconnect();
      connection.ifPresent(again -> tell(new Announcement.Missed()));
    }
  }

  private void receive(Connection connection) throws SQLException {
    PGConnection notified = connection.unwrap(PGConnection.class);
    long probeAt = System.nanoTime();
    while (closed.getCount() > 0) {
      long now = System.nanoTime();
      if (now - probeAt >= 0) {
        probe(connection);
        // What was announced before the probe came with its answer: it is told first.
        tellAll(notified.getNotifications());
        heardAt = now;
        probeAt = now + TimeUnit.MILLISECONDS.toNanos(WAIT_MS);
      }
      tellAll(notified.getNotifications(WAIT_MS));
    }
  }

  /** Reading alone would never notice that the other side is gone. */
  private static void probe(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select 1");
    }
  }

  private void tellAll(PGNotification[] notifications) {
    for (PGNotification notification : notifications) {
      tell(Announcement.read(notification.getParameter()));
    }
  }

  private Optional<Connection> reconnect() {
    while (!isClosedAfter(1000)) {
      try {
        return Optional.of(connect(database));
      } catch (SQLException away) {
        LOG.debug("No connection for announcements yet", away);
      }
    }
    return Optional.empty();
  }

  private boolean isClosedAfter(long milliseconds) {
    try {
      return closed.await(milliseconds, TimeUnit.MILLISECONDS);
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static Connection connect(Database database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", database.user());
    properties.setProperty("password", database.password());
    properties.setProperty("socketTimeout", ANSWER_SECONDS);
    properties.setProperty("loginTimeout", ANSWER_SECONDS);
    properties.setProperty("ApplicationName", "tandem-wiki-announcements");
    Connection connection = DriverManager.getConnection(database.url(), properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute("listen " + CHANNEL);
      return connection;
    } catch (SQLException refused) {
      connection.close();
      throw refused;
    }
  }

  private void tell(Announcement announcement) {
    for (Consumer<Announcement> listener : listeners) {
      try {
        listener.accept(announcement);
      } catch (RuntimeException | Error failure) {
        // The thread has to go on for the others.
        LOG.error("A listener of announcements failed", failure);
      }
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      reader.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }
}
