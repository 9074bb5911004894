package org.tandem.testkit.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.testkit.Convergence;
import org.tandem.testkit.PluginArchive;
import org.tandem.testkit.ScriptedClient;
import org.tandem.testkit.WikiClient;
import org.tandem.wiki.Wiki;
import org.tandem.wiki.installation.Condition;
import org.tandem.wiki.installation.InstalledPlugin;
import org.tandem.wiki.settings.WikiSettings;

/**
 * Each Java example of the README is a plugin that compiles, is installed beside co-editing in a
 * wiki, runs while somebody writes, adds what it says, and is removed. Where what it does is seen
 * from outside, {@link Effects} looks.
 */
@Timeout(180)
class ExamplesTest {

  private static final Path README = Path.of("..", "README.md");

  @TempDir private static Path folder;

  private static Wiki wiki;

  @BeforeAll
  static void start() throws Exception {
    wiki =
        Wiki.start(
            WikiSettings.of(
                folder.resolve("wiki"),
                Map.of("port", "0", "demo", "true", "greeting.text", "Good morning")));
    install("collab", PluginArchive.coEditing());
  }

  @AfterAll
  static void end() {
    if (wiki != null) {
      wiki.close();
    }
  }

  private static void install(String id, Archive<?> archive) throws Exception {
    Path file = Files.createDirectories(folder.resolve("archives")).resolve(id + ".zip");
    archive.as(ZipExporter.class).exportTo(file.toFile(), true);
    wiki.plugins().install(file, "admin");
  }

  private static InstalledPlugin installed(String id) {
    return wiki.installation().plugin(id).orElseThrow();
  }

  @Test
  void eachHasANameOfItsOwnAndNoneIsForgotten() throws Exception {
    Set<String> ids = new HashSet<>();
    Set<String> twice = new HashSet<>();
    Example.all(README).stream().map(Example::id).filter(id -> !ids.add(id)).forEach(twice::add);
    assertEquals(Set.of(), twice);
    Set<String> gone = new HashSet<>(Effects.BY_PLUGIN.keySet());
    gone.removeAll(ids);
    assertEquals(Set.of(), gone, "effects of examples that are not there any more");
  }

  @TestFactory
  Stream<DynamicTest> examples() throws Exception {
    return Example.all(README).stream()
        .map(example -> DynamicTest.dynamicTest(example.toString(), () -> run(example)));
  }

  private static void run(Example example) throws Exception {
    String id = example.id();
    Map<String, String> web = Map.of("front/" + id + ".js", "export default {};");
    install(id, example.pack(folder, web));
    try {
      assertEquals(Condition.RUNNING, installed(id).condition());
      WikiClient person = WikiClient.demo(wiki.address(), "editor1");
      PageId page = person.createPage("Example " + id);
      write(person, page);
      Effects.Place place = new Effects.Place(wiki, person, page);
      look(Effects.BY_PLUGIN, id, place);
      assertEquals(Condition.RUNNING, installed(id).condition());
      assertEquals(List.of(), installed(id).off(), "what failed");
      wiki.plugins().remove(id, "admin");
      assertEquals(Condition.REMOVED, installed(id).condition());
      assertEquals(List.of(), installed(id).contributed());
      look(Effects.AFTER_REMOVAL, id, place);
    } catch (Exception | AssertionError failed) {
      wiki.installation().remove(id, "admin");
      throw failed;
    }
  }

  private static void look(Map<String, Effects.Effect> effects, String id, Effects.Place place)
      throws Exception {
    Effects.Effect effect = effects.get(id);
    if (effect != null) {
      effect.look(place);
    }
  }

  private static void write(WikiClient person, PageId page) {
    try (ScriptedClient client = ScriptedClient.join(person, page)) {
      client.append("A line that somebody writes");
      Delta document = Convergence.assertWithin(Duration.ofSeconds(30), client);
      person.awaitContent(page, document);
    }
  }
}
