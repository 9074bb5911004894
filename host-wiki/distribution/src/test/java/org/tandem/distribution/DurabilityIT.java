package org.tandem.distribution;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.api.document.PlainText;
import org.tandem.api.host.PageId;
import org.tandem.testkit.ScriptedClient;
import org.tandem.testkit.WikiClient;

@Timeout(180)
class DurabilityIT {

  @TempDir private Path data;

  @Test
  void aRestartKeepsWhatWasWritten() {
    PageId page;
    try (RunningWiki wiki = RunningWiki.start(data)) {
      WikiClient person = wiki.person("editor1");
      page = person.createPage("Kept");
      try (ScriptedClient client = ScriptedClient.join(person, page)) {
        client.append("kept");
        client.awaitSettled();
      }
    }
    try (RunningWiki wiki = RunningWiki.start(data);
        ScriptedClient client = ScriptedClient.join(wiki.person("editor2"), page)) {
      assertEquals("kept\n", PlainText.of(client.document()));
    }
  }

  @Test
  void aSigtermEndsTheWikiAndItsDatabase() {
    try (RunningWiki wiki = RunningWiki.start(data)) {
      List<ProcessHandle> started = wiki.descendants();
      wiki.terminate();
      assertTrue(List.of(0, 143).contains(wiki.awaitEnd()), wiki::output);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> started.stream().noneMatch(ProcessHandle::isAlive));
    }
  }

  /** Its first process, as a system without memory does; the wiki is not started again. */
  @Test
  void aDatabaseThatIsKilledIsStartedAgain() {
    try (RunningWiki wiki = RunningWiki.start(data)) {
      WikiClient person = wiki.person("editor1");
      try (ScriptedClient client = ScriptedClient.join(person, person.createPage("Goes on"))) {
        client.append("before;");
        client.awaitSettled();
        ProcessHandle killed = wiki.database().orElseThrow();
        assertTrue(killed.destroyForcibly());
        await().until(() -> !killed.isAlive());
        client.append("after;");
        await()
            .atMost(Duration.ofSeconds(90))
            .ignoreExceptionsMatching(notYet -> notYet instanceof AssertionError)
            .until(
                () -> {
                  if (client.closed().isPresent()) {
                    client.connect();
                  }
                  return client.settled();
                });
        assertEquals("before;after;\n", PlainText.of(client.document()));
        assertNotEquals(killed.pid(), wiki.database().orElseThrow().pid());
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(
                () -> {
                  assertEquals(200, wiki.status("/health/ready"));
                  assertTrue(wiki.output().contains("has ended: start 1 of 10"), wiki::output);
                  assertFigures(wiki.metrics());
                });
      }
    }
  }

  /** The plugin's figures stand beside the wiki's, no family twice. */
  private static void assertFigures(String text) {
    List<String> families =
        text.lines()
            .filter(line -> line.startsWith("# TYPE "))
            .map(line -> line.split(" ")[2])
            .toList();
    assertEquals(Set.copyOf(families).size(), families.size(), text);
    assertTrue(families.contains("jvm_memory_used_bytes"), text);
    assertTrue(families.contains("tandem_collab_ack_seconds"), text);
    assertTrue(text.contains("\ntandem_collab_operations_total 2.0\n"), text);
    assertTrue(text.contains("\ntandem_collab_breaker_open{way=\"log\"} 0.0\n"), text);
  }

  /**
   * The database lives on as an orphan, or is killed too, as by a power cut. The test may not know
   * of an acknowledgement that was on its way, so there can be more than it counted, never less.
   */
  @Test
  void aKillLosesNothingAcknowledged() {
    List<String> words = new ArrayList<>();
    PageId page;
    try (RunningWiki wiki = RunningWiki.start(data)) {
      page = wiki.person("editor1").createPage("Killed");
    }
    for (boolean orphan : List.of(true, false)) {
      try (RunningWiki wiki = RunningWiki.start(data)) {
        write(wiki, page, words);
        List<ProcessHandle> started = wiki.descendants();
        wiki.kill();
        assertTrue(started.stream().anyMatch(ProcessHandle::isAlive), "the database lives on");
        if (!orphan) {
          started.forEach(ProcessHandle::destroyForcibly);
        }
      }
    }
    try (RunningWiki wiki = RunningWiki.start(data);
        ScriptedClient client = ScriptedClient.join(wiki.person("editor2"), page)) {
      String text = PlainText.of(client.document());
      for (String word : words) {
        assertEquals(
            1, Pattern.compile(word).matcher(text).results().count(), word + " in " + text);
      }
    }
  }

  /** Types until 200 more words are acknowledged, with more under way. */
  private static void write(RunningWiki wiki, PageId page, List<String> words) {
    ScriptedClient client = ScriptedClient.join(wiki.person("editor1"), page);
    for (int i = 0; i < 200; i++) {
      String word = "w" + words.size() + ";";
      client.append(word);
      client.awaitSettled();
      words.add(word);
    }
    for (int i = 0; i < 50; i++) {
      client.append("unknown ");
    }
  }
}
