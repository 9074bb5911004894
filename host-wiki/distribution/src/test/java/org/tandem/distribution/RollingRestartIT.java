package org.tandem.distribution;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.api.document.PlainText;
import org.tandem.api.host.PageId;
import org.tandem.db.DatabaseAddress;
import org.tandem.db.DatabaseRefusal;
import org.tandem.db.EmbeddedDatabase;
import org.tandem.testkit.WikiClient;

/** Three nodes behind a load balancer, restarted one after the other while people write. */
@Timeout(420)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RollingRestartIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int NODES = 3;
  private static final int CLIENTS = 4;

  @TempDir private static Path folder;

  private final List<Integer> ports = Stream.generate(RunningWiki::freePort).limit(NODES).toList();
  private final List<RunningWiki> nodes = new ArrayList<>();
  private final List<RovingWriter> writers = new ArrayList<>();
  private EmbeddedDatabase database;
  private Balancer balancer;

  @BeforeAll
  void start() throws DatabaseRefusal {
    database = EmbeddedDatabase.start(folder.resolve("database"), OptionalInt.empty());
    balancer = new Balancer(RunningWiki.freePort(), ports);
    IntStream.range(0, NODES).forEach(node -> nodes.add(startNode(node)));
  }

  @AfterEach
  void endWriting() {
    writers.forEach(RovingWriter::close);
    writers.clear();
  }

  @AfterAll
  void end() throws DatabaseRefusal {
    nodes.forEach(RunningWiki::close);
    balancer.close();
    database.close();
  }

  private RunningWiki startNode(int node) {
    DatabaseAddress address = database.address();
    Map<String, String> settings = new HashMap<>();
    settings.put("TANDEM_PORT", Integer.toString(ports.get(node)));
    settings.put("TANDEM_DATABASE_URL", address.url());
    settings.put("TANDEM_DATABASE_USER", address.user());
    settings.put("TANDEM_DATABASE_PASSWORD", address.password());
    settings.put("TANDEM_CLUSTER_SECRET", "thirty-two characters and some more of them");
    settings.put("TANDEM_PUBLIC_URL", balancer.address().toString());
    return RunningWiki.start(folder.resolve("node" + node), settings);
  }

  private void restartEachNode(Runnable between) {
    for (int node = 0; node < NODES; node++) {
      nodes.get(node).terminate();
      assertEquals(143, nodes.get(node).awaitEnd());
      between.run();
      nodes.set(node, startNode(node));
    }
  }

  /** Everybody writes on, on whatever node they are now. */
  private void awaitProgress() {
    for (RovingWriter writer : writers) {
      int saved = writer.saved();
      await().atMost(PATIENCE).until(() -> writer.saved() > saved + 5);
    }
  }

  private PageId page(String title) {
    return nodes.get(0).person("editor1").createPage(title);
  }

  private void write(PageId page) {
    for (int i = 0; i < CLIENTS; i++) {
      String person = i % 2 == 0 ? "editor1" : "editor2";
      writers.add(RovingWriter.begin(balancer.address(), person, page, i));
    }
    awaitProgress();
  }

  /** Notes in {@code window.seen} each notice that is shown, and each phase of the connection. */
  private static final String WATCH =
      """
      window.seen = { notices: [], phases: [] };
      const note = (list, value) => list.at(-1) === value || list.push(value);
      const look = () => {
        for (const notice of document.querySelectorAll('.editor-notice, [role=alert]'))
          note(window.seen.notices, notice.textContent);
        const state = document.querySelector('[data-phase]');
        if (state !== null) note(window.seen.phases, state.dataset.phase);
      };
      new MutationObserver(look).observe(document, {
        subtree: true, childList: true, characterData: true, attributes: true });
      """;

  @SuppressWarnings("unchecked")
  private static List<String> seen(Page window, String what) {
    return (List<String>) window.evaluate("what => window.seen[what]", what);
  }

  private Page editing(Browsers browsers, PageId page) {
    Page window = browsers.signedIn(balancer.address(), "editor1");
    window.addInitScript(WATCH);
    window.navigate(balancer.address() + "/pages/" + page + "/edit");
    assertThat(state(window)).hasAttribute("data-phase", "live");
    window.locator(".ProseMirror").click();
    return window;
  }

  private static Locator state(Page window) {
    return window.locator("[data-save-state]");
  }

  /** Types word after word until the work is done; what was typed. */
  private static String typeDuring(Page window, Future<?> work) {
    StringBuilder typed = new StringBuilder();
    for (int word = 1; !work.isDone(); word++) {
      String text = "w" + word + " ";
      window.keyboard().type(text, new Keyboard.TypeOptions().setDelay(40));
      typed.append(text);
    }
    return typed.toString();
  }

  /** Whatever node has saved it, the first one hears of it in a moment. */
  private void awaitText(PageId page, String text) {
    WikiClient person = nodes.get(0).person("editor2");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertEquals(text, PlainText.of(person.content(page).document())));
  }

  private static void awaitSaved(Page window) {
    LocatorAssertions.HasAttributeOptions patiently =
        new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE.toMillis());
    assertThat(state(window)).hasAttribute("data-phase", "live", patiently);
    assertThat(state(window)).hasAttribute("data-save-state", "saved", patiently);
  }

  @Test
  void losesNothingAndShowsNoErrorInABrowser() throws Exception {
    try (Browsers browsers = Browsers.start()) {
      PageId page = page("Rolling in a browser");
      Page window = editing(browsers, page);
      CompletableFuture<Void> restarts =
          CompletableFuture.runAsync(() -> restartEachNode(() -> {}));
      String typed = typeDuring(window, restarts);
      restarts.get();
      awaitSaved(window);
      assertThat(window.locator(".ProseMirror")).hasText(typed.strip());
      awaitText(page, typed + "\n");
      assertEquals(List.of(), seen(window, "notices"));
      assertTrue(seen(window, "phases").contains("offline"), "it was on a node that ended");

      nodes.get(1).person("editor1").deletePage(page);
      assertThat(window.locator(".editor-notice")).containsText("This page was deleted");
      assertEquals(1, seen(window, "notices").size(), "what is shown is seen");
    }
  }

  @Test
  void losesNothingAndShowsNoError() {
    PageId page = page("Rolling");
    write(page);
    restartEachNode(this::awaitProgress);
    writers.forEach(RovingWriter::finish);
    WikiClient reader = nodes.get(0).person("editor1");
    for (RovingWriter writer : writers) {
      assertEquals(List.of(), writer.errors());
      assertTrue(List.of(1012, 1013).containsAll(writer.codes()), writer.codes().toString());
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertEquals(
                      writer.words(),
                      writer.wordsIn(PlainText.of(reader.content(page).document()))));
    }
    assertTrue(writers.stream().anyMatch(writer -> !writer.codes().isEmpty()));
    System.out.println(
        "Longest time without an acknowledgement round a planned stop, in ms: "
            + writers.stream().map(RovingWriter::gaps).toList());
  }
}
