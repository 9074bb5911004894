package org.tandem.wiki;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.db.DatabaseAddress;
import org.tandem.db.EmbeddedDatabase;
import org.tandem.wiki.installation.ActOutcome;
import org.tandem.wiki.installation.Condition;
import org.tandem.wiki.installation.InstalledPlugin;
import org.tandem.wiki.plugin.TestArchive;
import org.tandem.wiki.plugin.archive.UnpackedFolders;
import org.tandem.wiki.settings.WikiSettings;

/** All nodes of a wiki follow what an administrator does on one of them. */
@ExtendWith(SharedWiki.class)
@Timeout(300)
class FollowingTest {

  @TempDir Path folder;

  private final Wiki wiki;

  FollowingTest(Wiki wiki) {
    this.wiki = wiki;
  }

  @AfterEach
  void removeIt() {
    if (wiki.installation().plugin("echo").isPresent()) {
      wiki.installation().remove("echo", "admin");
      await()
          .until(() -> wiki.installation().deleteData("echo", "admin") instanceof ActOutcome.Done);
    }
  }

  private void install(String version) throws Exception {
    Path file =
        TestArchive.of("EchoPlugin")
            .describe("plugin.version", version)
            .writeTo(folder.resolve(version + ".zip"));
    wiki.plugins().install(file, "admin");
  }

  /** Another node on the same database. */
  private Wiki second(Map<String, String> more) throws Exception {
    return node("second", more);
  }

  private Wiki node(String home, Map<String, String> more) throws Exception {
    DatabaseAddress database =
        EmbeddedDatabase.remembered(wiki.data().resolve("database")).orElseThrow();
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "port", "0",
                "database.url", database.url(),
                "database.user", database.user(),
                "database.password", database.password()));
    settings.putAll(more);
    return Wiki.start(WikiSettings.of(folder.resolve(home), settings));
  }

  private static int status(Wiki node) throws Exception {
    return new Browser(node.address()).get("/api/echo/caller").statusCode();
  }

  private InstalledPlugin shown() {
    return wiki.installation().plugin("echo").orElseThrow();
  }

  private void awaitCondition(Condition condition) {
    await().untilAsserted(() -> assertEquals(condition, shown().condition(), shown()::toString));
  }

  @Test
  void whatIsInstalledOnOneNodeRunsOnAll() throws Exception {
    try (Wiki other = second(Map.of())) {
      install("1.0.0");
      await().until(() -> status(other) == 200);
      awaitCondition(Condition.RUNNING);
      assertEquals(2, shown().nodes().size());

      wiki.plugins().disable("echo", "admin");
      await().until(() -> status(other) == 503);
      awaitCondition(Condition.OFF);

      // It does not matter which node is asked.
      assertEquals(new ActOutcome.Done("echo"), other.installation().enable("echo", "admin"));
      await().until(() -> status(wiki) == 200);
      awaitCondition(Condition.RUNNING);

      install("1.1.0");
      await().until(() -> version(other).equals("1.1.0"));
      awaitCondition(Condition.RUNNING);
    }
    await().until(() -> shown().nodes().size() == 1);
    awaitCondition(Condition.RUNNING);
  }

  private static String version(Wiki node) {
    return node.plugins().maintained().get(0).version();
  }

  @Test
  void aNodeThatComesLaterHasItToo() throws Exception {
    install("1.0.0");
    try (Wiki other = second(Map.of())) {
      assertEquals(200, status(other));
      awaitCondition(Condition.RUNNING);
    }
  }

  @Test
  void nodesThatStartAtOnceInstallWhatStandsInBothFolders() throws Exception {
    Path archive = TestArchive.of("EchoPlugin").writeTo(folder.resolve("one/plugins/echo.zip"));
    Files.createDirectories(folder.resolve("two/plugins"));
    Files.copy(archive, folder.resolve("two/plugins/echo.zip"));
    CompletableFuture<Wiki> one = CompletableFuture.supplyAsync(() -> started("one"));
    CompletableFuture<Wiki> two = CompletableFuture.supplyAsync(() -> started("two"));
    try (Wiki first = one.get(60, TimeUnit.SECONDS);
        Wiki second = two.get(60, TimeUnit.SECONDS)) {
      assertEquals(200, status(first));
      assertEquals(200, status(second));
      assertEquals(List.of(), first.installation().refusedArchives());
      assertEquals(List.of(), second.installation().refusedArchives());
      awaitCondition(Condition.RUNNING);
      assertEquals(3, shown().nodes().size());
    }
  }

  private Wiki started(String home) {
    try {
      return node(home, Map.of());
    } catch (Exception failed) {
      throw new CompletionException(failed);
    }
  }

  @Test
  void aCopyThatACrashHasDamagedIsMadeAnew() throws Exception {
    install("1.0.0");
    second(Map.of()).close();
    try (Stream<Path> copies = Files.list(folder.resolve("second/data/plugin-archives"))) {
      Path copy = copies.filter(file -> file.toString().endsWith(".zip")).findFirst().orElseThrow();
      Files.write(copy, Arrays.copyOf(Files.readAllBytes(copy), 100));
    }
    UnpackedFolders.delete(folder.resolve("second/data/plugins"));
    try (Wiki other = second(Map.of())) {
      assertEquals(200, status(other));
    }
  }

  @Test
  void aNodeThatCannotFollowSaysSo() throws Exception {
    try (Wiki other = second(Map.of("echo.word", "refuse"))) {
      install("1.0.0");
      awaitCondition(Condition.PARTLY_RUNNING);
      assertEquals(
          List.of("This node has no word: set echo.word to another."),
          shown().nodes().stream()
              .filter(node -> !node.own())
              .map(node -> node.plugin().orElseThrow().reason())
              .toList());
      assertEquals(404, status(other));
      assertEquals(200, status(wiki));
    }
    awaitCondition(Condition.RUNNING);
  }
}
