package org.tandem.collab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.tandem.api.host.Database;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.db.DatabaseAddress;
import org.tandem.db.DatabaseRefusal;
import org.tandem.db.EmbeddedDatabase;

/** One real PostgreSQL for all tests of a JVM that need one, with the plugin's tables. */
public final class RealDatabase {

  private static RealDatabase shared;

  private final EmbeddedDatabase postgres;
  private final DatabaseAddress address;
  private final CollabDatabase database;

  private RealDatabase() throws DatabaseRefusal, IOException, PluginRefusal {
    Path folder = Files.createTempDirectory("tandem-collab-test");
    postgres = EmbeddedDatabase.start(folder, OptionalInt.empty());
    address = postgres.address();
    database = CollabDatabase.open(new Database(address.url(), address.user(), address.password()));
    Runtime.getRuntime().addShutdownHook(new Thread(this::end));
  }

  /** Started at the first call, stopped when the JVM ends. */
  public static synchronized RealDatabase shared() {
    if (shared == null) {
      try {
        shared = new RealDatabase();
      } catch (DatabaseRefusal | IOException | PluginRefusal refused) {
        throw new AssertionError(refused);
      }
    }
    return shared;
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

  private void end() {
    database.close();
    try {
      postgres.close();
    } catch (DatabaseRefusal refused) {
      throw new IllegalStateException(refused);
    }
  }
}
