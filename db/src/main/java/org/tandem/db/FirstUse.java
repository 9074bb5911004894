package org.tandem.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Makes the owner and the database of an embedded server and asks everybody for a password from
 * then on. Each step looks first whether it was done, so that a start that was cut short is made
 * good by the next. The durable settings are asserted every time.
 */
final class FirstUse {

  private FirstUse() {}

  static void prepare(DatabaseAddress address, Path accessRules, String rules)
      throws DatabaseRefusal, IOException {
    try (Connection connection = superuser(address);
        Statement statement = connection.createStatement()) {
      assertDurable(statement);
      if (Files.readString(accessRules).equals(rules)) {
        return;
      }
      String password = "'" + address.password() + "'";
      statement.execute("alter role postgres password " + password);
      if (isEmpty(statement, "select 1 from pg_roles where rolname = 'tandem'")) {
        statement.execute("create role tandem login");
      }
      statement.execute("alter role tandem password " + password);
      if (isEmpty(statement, "select 1 from pg_database where datname = 'tandem'")) {
        statement.execute("create database tandem owner tandem");
      }
      Files.writeString(accessRules, rules);
      statement.execute("select pg_reload_conf()");
    } catch (SQLException fault) {
      throw new DatabaseRefusal("The embedded PostgreSQL refused: " + fault.getMessage());
    }
  }

  private static Connection superuser(DatabaseAddress address) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(address.url().replaceFirst("/[^/]*$", "/postgres"));
    source.setUser(EmbeddedDatabase.SUPERUSER);
    source.setPassword(address.password());
    source.setConnectTimeout(10);
    return source.getConnection();
  }

  private static boolean isEmpty(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return !rows.next();
    }
  }

  private static void assertDurable(Statement statement) throws SQLException, DatabaseRefusal {
    for (String setting : List.of("fsync", "full_page_writes", "synchronous_commit")) {
      try (ResultSet row = statement.executeQuery("show " + setting)) {
        row.next();
        if (!row.getString(1).equals("on")) {
          throw new DatabaseRefusal("The embedded PostgreSQL runs with " + setting + " off.");
        }
      }
    }
  }
}
