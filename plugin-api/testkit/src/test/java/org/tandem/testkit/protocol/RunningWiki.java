package org.tandem.testkit.protocol;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.tandem.api.document.PlainText;
import org.tandem.api.host.PageId;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.testkit.WikiClient;
import org.tandem.wiki.Wiki;
import org.tandem.wiki.settings.StartRefusal;
import org.tandem.wiki.settings.WikiSettings;

/**
 * One wiki with co-editing for all tests of this package: real Jetty, real PostgreSQL, real
 * sockets. Started for the first test that wants it, ended with the last.
 */
final class RunningWiki implements AutoCloseable {

  /** Gives the wiki to the constructor of a test. */
  static final class Extension implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == RunningWiki.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .getOrComputeIfAbsent(RunningWiki.class, first -> start(), RunningWiki.class);
    }
  }

  private static final Path ARCHIVE = Path.of(System.getProperty("tandem.collab"));

  private final Path folder;
  private final Wiki wiki;
  private final LaterClock clock;
  private final Map<String, WikiClient> people = new ConcurrentHashMap<>();

  private RunningWiki(Path folder, Wiki wiki, LaterClock clock) {
    this.folder = folder;
    this.wiki = wiki;
    this.clock = clock;
  }

  private static RunningWiki start() {
    try {
      Path folder = Files.createTempDirectory("tandem-protocol");
      Map<String, String> settings =
          Map.of("port", "0", "data", folder.resolve("data").toString(), "demo", "true");
      LaterClock clock = new LaterClock();
      Wiki wiki = Wiki.start(WikiSettings.of(folder, settings), clock);
      RunningWiki started = new RunningWiki(folder, wiki, clock);
      started.deploy();
      return started;
    } catch (StartRefusal refused) {
      throw new AssertionError(refused);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  void deploy() {
    try {
      wiki.plugins().install(ARCHIVE, "admin");
    } catch (PluginRefusal refused) {
      throw new AssertionError(refused);
    }
  }

  void undeploy() {
    try {
      wiki.plugins().remove("collab", "admin");
    } catch (PluginRefusal refused) {
      throw new AssertionError(refused);
    }
  }

  /** One of the demo's people, signed in once for all tests. */
  WikiClient person(String name) {
    return people.computeIfAbsent(name, this::signedIn);
  }

  /** The same, signed in anew. */
  WikiClient signedIn(String name) {
    return WikiClient.signedIn(wiki.address(), name, WikiSettings.DEMO_PASSWORD);
  }

  /** Puts the wiki's clock on. Who was signed in for all tests is so anew. */
  void later(Duration time) {
    clock.ahead(time);
    people.clear();
  }

  /** Waits until the wiki itself has this, and all of it. */
  void assertPage(PageId page, long rev, String text) {
    WikiClient reader = person("editor1");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertEquals(text, PlainText.of(reader.content(page).document()));
              assertEquals(rev, reader.content(page).rev());
            });
  }

  @Override
  public void close() throws IOException {
    wiki.close();
    try (Stream<Path> tree = Files.walk(folder)) {
      List<Path> leavesFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : leavesFirst) {
        Files.deleteIfExists(path);
      }
    }
  }
}
