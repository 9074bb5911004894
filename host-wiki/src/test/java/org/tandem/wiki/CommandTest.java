package org.tandem.wiki;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.wiki.plugin.TestArchive;

/** The program with arguments, as a process, beside a wiki that runs and where none does. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandTest {

  /** How a command ended. */
  private record Said(int code, String out, String err) {}

  @TempDir static Path home;
  private Process wiki;
  private String database;

  @BeforeAll
  void startAWiki() throws Exception {
    TestArchive.of("EchoPlugin").writeTo(home.resolve("plugins/echo.zip"));
    // It refuses its start; what it offers can be run all the same.
    TestArchive.of("RefusingPlugin")
        .describe("plugin.id", "refusing")
        .writeTo(home.resolve("plugins/refusing.zip"));
    Files.createDirectories(home.resolve("data/plugin-data"));
    Files.writeString(home.resolve("data/plugin-data/disabled.txt"), "echo\n");
    wiki = Program.start(home, Map.of());
    database =
        Program.welcome(wiki).stream()
            .flatMap(line -> Pattern.compile("jdbc:\\S+").matcher(line).results())
            .map(found -> found.group())
            .findFirst()
            .orElseThrow();
  }

  @AfterAll
  void stopIt() throws Exception {
    Program.stop(wiki);
  }

  private Said say(Path where, Map<String, String> environment, String... arguments)
      throws Exception {
    Process process = Program.start(where, environment, arguments);
    String out = new String(process.getInputStream().readAllBytes());
    String err = new String(process.getErrorStream().readAllBytes());
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertFalse((out + err).contains("\tat "), out + err);
    return new Said(process.exitValue(), out, err);
  }

  private Said say(String... arguments) throws Exception {
    return say(home, Map.of(), arguments);
  }

  private void assertRefused(String sentence, Said said) {
    assertEquals(2, said.code(), said.toString());
    assertEquals("", said.out());
    assertEquals(1, said.err().lines().count(), said.err());
    assertTrue(said.err().contains(sentence), said.err());
  }

  @Test
  void worksBesideARunningWikiAlsoForADisabledPlugin() throws Exception {
    Said said = say(home, Map.of("TANDEM_ECHO_WORD", "hello"), "echo/say-again", " two words ");
    assertEquals(
        List.of("two words", "word hello", "own classes true", "database answers"),
        said.out().lines().toList(),
        said.err());
    assertTrue(said.err().contains("Saying <it>."), said.err());
    assertEquals(0, said.code());
    assertTrue(wiki.isAlive());
  }

  @Test
  void worksOnADatabaseOfTheAdminsOwn(@TempDir Path other) throws Exception {
    TestArchive.of("EchoPlugin").writeTo(other.resolve("plugins/echo.zip"));
    Map<String, String> environment =
        Map.of(
            "TANDEM_DATABASE_URL",
            database,
            "TANDEM_DATABASE_USER",
            "tandem",
            "TANDEM_DATABASE_PASSWORD",
            Files.readString(home.resolve("data/database/password")));
    Said said = say(other, environment, "say-again");
    assertTrue(said.out().contains("Nothing to say.\n"), said.toString());
    assertTrue(said.out().contains("database answers"), said.toString());
    assertEquals(0, said.code());
    assertFalse(Files.exists(other.resolve("data")), "nothing is made beside the database");
    assertRefused(
        "not reachable",
        say(other, Map.of("TANDEM_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/x"), "find"));
  }

  @Test
  void endsWithOneWhenThereIsSomethingToDo() throws Exception {
    Said damage = say("echo/find");
    assertEquals(1, damage.code());
    assertEquals("Damage.\n", damage.out());
    Said failure = say("echo/break");
    assertEquals(1, failure.code());
    assertEquals("", failure.out());
    assertTrue(failure.err().contains("the log says why"), failure.err());
    assertTrue(
        Files.readString(home.resolve("data/logs/command.log")).contains("secret detail"),
        "where the whole story stands");
  }

  @Test
  void refusesWithOneSentence() throws Exception {
    assertRefused("Ask for something else.", say("echo/refuse"));
    assertRefused("There is no command verify: there are help, say-again, ", say("verify"));
    assertRefused("say echo/find or refusing/find", say("find"));
    assertRefused("takes no argument", say("echo/find", "x"));
    assertRefused("one argument at the most", say("echo/say-again", "x", "y"));
    assertRefused("at most 200 characters", say("echo/say-again", "x".repeat(201)));
    assertRefused("TANDEM_PORT=x", say(home, Map.of("TANDEM_PORT", "x"), "help"));
  }

  @Test
  void saysWhatThereIs() throws Exception {
    Said help = say("help");
    assertEquals(0, help.code());
    assertTrue(help.out().contains("bin/tandem say-again [argument]\n"), help.out());
    assertTrue(help.out().contains("argument: what to say"), help.out());
    assertEquals(help.out(), say("--help").out());
  }

  @Test
  void isCancelledByASignal() throws Exception {
    Process process = Program.start(home, Map.of(), "echo/go-on");
    BufferedReader errors = process.errorReader();
    await().atMost(Duration.ofSeconds(60)).until(() -> "Going on.".equals(errors.readLine()));
    process.toHandle().destroy(); // Process.destroy would close the output as well
    assertEquals(List.of("Done in part."), process.inputReader().lines().toList());
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertEquals(143, process.exitValue());
  }

  @Test
  void startsTheDatabaseForItselfWhereNoWikiRuns(@TempDir Path alone) throws Exception {
    TestArchive.of("EchoPlugin").writeTo(alone.resolve("plugins/echo.zip"));
    assertRefused("There is no database in the data folder", say(alone, Map.of(), "say-again"));
    assertFalse(Files.exists(alone.resolve("data")), "a mistyped folder is not made");
    Process once = Program.start(alone, Map.of());
    Program.welcome(once);
    Program.stop(once);
    Process goingOn = Program.start(alone, Map.of(), "go-on");
    BufferedReader errors = goingOn.errorReader();
    await().atMost(Duration.ofSeconds(60)).until(() -> "Going on.".equals(errors.readLine()));
    List<ProcessHandle> postgres = databases(alone);
    assertFalse(postgres.isEmpty());
    assertTrue(
        say(alone, Map.of()).err().contains("by a command that runs"),
        "a wiki does not start on it meanwhile");
    assertTrue(say(alone, Map.of(), "say-again").out().contains("database answers"));
    goingOn.toHandle().destroy();
    assertEquals(List.of("Done in part."), goingOn.inputReader().lines().toList());
    assertTrue(goingOn.waitFor(60, TimeUnit.SECONDS));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> postgres.stream().noneMatch(ProcessHandle::isAlive));
    assertTrue(say(alone, Map.of(), "say-again").out().contains("database answers"));
    assertTrue(databases(alone).isEmpty(), "the database ends with the command");
  }

  /** The processes of the database below this folder. */
  private static List<ProcessHandle> databases(Path below) {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                process.info().commandLine().orElse("").contains(below.resolve("data").toString()))
        .filter(process -> process.info().command().orElse("").endsWith("postgres"))
        .toList();
  }
}
