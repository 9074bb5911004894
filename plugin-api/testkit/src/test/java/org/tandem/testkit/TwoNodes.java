package org.tandem.testkit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.tandem.db.DatabaseAddress;
import org.tandem.db.EmbeddedDatabase;
import org.tandem.wiki.Wiki;
import org.tandem.wiki.installation.Condition;
import org.tandem.wiki.settings.WikiSettings;

/**
 * Two nodes of one wiki, with the demo's people, on the database of the first.
 *
 * @param one ends after the other
 */
record TwoNodes(Wiki one, Wiki two) implements AutoCloseable {

  private static final String SECRET = "a secret that both nodes share, long enough";

  static TwoNodes start(Path folder) throws Exception {
    Wiki one = node(folder.resolve("one"), Map.of("demo", "true"));
    try {
      DatabaseAddress database =
          EmbeddedDatabase.remembered(one.data().resolve("database")).orElseThrow();
      Map<String, String> same =
          Map.of(
              "database.url", database.url(),
              "database.user", database.user(),
              "database.password", database.password());
      return new TwoNodes(one, node(folder.resolve("two"), same));
    } catch (Exception | AssertionError failed) {
      one.close();
      throw failed;
    }
  }

  private static Wiki node(Path data, Map<String, String> more) throws Exception {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("port", "0");
    settings.put("cluster.secret", SECRET);
    return Wiki.start(WikiSettings.of(data, settings));
  }

  /** Waits until this is so of the plugin on all nodes. */
  void awaitCondition(String plugin, Condition condition) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertEquals(
                    condition, one.installation().plugin(plugin).orElseThrow().condition()));
  }

  @Override
  public void close() {
    two.close();
    one.close();
  }
}
