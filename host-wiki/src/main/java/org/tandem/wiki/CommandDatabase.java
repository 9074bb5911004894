package org.tandem.wiki;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.Database;
import org.tandem.db.DatabaseAddress;
import org.tandem.db.DatabasePool;
import org.tandem.db.DatabaseRefusal;
import org.tandem.db.EmbeddedDatabase;
import org.tandem.wiki.settings.DataFolder;
import org.tandem.wiki.settings.StartRefusal;
import org.tandem.wiki.settings.WikiSettings;

/**
 * The wiki's database for the time of a command: the admin's own, or the embedded one, started for
 * it or as the running wiki has it.
 *
 * @param parts what was started for it, in this order
 */
record CommandDatabase(Database database, List<AutoCloseable> parts) implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CommandDatabase.class);

  /**
   * @throws StartRefusal when there is no database that can be used
   */
  static CommandDatabase open(WikiSettings settings) throws StartRefusal {
    try {
      if (settings.database().isPresent()) {
        Database own = settings.database().get();
        check(new DatabaseAddress(own.url(), own.user(), own.password()));
        return new CommandDatabase(own, List.of());
      }
      return embedded(settings.data());
    } catch (DatabaseRefusal refused) {
      throw new StartRefusal(String.valueOf(refused.getMessage()), refused);
    }
  }

  private static CommandDatabase embedded(Path data) throws StartRefusal, DatabaseRefusal {
    Path folder = data.resolve("database");
    Optional<DatabaseAddress> remembered = EmbeddedDatabase.remembered(folder);
    if (remembered.isEmpty()) {
      throw new StartRefusal(
          "There is no database in the data folder "
              + data
              + " yet: start the wiki once, or name its data folder with TANDEM_DATA.");
    }
    Optional<DataFolder> taken = DataFolder.take(data);
    return taken.isPresent() ? started(taken.get(), folder) : asItRuns(data, remembered.get());
  }

  private static CommandDatabase started(DataFolder data, Path folder) throws DatabaseRefusal {
    boolean runs = false;
    try {
      EmbeddedDatabase started = EmbeddedDatabase.start(folder, OptionalInt.empty());
      runs = true;
      return new CommandDatabase(of(started.address()), List.of(data, started));
    } finally {
      if (!runs) {
        end(data);
      }
    }
  }

  private static CommandDatabase asItRuns(Path data, DatabaseAddress address) throws StartRefusal {
    try {
      check(address);
    } catch (DatabaseRefusal away) {
      throw new StartRefusal(
          "A wiki holds the data folder "
              + data
              + ", but its database does not answer: it starts or ends just now, so try again in a"
              + " moment.",
          away);
    }
    return new CommandDatabase(of(address), List.of());
  }

  private static void check(DatabaseAddress address) throws DatabaseRefusal {
    DatabasePool.open(address, "command", 1).close();
  }

  private static Database of(DatabaseAddress address) {
    return new Database(address.url(), address.user(), address.password());
  }

  /** Ends what was started for the command, the last first. */
  @Override
  public void close() {
    for (int i = parts.size() - 1; i >= 0; i--) {
      end(parts.get(i));
    }
  }

  private static void end(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception failure) {
      LOG.warn("A part of the command did not end cleanly: {}", failure.toString());
    }
  }
}
