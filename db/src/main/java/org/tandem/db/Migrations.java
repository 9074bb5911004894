package org.tandem.db;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

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
    try {
      Flyway.configure(loader)
          .dataSource(database)
          .schemas(schema)
          .locations("classpath:" + location)
          .load()
          .migrate();
    } catch (FlywayException refused) {
      throw new DatabaseRefusal(
          "The tables of schema "
              + schema
              + " cannot be brought up to date: "
              + refused.getMessage().strip().lines().findFirst().orElse("no reason given"));
    }
  }
}
