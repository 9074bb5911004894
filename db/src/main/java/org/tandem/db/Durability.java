package org.tandem.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** Whether what a server has answered survives a power cut, by its own word. */
final class Durability {

  private static final List<String> SETTINGS =
      List.of("fsync", "full_page_writes", "synchronous_commit");

  private Durability() {}

  /** The first setting that is not on for this session. */
  static Optional<String> missing(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String setting : SETTINGS) {
        try (ResultSet row = statement.executeQuery("show " + setting)) {
          row.next();
          if (!row.getString(1).equals("on")) {
            return Optional.of(setting);
          }
        }
      }
    }
    return Optional.empty();
  }
}
