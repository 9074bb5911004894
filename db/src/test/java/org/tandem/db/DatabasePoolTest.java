package org.tandem.db;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.db.postgres.PostgresCluster;

@Timeout(120)
class DatabasePoolTest {

  private static final int NODES = 4;

  @Test
  void refusesADatabaseThatIsNotThere() throws Exception {
    // A port that is taken, and on which nobody listens.
    try (Socket held = new Socket()) {
      held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String url = "jdbc:postgresql://127.0.0.1:" + held.getLocalPort() + "/x";
      DatabaseRefusal refused =
          assertThrows(
              DatabaseRefusal.class,
              () -> DatabasePool.open(new DatabaseAddress(url, "u", "p"), "test", 1));
      assertTrue(refused.getMessage().contains("not reachable"), refused.getMessage());
    }
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

  @Test
  void refusesAServerThatForgetsAtAPowerCut(@TempDir Path folder) throws Exception {
    EmbeddedDatabase.start(folder, OptionalInt.empty()).close();
    int port = new FolderFacts(folder).port();
    String password = Files.readString(new FolderFacts(folder).passwordFile());
    PostgresCluster careless = PostgresCluster.in(folder);
    careless.start(port, Map.of("fsync", "off", "unix_socket_directories", ""));
    try {
      String url = "jdbc:postgresql://127.0.0.1:" + port + "/tandem";
      DatabaseRefusal refused =
          assertThrows(
              DatabaseRefusal.class,
              () -> DatabasePool.open(new DatabaseAddress(url, "tandem", password), "test", 1));
      assertTrue(refused.getMessage().contains("set fsync = on"), refused.getMessage());
    } finally {
      careless.stop();
    }
  }

  @Test
  void migratesOnceWhenSeveralNodesStartAtOnce(@TempDir Path folder) throws Exception {
    ExecutorService nodes = Executors.newFixedThreadPool(NODES);
    try (EmbeddedDatabase database = EmbeddedDatabase.start(folder, OptionalInt.empty())) {
      CyclicBarrier together = new CyclicBarrier(NODES);
      List<Future<?>> starts = new ArrayList<>();
      for (int node = 0; node < NODES; node++) {
        starts.add(
            nodes.submit(
                () -> {
                  try (HikariDataSource pool = DatabasePool.open(database.address(), "test", 3)) {
                    together.await();
                    ClassLoader loader = getClass().getClassLoader();
                    Migrations.migrate(pool, "wiki", "db/wiki", loader);
                    Migrations.migrate(pool, "collab", "db/collab", loader);
                  }
                  return null;
                }));
      }
      for (Future<?> start : starts) {
        start.get(60, TimeUnit.SECONDS);
      }
    } finally {
      nodes.shutdownNow();
    }
  }
}
