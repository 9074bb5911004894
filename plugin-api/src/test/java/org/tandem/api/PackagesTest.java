package org.tandem.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class PackagesTest {

  private static final Path SOURCES = Path.of("src", "main", "java");

  @Test
  void areNullMarked() throws Exception {
    List<String> packages = packages();
    assertTrue(packages.contains("org.tandem.api.plugin"), packages::toString);
    assertEquals(List.of(), packages.stream().filter(name -> !isNullMarked(name)).toList());
  }

  private static List<String> packages() throws Exception {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(file -> SOURCES.relativize(file.getParent()).toString().replace('/', '.'))
          .distinct()
          .toList();
    }
  }

  private static boolean isNullMarked(String name) {
    try {
      return Class.forName(name + ".package-info").isAnnotationPresent(NullMarked.class);
    } catch (ClassNotFoundException unmarked) {
      return false;
    }
  }

  /** Whoever compiles against the API sees nothing but it and the annotations. */
  @Test
  void bringNoLibraryToPlugins() throws Exception {
    Document pom = Jsoup.parse(Files.readString(Path.of("pom.xml")), "", Parser.xmlParser());
    List<Element> dependencies = pom.select("project > dependencies > dependency");
    assertTrue(dependencies.size() > 5);
    assertEquals(
        List.of("jspecify"),
        dependencies.stream()
            .filter(dependency -> dependency.select("> scope").isEmpty())
            .filter(dependency -> !dependency.select("> optional").text().equals("true"))
            .map(dependency -> dependency.select("> artifactId").text())
            .toList());
  }
}
