package org.tandem.distribution.readme;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.GenericArchive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.api.host.PageId;
import org.tandem.api.readme.Readme;
import org.tandem.distribution.Browsers;
import org.tandem.distribution.RunningWiki;
import org.tandem.testkit.WikiClient;
import org.tandem.testkit.readme.Example;

/**
 * The plugins of the README that people meet in their browsers, all of them at once in the packaged
 * wiki: each module of a front end is used by two people, and files go out of the wiki and into it.
 */
@Timeout(240)
class ReadmeIT {

  /** The Java examples whose users are seen at the wiki's own pages. */
  private static final List<String> FILES = List.of("text", "properties");

  @TempDir private static Path folder;

  private static List<ModuleExample> examples = List.of();
  private static Browsers browsers;
  private static RunningWiki wiki;
  private static Desks desks;

  @BeforeAll
  static void start() throws IOException {
    browsers = Browsers.start();
    examples = ModuleExample.all();
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    try (Stream<Path> shipped = Files.list(RunningWiki.DISTRIBUTION.resolve("plugins"))) {
      for (Path archive : shipped.toList()) {
        Files.copy(archive, plugins.resolve(archive.getFileName()));
      }
    }
    for (ModuleExample example : examples) {
      if (first(example)) {
        put(example.pack("1.0.0", folder), example.id());
      }
    }
    for (Example example : Example.all(ModuleExample.README)) {
      if (FILES.contains(example.id())) {
        put(example.pack(folder, Map.of()), example.id());
      }
    }
    wiki =
        RunningWiki.start(
            folder.resolve("data"), Map.of("TANDEM_PLUGINS", plugins.toAbsolutePath().toString()));
    desks =
        new Desks(
            wiki,
            browsers.signedIn(wiki.address(), "editor1"),
            browsers.signedIn(wiki.address(), "editor2"));
  }

  @AfterAll
  static void end() {
    if (wiki != null) {
      wiki.close();
    }
    if (browsers != null) {
      browsers.close();
    }
  }

  /** Two examples with one id are versions of one plugin. */
  private static boolean first(ModuleExample example) {
    return examples.stream().filter(any -> any.id().equals(example.id())).findFirst().orElseThrow()
        == example;
  }

  private static void put(GenericArchive archive, String name) throws IOException {
    Path file = folder.resolve(name + ".zip");
    archive.as(ZipExporter.class).exportTo(file.toFile(), true);
    Path place = folder.resolve("plugins").resolve(file.getFileName());
    Files.move(file, place, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void awaitRunning(String id, String version) {
    WikiClient admin = wiki.person("admin");
    await(id + " runs")
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> admin.send(admin.request("GET", "/api/admin/plugins/" + id, null)).body(),
            body ->
                body.contains("\"version\":\"" + version + "\"")
                    && body.contains("\"condition\":\"running\""));
  }

  @Test
  void eachHasANameOfItsOwnAndNoUseIsForgotten() throws IOException {
    Set<String> names = new HashSet<>();
    List<String> twice =
        examples.stream().map(ModuleExample::name).filter(name -> !names.add(name)).toList();
    assertEquals(List.of(), twice);
    Set<String> gone = new HashSet<>(Uses.BY_NAME.keySet());
    gone.removeAll(names);
    assertEquals(Set.of(), gone, "uses of examples that are not there any more");
    assertEquals(
        List.of(),
        Readme.blocks(ModuleExample.README).stream()
            .filter(block -> block.file().isEmpty())
            .filter(block -> List.of("js", "jsx", "mjs").contains(block.language()))
            .map(Readme.Block::line)
            .toList(),
        "modules are in TypeScript, so that they are compiled");
  }

  @TestFactory
  Stream<DynamicTest> examples() {
    return examples.stream()
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.name() + ", README.md:" + example.line(), () -> use(example)));
  }

  private static void use(ModuleExample example) throws IOException {
    Uses.Use use = Uses.BY_NAME.get(example.name());
    assertNotNull(use, () -> "README.md:" + example.line() + ": nobody uses it");
    if (first(example)) {
      awaitRunning(example.id(), "1.0.0");
    } else {
      put(example.pack("1.1.0", folder), example.id() + "-1.1.0");
      awaitRunning(example.id(), "1.1.0");
    }
    use.at(desks);
    assertThat(desks.one().locator(".editor-notice")).hasCount(0);
    assertThat(desks.two().locator(".editor-notice")).hasCount(0);
    assertNoComplaints();
  }

  /** A form that comes back has a status that the browser complains of, too. */
  private static void assertNoComplaints() {
    assertEquals(
        List.of(),
        browsers.complaints().stream()
            .filter(complaint -> !complaint.matches(".* responded with a status of 4(13|22) .*"))
            .toList());
  }

  @Test
  void aPageIsExportedAndMadeAgainOfItsFile() throws IOException {
    WikiClient person = wiki.person("editor1");
    String markdown = "A **bold** word\n\n- one\n- two\n";
    PageId page = person.createPage("team", "Über “Ein & Aus”", markdown);
    Path text = FilesOfPages.export(desks, page, "Plain text", folder);
    assertEquals("Über “Ein & Aus”.txt", text.getFileName().toString());
    assertEquals("Über “Ein & Aus”\n\nA bold word\none\ntwo\n", Files.readString(text));
    Path file = FilesOfPages.export(desks, page, "Markdown", folder);
    assertEquals("Über “Ein & Aus”.md", file.getFileName().toString());
    PageId made = FilesOfPages.bring(desks, page, file);
    assertNotEquals(page, made);
    assertThat(desks.one().locator("h1.page-title")).hasText("Über “Ein & Aus”");
    assertThat(desks.one().locator(".content strong")).hasText("bold");
    assertEquals(person.markdown(page), person.markdown(made));
    assertNoComplaints();
  }

  @Test
  void aFileBecomesAPageOrItIsSaidWhyNot() throws IOException {
    WikiClient person = wiki.person("editor1");
    PageId page = person.createPage("Below this one");
    Path empty = Files.writeString(folder.resolve("nothing.properties"), "# nothing\n");
    FilesOfPages.choose(desks, page, empty);
    Locator problem = desks.one().getByRole(AriaRole.ALERT);
    assertThat(problem).hasText("There are no properties in this file: choose another one.");
    Path unknown = Files.write(folder.resolve("picture.bin"), new byte[] {(byte) 0xff, 0, 1});
    FilesOfPages.send(desks.one(), unknown, "");
    assertThat(problem)
        .hasText("The name of the file does not say how to read it: choose what it is.");
    FilesOfPages.send(desks.one(), unknown, "markdown");
    assertThat(problem).hasText("The file is no text in UTF-8: save it so, or choose what it is.");
    FilesOfPages.send(desks.one(), Files.createFile(folder.resolve("empty.md")), "");
    assertThat(problem).hasText("Choose a file that is not empty.");
    Path large = Files.write(folder.resolve("large.md"), new byte[10 * 1024 * 1024 + 1]);
    FilesOfPages.send(desks.one(), large, "");
    assertThat(problem).hasText("The file is larger than 10 MB: split it.");
    Path good = Files.writeString(folder.resolve("server.properties"), "port=8080\nname=wiki\n");
    FilesOfPages.send(desks.one(), good, "");
    assertThat(desks.one().locator("h1.page-title")).hasText("server");
    assertThat(desks.one().locator(".content p")).hasText(new String[] {"name wiki", "port 8080"});
    assertThat(desks.one().locator(".content strong")).hasText(new String[] {"name", "port"});
    assertNoComplaints();
  }
}
