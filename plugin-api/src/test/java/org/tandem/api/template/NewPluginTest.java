package org.tandem.api.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command of the template as it is typed. What it makes is built by the tutorial's test. */
class NewPluginTest {

  @TempDir private Path folder;

  private record Ended(int code, String said) {}

  private Ended run(String... words) throws IOException, InterruptedException {
    Path said = folder.resolve("said");
    Stream<String> java =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            Path.of("template", "NewPlugin.java").toString());
    Process process =
        new ProcessBuilder(Stream.concat(java, Stream.of(words)).toList())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    return new Ended(process.waitFor(), Files.readString(said).strip());
  }

  @Test
  void aProjectIsMadeInWhichEveryPlaceIsFilled() throws Exception {
    // One that is empty will do: a repository that is to hold it, for example.
    Path project = Files.createDirectories(folder.resolve("with blanks").resolve("my first"));
    Ended ended = run("my-first-1", project.toString());
    assertEquals(0, ended.code(), ended.said());
    Path tandem = Path.of("").toAbsolutePath().getParent();
    assertTrue(
        ended
            .said()
            .endsWith(
                "mvn install -DskipTests -pl plugin-api/testkit -am was run in " + tandem + "."),
        ended.said());
    List<Path> files;
    try (Stream<Path> tree = Files.walk(project)) {
      files = tree.filter(Files::isRegularFile).map(project::relativize).sorted().toList();
    }
    Path sources = Path.of("src", "main", "java", "org", "example", "myfirst1");
    assertTrue(files.contains(sources.resolve("MyFirst1Plugin.java")), files::toString);
    assertTrue(files.contains(Path.of("src", "main", "web", "my-first-1.js")), files::toString);
    for (Path file : files) {
      String text = Files.readString(project.resolve(file));
      assertFalse(text.matches("(?s).*@[a-z.-]+@.*"), file + ": " + text);
    }
    String pom = Files.readString(project.resolve("pom.xml"));
    assertTrue(pom.contains("<artifactId>my-first-1</artifactId>"), pom);
    Ended again = run("my-first-1", project.toString());
    assertEquals(2, again.code());
    assertTrue(
        again.said().endsWith("is there already: name one that is not, or is empty."),
        again.said());
  }

  @ParameterizedTest
  @CsvSource({
    "Hello, No id of a plugin: Hello.",
    "9lives, No id of a plugin: 9lives.",
    "../evil, No id of a plugin: ../evil.",
    "class, The id class has a meaning already",
    "bold, The id bold has a meaning already",
    "collab, The id collab has a meaning already",
  })
  void anIdThatCannotBeUsedIsRefusedAndNothingWritten(String id, String sentence) throws Exception {
    Path project = folder.resolve("project");
    Ended ended = run(id, project.toString());
    assertEquals(2, ended.code());
    assertTrue(ended.said().startsWith(sentence), ended.said());
    assertEquals(1, ended.said().lines().count(), ended.said());
    assertFalse(Files.exists(project));
  }

  @Test
  void whoGivesTooLittleIsToldWhatIsNeeded() throws Exception {
    Ended ended = run("hello");
    assertEquals(2, ended.code());
    assertTrue(ended.said().startsWith("Two words are needed"), ended.said());
  }
}
