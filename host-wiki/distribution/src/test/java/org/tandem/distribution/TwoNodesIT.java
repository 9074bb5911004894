package org.tandem.distribution;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.api.document.PlainText;
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
      Convergence.assertWithin(Duration.ofSeconds(5), here, there);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> two.person("viewer").view(page).contains("h49"));
    }
  }

  @Test
  void convergeForAClientThatWasWrittenFromTheProtocolAlone() {
    PageId page = one.person("editor1").createPage("Written from the protocol");
    try (IndependentClient here = independent(one, page, "editor1");
        IndependentClient there = independent(two, page, "editor2");
        ScriptedClient ours = ScriptedClient.join(two.person("admin"), page)) {
      List<String> words = new ArrayList<>();
      for (int i = 0; i < 25; i++) {
        here.type("h" + i + ".");
        there.type("t" + i + ".");
        ours.insert(0, "o" + i + ".");
        words.addAll(List.of("h" + i + ".", "t" + i + ".", "o" + i + "."));
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                ours.awaitSettled();
                assertEquals(length(words) + 1, ours.document().length());
                assertEquals(ours.document(), here.report());
                assertEquals(ours.document(), there.report());
                assertEquals(ours.document(), one.person("viewer").content(page).document());
              });
    }
  }

  private static int length(List<String> words) {
    return words.stream().mapToInt(String::length).sum();
  }

  private static IndependentClient independent(RunningWiki wiki, PageId page, String name) {
    return IndependentClient.join(folder, wiki.address(), page, name);
  }

  /** The browser on one node, a client written from the protocol alone on the other. */
  @Test
  void showABrowserWhatAnIndependentClientTypes() {
    PageId page = one.person("editor1").createPage("Browser and protocol");
    try (Browsers browsers = Browsers.start();
        IndependentClient client = independent(two, page, "editor2")) {
      Page window = browsers.signedIn(one.address(), "editor1");
      window.navigate(one.address() + "/pages/" + page + "/edit");
      Locator text = window.locator(".ProseMirror");
      assertThat(window.locator("[data-save-state]")).hasAttribute("data-phase", "live");
      client.type("from the protocol");
      assertThat(text).hasText("from the protocol");
      text.click();
      window.keyboard().press("Control+End");
      window.keyboard().type(" and the browser");
      assertThat(window.locator("[data-save-state]")).hasAttribute("data-save-state", "saved");
      // Saved means committed; the other node hears of it a moment later.
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertEquals(
                      "from the protocol and the browser\n", PlainText.of(client.report())));
      assertEquals(List.of(), browsers.complaints());
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
    try (RunningWiki stranger =
        RunningWiki.launch(
            folder.resolve("stranger"), settings("some other secret of thirty-two characters"))) {
      assertNotEquals(0, stranger.awaitEnd());
      assertTrue(stranger.output().contains("another cluster secret"), stranger.output());
      assertEquals(1, stranger.output().strip().lines().count(), stranger.output());
    }
  }
}
