package org.tandem.wiki.plugin.route;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tandem.api.host.Registration;
import org.tandem.api.host.SocketRoute;

/** Which addresses plugins can have. */
class PluginRoutesTest {

  private static final SocketRoute NOBODY = request -> new SocketRoute.Answer.Refuse(401, "No.");

  private final PluginRoutes routes = new PluginRoutes();

  private static final class Nothing extends HttpServlet {

    private static final long serialVersionUID = 1;
  }

  private static Set<String> named() throws IOException {
    String readme = Files.readString(Path.of("..", "plugin-api", "README.md"));
    Matcher sentence =
        Pattern.compile("((?:`\\w+`,? (?:and )?)+)are the wiki's own").matcher(readme);
    assertTrue(sentence.find(), "the README names the wiki's own paths");
    return Pattern.compile("\\w+(?=`)")
        .matcher(sentence.group(1))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void noPluginHasThoseThatTheReadmeSaysAreTheWikisOwn() throws IOException {
    for (String own : named()) {
      assertThrows(
          IllegalArgumentException.class, () -> routes.servlet("mine", own, new Nothing()), own);
      assertThrows(IllegalArgumentException.class, () -> routes.socket("mine", own, NOBODY), own);
    }
  }

  @Test
  void onePluginServesAnAddressUntilItIsGone() {
    Registration first = routes.servlet("one", "glossary", new Nothing());
    assertThrows(
        IllegalStateException.class, () -> routes.servlet("other", "glossary", new Nothing()));
    Registration sockets = routes.socket("one", "glossary", NOBODY);
    assertThrows(IllegalStateException.class, () -> routes.socket("other", "glossary", NOBODY));
    first.close();
    sockets.close();
    routes.servlet("other", "glossary", new Nothing());
    routes.socket("other", "glossary", NOBODY);
  }
}
