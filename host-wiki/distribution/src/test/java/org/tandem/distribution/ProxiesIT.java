package org.tandem.distribution;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tandem.api.document.PlainText;
import org.tandem.api.host.PageId;
import org.tandem.db.DatabaseAddress;
import org.tandem.db.DatabaseRefusal;
import org.tandem.db.EmbeddedDatabase;
import org.tandem.testkit.ScriptedClient;
import org.tandem.testkit.WikiClient;
import org.tandem.wiki.settings.WikiSettings;

/** The proxies that README configures, as they are, in front of two packaged nodes. */
@Timeout(240)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProxiesIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private static Path folder;

  private static final int FRONT = RunningWiki.freePort();
  private static final List<Integer> PORTS =
      Stream.generate(RunningWiki::freePort).limit(2).toList();
  private static final List<RunningWiki> NODES = new ArrayList<>();
  private static EmbeddedDatabase database;
  private static Certificate certificate;
  private static SSLContext before;

  @BeforeAll
  static void start() throws DatabaseRefusal, NoSuchAlgorithmException {
    certificate = Certificate.make(folder);
    before = SSLContext.getDefault();
    SSLContext.setDefault(certificate.trusting());
    database = EmbeddedDatabase.start(folder.resolve("database"), OptionalInt.empty());
    IntStream.range(0, PORTS.size()).forEach(node -> NODES.add(startNode(node)));
  }

  @AfterAll
  static void end() throws DatabaseRefusal {
    NODES.forEach(RunningWiki::close);
    if (database != null) {
      database.close();
    }
    if (before != null) {
      SSLContext.setDefault(before);
    }
  }

  private static RunningWiki startNode(int node) {
    DatabaseAddress address = database.address();
    Map<String, String> settings = new HashMap<>();
    settings.put("TANDEM_PORT", Integer.toString(PORTS.get(node)));
    settings.put("TANDEM_DATABASE_URL", address.url());
    settings.put("TANDEM_DATABASE_USER", address.user());
    settings.put("TANDEM_DATABASE_PASSWORD", address.password());
    settings.put("TANDEM_CLUSTER_SECRET", "thirty-two characters and some more of them");
    settings.put("TANDEM_PUBLIC_URL", "https://localhost:" + FRONT);
    settings.put("TANDEM_TRUSTED_PROXIES", "127.0.0.1");
    return RunningWiki.start(folder.resolve("node" + node), settings);
  }

  @BeforeEach
  void startAgain() {
    for (int node = 0; node < NODES.size(); node++) {
      if (!NODES.get(node).runs()) {
        NODES.set(node, startNode(node));
      }
    }
  }

  private static void behind(RunningProxy.Kind kind, Consumer<RunningProxy> test) {
    Path own = folder.resolve("proxy-" + System.nanoTime());
    try (RunningProxy proxy = RunningProxy.start(kind, own, FRONT, PORTS, certificate)) {
      awaitConnections(0, 0);
      test.accept(proxy);
    }
  }

  private static WikiClient person(RunningProxy proxy, String name) {
    return WikiClient.signedIn(proxy.address(), name, WikiSettings.DEMO_PASSWORD);
  }

  /** The WebSockets that each node has. */
  private static List<Integer> connections() {
    return NODES.stream().map(ProxiesIT::connections).toList();
  }

  private static int connections(RunningWiki node) {
    String figure = "tandem_collab_sessions ";
    return node.metrics()
        .lines()
        .filter(line -> line.startsWith(figure))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(figure.length())))
        .findFirst()
        .orElseThrow();
  }

  private static void awaitConnections(Integer... wanted) {
    await().atMost(PATIENCE).untilAsserted(() -> assertEquals(List.of(wanted), connections()));
  }

  @ParameterizedTest
  @EnumSource
  void letAClientThatWasWrittenFromTheProtocolAloneEdit(RunningProxy.Kind kind) {
    Map<String, String> trust = Map.of("NODE_EXTRA_CA_CERTS", certificate.pem().toString());
    behind(
        kind,
        proxy -> {
          PageId page = person(proxy, "editor1").createPage("Through " + kind);
          try (IndependentClient one =
                  IndependentClient.join(folder, proxy.address(), page, "editor1", trust);
              IndependentClient two =
                  IndependentClient.join(folder, proxy.address(), page, "editor2", trust)) {
            for (int i = 0; i < 25; i++) {
              one.type("a");
              two.type("b");
            }
            await()
                .atMost(PATIENCE)
                .untilAsserted(
                    () -> {
                      assertEquals(51, one.report().length());
                      assertEquals(one.report(), two.report());
                      assertEquals(one.report(), person(proxy, "viewer").content(page).document());
                    });
          }
        });
  }

  /** Secure cookies, the Origin check and the policy for scripts are as strict as they get here. */
  @ParameterizedTest
  @EnumSource
  void letABrowserEditByHttps(RunningProxy.Kind kind) {
    behind(
        kind,
        proxy -> {
          PageId page = person(proxy, "editor1").createPage("A browser through " + kind);
          try (Browsers browsers = Browsers.start()) {
            Page window = browsers.signedIn(proxy.address(), "editor1");
            assertTrue(window.context().cookies().stream().allMatch(cookie -> cookie.secure));
            window.navigate(proxy.address() + "/pages/" + page + "/edit");
            Locator text = window.locator(".ProseMirror");
            assertThat(window.locator("[data-save-state]")).hasAttribute("data-phase", "live");
            text.click();
            window.keyboard().type("by https");
            assertThat(window.locator("[data-save-state]"))
                .hasAttribute("data-save-state", "saved");
            await()
                .atMost(PATIENCE)
                .untilAsserted(
                    () ->
                        assertEquals(
                            "by https\n",
                            PlainText.of(person(proxy, "viewer").content(page).document())));
            assertEquals(List.of(), browsers.complaints());
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void bringThoseOfOnePageToOneNodeAndOtherPagesToBoth(RunningProxy.Kind kind) {
    behind(
        kind,
        proxy -> {
          WikiClient person = person(proxy, "editor1");
          List<ScriptedClient> clients = new ArrayList<>();
          try {
            PageId page = person.createPage("Together");
            for (int i = 0; i < 6; i++) {
              if (i % 2 == 0) {
                person.me(); // else one that takes turns would bring all sockets to one node too
              }
              clients.add(ScriptedClient.join(person, page));
            }
            List<Integer> together = connections();
            assertTrue(List.of(List.of(6, 0), List.of(0, 6)).contains(together), "" + together);
            for (int i = 0; i < 20; i++) {
              clients.add(ScriptedClient.join(person, person.createPage("Apart " + i)));
            }
            List<Integer> apart = connections();
            int same = together.indexOf(6);
            assertEquals(26, apart.get(0) + apart.get(1));
            assertTrue(apart.get(same) > 6, "other pages on the same node: " + apart);
            assertTrue(apart.get(1 - same) > 0, "other pages on the other node: " + apart);
          } finally {
            clients.forEach(ScriptedClient::close);
          }
        });
  }

  /** Last, as the next test has to wait for the node to be there again. */
  @ParameterizedTest
  @EnumSource
  @Order(Integer.MAX_VALUE)
  void loseNothingWhenANodeIsStopped(RunningProxy.Kind kind) {
    behind(
        kind,
        proxy -> {
          WikiClient reader = person(proxy, "editor2");
          PageId page = reader.createPage("Stopped behind " + kind);
          try (RovingWriter writer = RovingWriter.begin(proxy.address(), "editor1", page, 1)) {
            awaitProgress(writer);
            await().atMost(PATIENCE).until(() -> connections().contains(1));
            int stopped = connections().indexOf(1);
            NODES.get(stopped).terminate();
            await()
                .atMost(PATIENCE)
                .until(
                    () -> {
                      reader.content(page);
                      return !NODES.get(stopped).runs();
                    });
            awaitProgress(writer);
            await().atMost(PATIENCE).until(() -> connections(NODES.get(1 - stopped)) == 1);
            writer.finish();
            assertEquals(List.of(), writer.errors());
            assertFalse(writer.codes().isEmpty());
            assertTrue(List.of(1012, 1013).containsAll(writer.codes()), "" + writer.codes());
            await()
                .atMost(PATIENCE)
                .untilAsserted(
                    () ->
                        assertEquals(
                            writer.words(),
                            writer.wordsIn(PlainText.of(reader.content(page).document()))));
            System.out.println(
                "Longest time without an acknowledgement behind "
                    + kind
                    + ", in ms: "
                    + writer.gaps());
          }
        });
  }

  private static void awaitProgress(RovingWriter writer) {
    int saved = writer.saved();
    await().atMost(PATIENCE).until(() -> writer.saved() > saved + 5);
  }

  /** Also by the spellings that a node may take for the same path. */
  @ParameterizedTest
  @EnumSource
  void publishNoMetrics(RunningProxy.Kind kind) {
    assertEquals(200, NODES.get(0).status("/metrics"));
    behind(
        kind,
        proxy -> {
          for (String path :
              List.of(
                  "/metrics",
                  "//metrics",
                  "/metrics;a",
                  "/metrics?a",
                  "/%6detrics",
                  "/./metrics",
                  "/pages/../metrics",
                  "/pages;a/../metrics",
                  "/pages/%2e%2e/metrics",
                  "/pages/..;a/metrics",
                  "/;a/metrics")) {
            String answer = statusLine(path);
            assertFalse(answer.contains(" 200 "), path + ": " + answer);
          }
          assertTrue(statusLine("/sign-in").contains(" 200 "));
        });
  }

  /** Of a request whose path no client has tidied up. */
  private static String statusLine(String path) {
    try (Socket socket =
        certificate.trusting().getSocketFactory().createSocket("localhost", FRONT)) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    } catch (IOException failed) {
      throw new AssertionError(path, failed);
    }
  }
}
