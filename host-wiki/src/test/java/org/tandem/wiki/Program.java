package org.tandem.wiki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The wiki's program as a process of its own, as the start script starts it. */
final class Program {

  private Program() {}

  static Process start(Path home, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("-Dtandem.home=" + home);
    command.addAll(List.of("-cp", mainClassPath(), "org.tandem.wiki.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("TANDEM_"));
    builder.environment().put("TANDEM_PORT", "0");
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Without the tests' folder, whose logging is for tests. */
  private static String mainClassPath() {
    String separator = System.getProperty("path.separator");
    return Stream.of(System.getProperty("java.class.path").split(Pattern.quote(separator)))
        .filter(entry -> !entry.endsWith("test-classes"))
        .reduce((one, other) -> one + separator + other)
        .orElseThrow();
  }

  /** What a wiki says until its last line. */
  static List<String> welcome(Process process) throws IOException {
    List<String> lines = new ArrayList<>();
    BufferedReader reader = process.inputReader();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      lines.add(line);
      if (line.contains("Ctrl-C")) {
        return lines;
      }
    }
    throw new AssertionError(
        "it ended: " + lines + new String(process.getErrorStream().readAllBytes()));
  }

  /** Ends it in order; what it still says. */
  static List<String> stop(Process process) throws Exception {
    List<ProcessHandle> started = process.descendants().toList();
    process.toHandle().destroy(); // Process.destroy would close the output as well
    List<String> rest = process.inputReader().lines().toList();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(143, process.exitValue());
    assertTrue(started.stream().noneMatch(ProcessHandle::isAlive), "the database ends too");
    return rest;
  }
}
