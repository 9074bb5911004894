package org.tandem.distribution;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.api.host.PageId;
import org.tandem.testkit.Convergence;
import org.tandem.testkit.ScriptedClient;

/** A second packaged node with the first one's database, as README tells an admin to start it. */
@Timeout(240)
class TwoNodesIT {

  private static final Pattern URL = Pattern.compile("jdbc:postgresql://[0-9.:]+/tandem");

  @TempDir private static Path folder;

  private static RunningWiki one;
  private static RunningWiki two;

  @BeforeAll
  static void start() throws IOException {
    one = RunningWiki.start(folder.resolve("one"));
    two = RunningWiki.start(folder.resolve("two"), settings(secret()));
  }

  @AfterAll
  static void end() {
    if (two != null) {
      two.close();
    }
    if (one != null) {
      one.close();
    }
  }

  private static String secret() throws IOException {
    return Files.readString(one.data().resolve("plugin-data/collab/cluster-secret")).strip();
  }

  /** What the first node prints for the second, and the secret. */
  private static Map<String, String> settings(String secret) throws IOException {
    Matcher url = URL.matcher(one.output());
    assertTrue(url.find(), one.output());
    Map<String, String> settings = new HashMap<>();
    settings.put("TANDEM_DATABASE_URL", url.group());
    settings.put("TANDEM_DATABASE_USER", "tandem");
    settings.put(
        "TANDEM_DATABASE_PASSWORD",
        Files.readString(one.data().resolve("database/password")).strip());
    settings.put("TANDEM_CLUSTER_SECRET", secret);
    return settings;
  }

  @Test
  void showEachOthersEditsAtOnce() {
    PageId page = one.person("editor1").createPage("Across nodes");
    try (ScriptedClient here = ScriptedClient.join(one.person("editor1"), page);
        ScriptedClient there = ScriptedClient.join(two.person("editor2"), page)) {
      for (int i = 0; i < 50; i++) {
        here.insert(0, "h" + i + " ");
        there.insert(0, "t" + i + " ");
      }
      here.awaitSettled();
      there.awaitSettled();
      Convergence.assertWithin(Duration.ofSeconds(1), here, there);
      await()
          .atMost(Duration.ofSeconds(2))
          .until(() -> two.person("viewer").view(page).contains("h49"));
    }
  }

  @Test
  void seeWhoIsOnTheOther() {
    PageId page = one.person("editor1").createPage("Who");
    try (ScriptedClient here = ScriptedClient.join(one.person("editor1"), page);
        ScriptedClient there = ScriptedClient.join(two.person("editor2"), page)) {
      here.awaitFrame("peer", frame -> frame.path("client").asText().equals(there.id().toString()));
    }
  }

  @Test
  void letNoNodeInWithAnotherSecret() throws IOException {
    long begin = System.nanoTime();
    try (RunningWiki stranger =
        RunningWiki.launch(folder.resolve("stranger"), settings("some other secret of sixteen"))) {
      assertNotEquals(0, stranger.awaitEnd());
      assertTrue(stranger.output().contains("another cluster secret"), stranger.output());
      assertEquals(1, stranger.output().strip().lines().count(), stranger.output());
      assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(30));
    }
  }
}
