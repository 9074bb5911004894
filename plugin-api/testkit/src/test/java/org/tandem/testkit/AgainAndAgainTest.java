package org.tandem.testkit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.api.document.PlainText;
import org.tandem.api.host.PageId;
import org.tandem.db.DatabaseAddress;
import org.tandem.db.EmbeddedDatabase;
import org.tandem.wiki.Wiki;
import org.tandem.wiki.settings.WikiSettings;

/**
 * Co-editing is enabled and disabled again and again, each time with somebody who writes: nothing
 * of it is left in the process, and nothing of what was written is lost. Ten times by default, as
 * each start takes seconds; README has the command for a hundred.
 */
@Timeout(900)
class AgainAndAgainTest {

  private static final int TIMES = Integer.getInteger("tandem.times", 10);

  /** After so many times what a process makes once has been made. */
  private static final int WARM = 4;

  /** After which threads of pools that belong to nobody end, as those of the JDK's own. */
  private static final Duration IDLE = Duration.ofSeconds(90);

  @TempDir Path folder;

  private Wiki wiki;
  private PageId page;

  /** Other tests of this process may have a wiki of their own, with plugins. */
  private long others;

  @BeforeEach
  void start() throws Exception {
    others = Left.loaders();
    wiki = Wiki.start(WikiSettings.of(folder, Map.of("port", "0", "demo", "true")));
    wiki.plugins().install(Path.of(System.getProperty("tandem.collab")), "admin");
    page = person().createPage("A hundred times");
  }

  @AfterEach
  void end() {
    wiki.close();
  }

  private WikiClient person() {
    URI address = wiki.address();
    return WikiClient.signedIn(address, "editor1", WikiSettings.DEMO_PASSWORD);
  }

  @Test
  void leavesNothingBehind() throws Exception {
    WikiClient person = person();
    StringBuilder written = new StringBuilder();
    Left after = null;
    for (int time = 1; time <= TIMES; time++) {
      written.append(write(person, "word" + time + " "));
      wiki.plugins().disable("collab", "admin");
      assertEquals(written + "\n", PlainText.of(person.content(page).document()));
      if (time == WARM) {
        after = left();
      }
      if (time < TIMES) {
        wiki.plugins().enable("collab", "admin");
      }
    }
    Left first = after;
    await()
        .pollInSameThread()
        .atMost(IDLE)
        .untilAsserted(
            () -> {
              // The server's selector remembers its last round until there is another.
              person.content(page);
              Left last = left();
              assertTrue(
                  last.classLoaders <= others,
                  () -> "class loaders of plugins: " + others + ", then " + last.classLoaders);
              Set<String> threads = new TreeSet<>(last.threads);
              threads.removeAll(first.threads);
              assertEquals(Set.of(), threads, "threads that were not there before");
              assertEquals(0, last.ofCoEditing, "connections of co-editing to the database");
              assertTrue(
                  last.sockets <= first.sockets,
                  () -> "sockets: " + first.sockets + ", then " + last.sockets);
              assertTrue(
                  last.heapMb <= first.heapMb + 10,
                  () -> "MB of heap: " + first.heapMb + ", then " + last.heapMb);
            });
  }

  private String write(WikiClient person, String word) {
    try (ScriptedClient client = ScriptedClient.join(person, page)) {
      client.append(word);
      client.awaitSettled();
    }
    return word;
  }

  private Left left() throws Exception {
    DatabaseAddress database =
        EmbeddedDatabase.remembered(wiki.data().resolve("database")).orElseThrow();
    return Left.now(connections(database, "wiki"), connections(database, "tandem-collab"));
  }

  /** Those of a pool. The wiki's own grows when more of its threads ask at once, and stays so. */
  private static long connections(DatabaseAddress database, String pool) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        PreparedStatement counting =
            connection.prepareStatement(
                "select count(*) from pg_stat_activity where application_name like ?")) {
      counting.setString(1, pool + "%");
      try (ResultSet count = counting.executeQuery()) {
        count.next();
        return count.getLong(1);
      }
    }
  }

  /**
   * What there is in the process, after a full collection.
   *
   * @param ofCoEditing its connections to the database
   * @param sockets but for the wiki's own connections to the database
   */
  private record Left(
      long classLoaders, Set<String> threads, long ofCoEditing, long sockets, long heapMb) {

    static long loaders() throws JMException {
      return instances("org.tandem.wiki.plugin.loading.ArchiveClassLoader");
    }

    static Left now(long ofTheWiki, long ofCoEditing) throws JMException, IOException {
      long loaders = loaders();
      long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      Set<String> threads =
          Thread.getAllStackTraces().keySet().stream()
              .map(Thread::getName)
              .map(name -> name.replaceAll("\\d+", "N"))
              .collect(Collectors.toCollection(TreeSet::new));
      return new Left(loaders, threads, ofCoEditing, openSockets() - ofTheWiki, heap / 1024 / 1024);
    }

    /** Live instances of a class: making the histogram collects what is not. */
    private static long instances(String type) throws JMException {
      Object histogram =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "gcClassHistogram",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
      return String.valueOf(histogram)
          .lines()
          .filter(line -> line.strip().matches(".*\\s" + type.replace(".", "\\.") + "( \\(.*)?"))
          .map(line -> line.strip().split("\\s+"))
          .mapToLong(columns -> Long.parseLong(columns[1]))
          .sum();
    }

    private static long openSockets() throws IOException {
      try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
        return open.filter(Left::isSocket).count();
      }
    }

    private static boolean isSocket(Path descriptor) {
      try {
        return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
      } catch (IOException closed) {
        return false;
      }
    }
  }
}
