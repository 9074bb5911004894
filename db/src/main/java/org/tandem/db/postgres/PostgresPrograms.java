package org.tandem.db.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of PostgreSQL and waits for its end. */
final class PostgresPrograms {

  /** What none of them may take longer than. */
  static final int SECONDS = 90;

  private static final Integer ROOT = 0;

  private final Path home;

  PostgresPrograms(Path home) {
    this.home = home;
  }

  /**
   * What a program said at its end.
   *
   * @param code 0 when it did what it was asked
   */
  record Outcome(int code, List<String> lines) {}

  Outcome run(String program, String... arguments) throws PostgresFailure, IOException {
    List<String> command = new ArrayList<>();
    if (ROOT.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
      // PostgreSQL refuses to run as root; in a user namespace without a map it is nobody.
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(home.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(home.getParent(), program, ".out");
    try {
      Process process = launch(command, output);
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new PostgresFailure("PostgreSQL's " + program + " did not end in time.");
      }
      List<String> lines = Files.readAllLines(output);
      if (process.exitValue() != 0 && lines.stream().anyMatch(line -> line.contains("unshare:"))) {
        throw notHere(lines.get(0));
      }
      return new Outcome(process.exitValue(), lines);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      throw new PostgresFailure("Interrupted while PostgreSQL's " + program + " ran.");
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static Process launch(List<String> command, Path output) throws PostgresFailure {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(output.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
      builder.environment().put("LC_ALL", "C");
      return builder.start();
    } catch (IOException missing) {
      throw notHere(missing.getMessage());
    }
  }

  private static PostgresFailure notHere(String reason) {
    return new PostgresFailure(
        "The embedded PostgreSQL cannot be run here ("
            + reason
            + "): start as another user than root, or set TANDEM_DATABASE_URL.");
  }
}
