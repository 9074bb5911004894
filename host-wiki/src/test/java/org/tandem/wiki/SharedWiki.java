package org.tandem.wiki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.tandem.wiki.settings.StartRefusal;
import org.tandem.wiki.settings.WikiSettings;

/**
 * Gives tests one real wiki in demo mode, on a free port and a real PostgreSQL, for the whole run.
 */
public final class SharedWiki implements ParameterResolver {

  private static final ExtensionContext.Namespace PLACE =
      ExtensionContext.Namespace.create(SharedWiki.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return List.of(Wiki.class, Browser.class).contains(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Wiki wiki =
        context
            .getRoot()
            .getStore(PLACE)
            .getOrComputeIfAbsent("wiki", key -> new Running(), Running.class)
            .wiki;
    return parameter.getParameter().getType().equals(Wiki.class)
        ? wiki
        : new Browser(wiki.address());
  }

  private static final class Running implements AutoCloseable {

    private final Path home;
    private final Wiki wiki;

    Running() {
      // What awaits something without saying for how long.
      Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
      try {
        this.home = Files.createTempDirectory("tandem-wiki-");
        this.wiki =
            Wiki.start(
                WikiSettings.of(home, Map.of("port", "0", "demo", "true", "echo.word", "hello")));
      } catch (IOException | StartRefusal failure) {
        throw new IllegalStateException(failure);
      }
    }

    @Override
    public void close() throws IOException {
      wiki.close();
      try (Stream<Path> files = Files.walk(home)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
