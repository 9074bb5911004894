package org.tandem.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedDatabaseTest {

  @TempDir Path folder;

  private static EmbeddedDatabase start(Path folder) throws DatabaseRefusal {
    return EmbeddedDatabase.start(folder, OptionalInt.empty());
  }

  private static Connection connect(DatabaseAddress address) throws SQLException {
    return DriverManager.getConnection(address.url(), address.user(), address.password());
  }

  private static void execute(DatabaseAddress address, String statement) throws SQLException {
    try (Connection connection = connect(address);
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  private static String ask(DatabaseAddress address, String query) throws SQLException {
    try (Connection connection = connect(address);
        Statement sql = connection.createStatement()) {
      return ask(sql, query);
    }
  }

  private static String ask(Statement sql, String query) throws SQLException {
    try (ResultSet row = sql.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  private long server() throws Exception {
    return Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0));
  }

  @Test
  void isFoundByAnotherProcessThatKnowsTheFolder() throws Exception {
    assertTrue(EmbeddedDatabase.remembered(folder.resolve("none")).isEmpty());
    assertFalse(Files.exists(folder.resolve("none")), "asking makes nothing");
    try (EmbeddedDatabase database = start(folder)) {
      DatabaseAddress address = EmbeddedDatabase.remembered(folder).orElseThrow();
      assertEquals(database.address(), address);
      assertEquals("1", ask(address, "select 1"));
    }
  }

  @Test
  void keepsItsDataAndAddressBetweenStarts() throws Exception {
    DatabaseAddress first;
    try (EmbeddedDatabase database = start(folder)) {
      first = database.address();
      execute(first, "create table kept as select 42 as answer");
    }
    assertFalse(Files.exists(folder.resolve("data/postmaster.pid")));
    try (EmbeddedDatabase database = start(folder)) {
      assertEquals(first, database.address());
      assertEquals("42", ask(database.address(), "select answer from kept"));
    }
  }

  /** Only the first process is killed: the others must be gone before another server starts. */
  @Test
  void aServerThatIsKilledIsStartedAgainOnItsPort() throws Exception {
    try (EmbeddedDatabase database = start(folder)) {
      execute(database.address(), "create table kept as select 42 as answer");
      for (int twice = 0; twice < 2; twice++) {
        ProcessHandle killed = ProcessHandle.of(server()).orElseThrow();
        assertTrue(killed.destroyForcibly());
        killed.onExit().get(10, TimeUnit.SECONDS);
        assertEquals("42", askUntilAnswered(database.address(), "select answer from kept"));
      }
    }
    assertFalse(Files.exists(folder.resolve("data/postmaster.pid")));
  }

  private static String askUntilAnswered(DatabaseAddress address, String query) throws Exception {
    while (true) {
      try {
        return ask(address, query);
      } catch (SQLException away) {
        Thread.onSpinWait();
      }
    }
  }

  /** The wiki ends while its server is being started again, or waits for that: none is left. */
  @Test
  void nothingIsStartedBehindAClose() throws Exception {
    EmbeddedDatabase database = start(folder);
    ProcessHandle killed = ProcessHandle.of(server()).orElseThrow();
    assertTrue(killed.destroyForcibly());
    database.close();
    try (EmbeddedDatabase again = start(folder)) {
      assertEquals(database.address(), again.address());
      assertEquals("1", ask(again.address(), "select 1"));
    }
  }

  @Test
  void isDurable() throws Exception {
    try (EmbeddedDatabase database = start(folder)) {
      for (String setting : new String[] {"fsync", "full_page_writes", "synchronous_commit"}) {
        assertEquals("on", ask(database.address(), "show " + setting), setting);
      }
      DatabasePool.open(database.address(), "test", 2).close();
    }
  }

  @Test
  void asksForThePassword() throws Exception {
    try (EmbeddedDatabase database = start(folder)) {
      String url = database.address().url();
      assertThrows(SQLException.class, () -> DriverManager.getConnection(url, "tandem", "guess"));
      assertThrows(SQLException.class, () -> DriverManager.getConnection(url, "postgres", ""));
      assertEquals("rw-------", permissions(folder.resolve("password")));
    }
  }

  private static String permissions(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void listensOnTheLoopbackAddressOnly() throws Exception {
    try (EmbeddedDatabase database = start(folder)) {
      assertEquals("127.0.0.1", ask(database.address(), "show listen_addresses"));
    }
  }

  @Test
  void takesAnotherPortWhenAStrangerHasItsOwn() throws Exception {
    DatabaseAddress first;
    try (EmbeddedDatabase database = start(folder)) {
      first = database.address();
    }
    int port = Integer.parseInt(first.url().replaceAll(".*:(\\d+)/.*", "$1"));
    try (ServerSocket stranger = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      try (EmbeddedDatabase database = start(folder)) {
        assertNotEquals(first, database.address());
        assertEquals("1", ask(database.address(), "select 1"));
      }
      DatabaseRefusal refused =
          assertThrows(
              DatabaseRefusal.class,
              () -> EmbeddedDatabase.start(folder, OptionalInt.of(stranger.getLocalPort())));
      assertTrue(refused.getMessage().contains("Address already in use"), refused.getMessage());
    }
  }

  @Test
  void passesOverWhatAFirstStartLeftUnfinished() throws Exception {
    Path unfinished = Files.createDirectory(folder.resolve("unfinished123"));
    Files.writeString(unfinished.resolve("PG_VERSION"), "18\n");
    Files.writeString(folder.resolve("password"), "");
    try (EmbeddedDatabase database = start(folder)) {
      assertEquals("1", ask(database.address(), "select 1"));
      assertFalse(Files.exists(unfinished));
    }
  }

  @Test
  void refusesDataOfAnotherVersion() throws Exception {
    start(folder).close();
    Files.writeString(folder.resolve("data/PG_VERSION"), "17\n");
    DatabaseRefusal refused = assertThrows(DatabaseRefusal.class, () -> start(folder));
    assertTrue(refused.getMessage().contains("made by PostgreSQL 17"), refused.getMessage());
  }

  @Test
  void saysWhyTheServerDoesNotStart() throws Exception {
    start(folder).close();
    Files.writeString(folder.resolve("data/postgresql.auto.conf"), "no_such_setting = 1\n");
    DatabaseRefusal refused = assertThrows(DatabaseRefusal.class, () -> start(folder));
    assertTrue(refused.getMessage().contains("no_such_setting"), refused.getMessage());
    assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
  }

  @Test
  void saysThatThePasswordIsNotTheOneOfTheData() throws Exception {
    start(folder).close();
    Files.delete(folder.resolve("password"));
    DatabaseRefusal refused = assertThrows(DatabaseRefusal.class, () -> start(folder));
    assertTrue(refused.getMessage().contains("another password"), refused.getMessage());
    assertFalse(Files.exists(folder.resolve("data/postmaster.pid")), "and is not left running");
  }

  @Test
  void isOfOneWikiAtATime() throws Exception {
    try (EmbeddedDatabase database = start(folder)) {
      DatabaseRefusal refused = assertThrows(DatabaseRefusal.class, () -> start(folder));
      assertTrue(refused.getMessage().contains("Another wiki is running"), refused.getMessage());
      assertEquals("1", ask(database.address(), "select 1"));
    }
  }

  @Test
  void refusesAFolderThatCannotBeWritten() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    DatabaseRefusal refused =
        assertThrows(DatabaseRefusal.class, () -> start(file.resolve("data")));
    assertTrue(refused.getMessage().contains("cannot be written"), refused.getMessage());
  }

  @Test
  void endsTheServerThatAKilledWikiLeftAndKeepsItsData() throws Exception {
    Process wiki = child();
    try {
      DatabaseAddress address = started(wiki);
      execute(address, "create table kept as select 'committed' as answer");
      wiki.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      long orphan = server();
      assertTrue(ProcessHandle.of(orphan).isPresent(), "the server outlives its wiki");
      try (EmbeddedDatabase database = start(folder)) {
        assertFalse(ProcessHandle.of(orphan).map(ProcessHandle::isAlive).orElse(false));
        assertEquals("committed", ask(database.address(), "select answer from kept"));
        assertEquals("on", ask(database.address(), "show fsync"));
      }
    } finally {
      wiki.destroyForcibly();
    }
  }

  @Test
  void recoversFromAKillOfTheServerTooWhileAChildOfItStillWorks() throws Exception {
    Process wiki = child();
    DatabaseAddress address = started(wiki);
    execute(address, "create table kept as select 'committed' as answer");
    wiki.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    ProcessHandle orphan = ProcessHandle.of(server()).orElseThrow();
    try (Connection connection = connect(address);
        Statement busy = connection.createStatement()) {
      ProcessHandle child =
          ProcessHandle.of(Long.parseLong(ask(busy, "select pg_backend_pid()"))).orElseThrow();
      CompletableFuture<Void> query =
          CompletableFuture.runAsync(
              () ->
                  assertThrows(
                      SQLException.class,
                      () -> ask(busy, "select count(*) from generate_series(1, 100000000000)")));
      while (!ask(address, "select count(*) from pg_stat_activity where query like '%series%'")
          .equals("2")) {
        Thread.onSpinWait();
      }
      orphan.destroyForcibly();
      orphan.onExit().get(10, TimeUnit.SECONDS);
      assertTrue(child.isAlive(), "it outlives its server for a while");
      assertTrue(Files.exists(folder.resolve("data/postmaster.pid")), "as after a power cut");
      try (EmbeddedDatabase database = start(folder)) {
        assertFalse(child.isAlive());
        assertEquals("committed", ask(database.address(), "select answer from kept"));
      }
      query.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void doesNotTakeAStrangerWithTheSameProcessIdForItsServer() throws Exception {
    start(folder).close();
    Files.writeString(
        folder.resolve("data/postmaster.pid"), ProcessHandle.current().pid() + "\nstale\n");
    try (EmbeddedDatabase database = start(folder)) {
      assertEquals("1", ask(database.address(), "select 1"));
    }
  }

  private Process child() throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static DatabaseAddress started(Process wiki) throws Exception {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(wiki.getInputStream(), StandardCharsets.UTF_8));
    return new DatabaseAddress(out.readLine(), out.readLine(), out.readLine());
  }

  /** A wiki that only has a database, to be killed. */
  static final class Child {

    private Child() {}

    public static void main(String[] arguments) throws Exception {
      DatabaseAddress address = start(Path.of(arguments[0])).address();
      System.out.println(address.url());
      System.out.println(address.user());
      System.out.println(address.password());
      System.in.read();
    }
  }
}
