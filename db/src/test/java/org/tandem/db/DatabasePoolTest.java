package org.tandem.db;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DatabasePoolTest {

  @Test
  void refusesADatabaseThatIsNotThere() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    DatabaseRefusal refused =
        assertThrows(
            DatabaseRefusal.class,
            () ->
                DatabasePool.open(
                    new DatabaseAddress("jdbc:postgresql://127.0.0.1:" + port + "/x", "u", "p"),
                    "test",
                    1));
    assertTrue(refused.getMessage().contains("not reachable"), refused.getMessage());
  }

  @Test
  void migratesTwoSchemasWithAHistoryEach(@TempDir Path folder) throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(folder, OptionalInt.empty());
        HikariDataSource pool = DatabasePool.open(database.address(), "test", 4)) {
      ClassLoader loader = getClass().getClassLoader();
      for (int twice = 0; twice < 2; twice++) {
        Migrations.migrate(pool, "wiki", "db/wiki", loader);
        Migrations.migrate(pool, "collab", "db/collab", loader);
      }
      try (Connection connection = pool.getConnection();
          Statement sql = connection.createStatement()) {
        sql.execute("drop schema collab cascade");
        sql.execute("select count(*) from wiki.flyway_schema_history");
      }
      Migrations.migrate(pool, "wiki", "db/wiki", loader);
    }
  }
}
