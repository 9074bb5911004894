package org.tandem.collab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.tandem.api.host.Database;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.log.hibernate.HibernateLog;
import org.tandem.collab.log.resilience4j.Guard;
import org.tandem.collab.log.resilience4j.GuardedLog;
import org.tandem.db.DatabaseAddress;
import org.tandem.db.DatabaseRefusal;
import org.tandem.db.EmbeddedDatabase;

/**
 * A real PostgreSQL with the plugin's tables: one for all tests of a JVM, or one to be ill-treated.
 */
public final class RealDatabase implements AutoCloseable {

  private static RealDatabase shared;

  private final Path folder;
  private EmbeddedDatabase postgres;
  private final DatabaseAddress address;
  private final CollabDatabase database;

  private RealDatabase(Path folder) throws DatabaseRefusal, PluginRefusal {
    this.folder = folder;
    postgres = EmbeddedDatabase.start(folder, OptionalInt.empty());
    address = postgres.address();
    database = CollabDatabase.open(new Database(address.url(), address.user(), address.password()));
  }

  /** Started at the first call, stopped when the JVM ends. */
  public static synchronized RealDatabase shared() {
    if (shared == null) {
      try {
        shared = new RealDatabase(Files.createTempDirectory("tandem-collab-test"));
        Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
      } catch (DatabaseRefusal | IOException | PluginRefusal refused) {
        throw new AssertionError(refused);
      }
    }
    return shared;
  }

  /** One of the test's own, to be closed by it. */
  public static RealDatabase in(Path folder) throws DatabaseRefusal, PluginRefusal {
    return new RealDatabase(folder);
  }

  /** The log as the wiki has it. */
  public OperationLog guardedLog(Guard.Later later) {
    return new GuardedLog(new HibernateLog(database.sessions()), database.guard(later));
  }

  /** Sends a signal to all processes of the server. */
  public void signal(String signal) throws IOException, InterruptedException {
    ProcessHandle server =
        ProcessHandle.of(
                Long.parseLong(
                    Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0).strip()))
            .orElseThrow();
    List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
    Stream.concat(Stream.of(server), server.descendants())
        .forEach(process -> command.add(String.valueOf(process.pid())));
    new ProcessBuilder(command).start().waitFor();
  }

  /** Ends the server; the address stays. */
  public void stop() throws DatabaseRefusal {
    postgres.close();
  }

  /** Starts it again. */
  public void startAgain() throws DatabaseRefusal {
    postgres = EmbeddedDatabase.start(folder, OptionalInt.empty());
  }

  public DatabaseAddress address() {
    return address;
  }

  public javax.sql.DataSource pool() {
    return database.pool();
  }

  public org.hibernate.SessionFactory sessions() {
    return database.sessions();
  }

  @Override
  public void close() {
    database.close();
    try {
      postgres.close();
    } catch (DatabaseRefusal refused) {
      throw new IllegalStateException(refused);
    }
  }
}
