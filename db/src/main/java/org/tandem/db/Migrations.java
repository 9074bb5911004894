package org.tandem.db;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Brings a schema up to date. Wiki and plugin have a schema and a history each. Two nodes may do it
 * at once: one waits for the other.
 */
public final class Migrations {

  private Migrations() {}

  /**
   * @param schema made when it is not there; holds its own history
   * @param location on the class path, {@code db/wiki} for example
   * @throws DatabaseRefusal when a script fails or the history is not the one that was applied
   */
  public static void migrate(
      DataSource database, String schema, String location, ClassLoader loader)
      throws DatabaseRefusal {
    migrate(Flyway.configure(loader).dataSource(database), schema, location);
  }

  /** The same by connections of its own, as scripts may take longer than a pool waits. */
  public static void migrate(
      DatabaseAddress database, String schema, String location, ClassLoader loader)
      throws DatabaseRefusal {
    migrate(
        Flyway.configure(loader).dataSource(database.url(), database.user(), database.password()),
        schema,
        location);
  }

  private static void migrate(FluentConfiguration flyway, String schema, String location)
      throws DatabaseRefusal {
    try {
      flyway.schemas(schema).locations("classpath:" + location).load().migrate();
    } catch (FlywayException refused) {
      throw new DatabaseRefusal(
          "The tables of schema "
              + schema
              + " cannot be brought up to date: "
              + refused.getMessage().strip().lines().findFirst().orElse("no reason given"));
    }
  }
}
