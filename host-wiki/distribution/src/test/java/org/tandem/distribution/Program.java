package org.tandem.distribution;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A program of the system that only some tests need. */
enum Program {
  CHROMIUM("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"),
  NGINX("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"),
  HAPROXY("/usr/sbin/haproxy", "/usr/bin/haproxy", "/usr/local/sbin/haproxy");

  private final List<String> places;

  Program(String... places) {
    this.places = List.of(places);
  }

  /**
   * Where it is: the environment variable of its name says so, or it is where packages put it.
   * Without it the test is skipped, or fails where {@code TANDEM_PROGRAMS_REQUIRED} says so.
   */
  Path installed() {
    return Stream.concat(Stream.ofNullable(System.getenv(name())), places.stream())
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(this::missing);
  }

  private Path missing() {
    String sentence = name() + " was not found: install it, or set " + name() + " to its path";
    if ("true".equals(System.getenv("TANDEM_PROGRAMS_REQUIRED"))) {
      throw new AssertionError(sentence);
    }
    return Assumptions.abort(sentence);
  }
}
