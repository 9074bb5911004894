package org.tandem.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLState;
import org.tandem.db.postgres.PostgresCluster;
import org.tandem.db.postgres.PostgresFailure;

/**
 * A real PostgreSQL that belongs to one data folder: made there at the first start, kept between
 * starts, durable, reachable on the loopback address only and with a password only.
 *
 * <p>Life cycle: {@link #start}, then {@link #close}, which stops the server. Nothing else stops
 * it, no signal to the wiki and no hook of the JVM: the wiki drains first. After a kill the next
 * start ends what is left and recovers. A server that ends by itself is started again on the same
 * port, up to ten times with growing pauses. Threads: start and close are called by one thread.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  private static final String NAME = "tandem";
  private static final int ANSWER_SECONDS = 10;

  private static final Map<String, String> SETTINGS =
      new TreeMap<>(
          Map.of(
              "fsync", "on",
              "full_page_writes", "on",
              "synchronous_commit", "on",
              "listen_addresses", "127.0.0.1",
              "unix_socket_directories", "",
              "max_connections", "200",
              "shared_buffers", "128MB",
              "timezone", "UTC",
              "log_timezone", "UTC"));

  private final PostgresCluster cluster;
  private final Revival revival;
  private final FolderLock lock;
  private final DatabaseAddress address;

  private EmbeddedDatabase(
      PostgresCluster cluster, Revival revival, FolderLock lock, DatabaseAddress address) {
    this.cluster = cluster;
    this.revival = revival;
    this.lock = lock;
    this.address = address;
  }

  /**
   * Starts the server of a folder.
   *
   * @param folder belongs to the database alone; made when it is not there
   * @param port empty for the one it had before, or else a free one
   * @throws DatabaseRefusal one sentence: the folder is in use or cannot be written, the port is
   *     taken, the server does not start
   */
  public static EmbeddedDatabase start(Path folder, OptionalInt port) throws DatabaseRefusal {
    Path own = folder.toAbsolutePath();
    try {
      Files.createDirectories(own);
    } catch (IOException unwritable) {
      throw new DatabaseRefusal("The data folder " + own + " cannot be written.");
    }
    FolderLock lock = FolderLock.take(own);
    boolean started = false;
    try {
      EmbeddedDatabase database = start(own, port, lock);
      started = true;
      return database;
    } catch (PostgresFailure failure) {
      throw new DatabaseRefusal(failure.getMessage());
    } catch (IOException fault) {
      throw new DatabaseRefusal("The embedded PostgreSQL cannot use " + own + ": " + fault);
    } finally {
      if (!started) {
        lock.close();
      }
    }
  }

  /**
   * Where the server of a folder was to be reached at its last start; empty when it never started.
   * Nothing is asked of it: for a process that knows that another one runs it.
   *
   * @throws DatabaseRefusal when this user may not read it
   */
  public static Optional<DatabaseAddress> remembered(Path folder) throws DatabaseRefusal {
    FolderFacts facts = new FolderFacts(folder.toAbsolutePath());
    try {
      OptionalInt port = facts.rememberedPort();
      return port.isEmpty()
          ? Optional.empty()
          : Optional.of(address(port.getAsInt(), facts.passwordFile()));
    } catch (IOException unreadable) {
      throw new DatabaseRefusal(
          "The files in "
              + folder
              + " cannot be read: run this as the user that the wiki runs as.");
    }
  }

  private static DatabaseAddress address(int port, Path passwordFile) throws IOException {
    return new DatabaseAddress(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + NAME,
        NAME,
        Files.readString(passwordFile).strip());
  }

  private static EmbeddedDatabase start(Path folder, OptionalInt wanted, FolderLock lock)
      throws DatabaseRefusal, PostgresFailure, IOException {
    FolderFacts facts = new FolderFacts(folder);
    Path passwordFile = facts.passwordFile();
    PostgresCluster cluster = PostgresCluster.in(folder);
    cluster.prepare(passwordFile);
    int port = wanted.isPresent() ? wanted.getAsInt() : facts.port();
    cluster.start(port, SETTINGS);
    DatabaseAddress address = address(port, passwordFile);
    boolean fit = false;
    try {
      prepare(port, address, passwordFile);
      facts.remember(port);
      Revival revival = new Revival(cluster, passwordFile, port, SETTINGS);
      revival.begin();
      fit = true;
      return new EmbeddedDatabase(cluster, revival, lock, address);
    } finally {
      if (!fit) {
        cluster.stop();
      }
    }
  }

  /** Asserts what must hold, and makes owner and database where the first start could not. */
  private static void prepare(int port, DatabaseAddress address, Path passwordFile)
      throws DatabaseRefusal {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL("jdbc:postgresql://127.0.0.1:" + port + "/postgres");
    source.setUser("postgres");
    source.setPassword(address.password());
    source.setConnectTimeout(ANSWER_SECONDS);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      Optional<String> missing = Durability.missing(connection);
      if (missing.isPresent()) {
        throw new DatabaseRefusal("The embedded PostgreSQL runs with " + missing.get() + " off.");
      }
      if (isEmpty(statement, "select 1 from pg_roles where rolname = 'tandem'")) {
        statement.execute("create role tandem login password '" + address.password() + "'");
      }
      if (isEmpty(statement, "select 1 from pg_database where datname = 'tandem'")) {
        statement.execute("create database tandem owner tandem");
      }
    } catch (SQLException fault) {
      if (PSQLState.INVALID_PASSWORD.getState().equals(fault.getSQLState())) {
        throw new DatabaseRefusal(
            "The embedded PostgreSQL has another password than "
                + passwordFile
                + ": put the file of this database back.");
      }
      throw new DatabaseRefusal("The embedded PostgreSQL refused: " + fault.getMessage());
    }
  }

  private static boolean isEmpty(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return !rows.next();
    }
  }

  /** The database, as its owner. */
  public DatabaseAddress address() {
    return address;
  }

  /** Stops the server, in order; connections that are still open are ended. */
  @Override
  public void close() throws DatabaseRefusal {
    revival.close();
    try {
      cluster.stop();
    } catch (PostgresFailure | IOException fault) {
      throw new DatabaseRefusal("The embedded PostgreSQL did not stop: " + fault.getMessage());
    } finally {
      lock.close();
    }
  }
}
