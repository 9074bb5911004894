package org.tandem.db;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A data directory of PostgreSQL and the programs that work on it. The server runs in a session of
 * its own ({@code pg_ctl} sees to that), so that a Ctrl-C for the wiki does not reach it: the wiki
 * stops it last.
 */
final class PostgresCluster {

  private static final Logger log = LoggerFactory.getLogger(PostgresCluster.class);
  private static final int PROGRAM_SECONDS = 90;
  private static final int STOP_SECONDS = 30;

  private final Path home;
  private final Path data;
  private final Path serverLog;

  /**
   * @param home where {@code bin/postgres} is
   * @param data the data directory, which may not exist yet
   */
  PostgresCluster(Path home, Path data, Path serverLog) {
    this.home = home;
    this.data = data;
    this.serverLog = serverLog;
  }

  boolean exists() {
    return Files.exists(data.resolve("PG_VERSION"));
  }

  /** The major version that made the data directory. */
  String version() throws IOException {
    return Files.readString(data.resolve("PG_VERSION")).strip();
  }

  void initialise() throws DatabaseRefusal, IOException {
    run(
        "initdb",
        List.of(
            "-D",
            data.toString(),
            "-U",
            EmbeddedDatabase.SUPERUSER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C"));
  }

  void start(int port, Map<String, String> settings) throws DatabaseRefusal, IOException {
    StringBuilder options = new StringBuilder("-p " + port);
    settings.forEach(
        (name, value) -> options.append(" -c ").append(name).append('=').append(value));
    run(
        "pg_ctl",
        List.of(
            "-D",
            data.toString(),
            "-l",
            serverLog.toString(),
            "-w",
            "-t",
            String.valueOf(PROGRAM_SECONDS - 10),
            "-o",
            options.toString(),
            "start"));
  }

  void stop() throws DatabaseRefusal, IOException {
    run(
        "pg_ctl",
        List.of("-D", data.toString(), "-m", "fast", "-w", "-t", "" + STOP_SECONDS, "stop"));
  }

  /**
   * Ends a server that a killed wiki left running on this data directory, and removes what a power
   * cut left of one that is not running any more.
   */
  void clearAway() throws DatabaseRefusal, IOException {
    Path lock = data.resolve("postmaster.pid");
    if (!Files.exists(lock)) {
      return;
    }
    Optional<ProcessHandle> server =
        Files.readAllLines(lock).stream()
            .findFirst()
            .map(String::strip)
            .filter(line -> line.matches("\\d{1,18}"))
            .flatMap(line -> ProcessHandle.of(Long.parseLong(line)))
            .filter(this::servesThis);
    if (server.isPresent()) {
      log.info("A PostgreSQL that was left running is ended: process {}", server.get().pid());
      end(server.get());
    }
    Files.deleteIfExists(lock);
  }

  /** A server's working directory is its data directory; process ids alone are used again. */
  private boolean servesThis(ProcessHandle process) {
    try {
      Path directory = Path.of("/proc", String.valueOf(process.pid()), "cwd").toRealPath();
      return directory.equals(data.toRealPath());
    } catch (IOException gone) {
      return false;
    }
  }

  private void end(ProcessHandle server) throws DatabaseRefusal, IOException {
    for (String signal : List.of("INT", "QUIT", "KILL")) {
      new ProcessBuilder("kill", "-" + signal, String.valueOf(server.pid()))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      if (ended(server.onExit())) {
        return;
      }
    }
    throw new DatabaseRefusal(
        "A PostgreSQL that was left running (process " + server.pid() + ") cannot be ended.");
  }

  private static boolean ended(CompletableFuture<ProcessHandle> exit) {
    try {
      exit.get(STOP_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException | ExecutionException still) {
      return false;
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void run(String program, List<String> arguments) throws DatabaseRefusal, IOException {
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      // PostgreSQL refuses to run as root; in a user namespace without a map it is nobody.
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(home.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    Path output = Files.createTempFile(serverLog.getParent(), program, ".out");
    try {
      Process process = launch(command, output);
      if (!process.waitFor(PROGRAM_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new DatabaseRefusal("PostgreSQL's " + program + " did not end in time.");
      }
      if (process.exitValue() != 0) {
        throw new DatabaseRefusal("PostgreSQL's " + program + " failed: " + reason(output));
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      throw new DatabaseRefusal("Interrupted while PostgreSQL's " + program + " ran.");
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static Process launch(List<String> command, Path output) throws DatabaseRefusal {
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
      throw new DatabaseRefusal(
          "The embedded PostgreSQL cannot be run here ("
              + missing.getMessage()
              + "): start as another user than root, or set TANDEM_DATABASE_URL.");
    }
  }

  /** The last thing that the server or the program complained of. */
  private String reason(Path output) throws IOException {
    List<String> lines = new ArrayList<>();
    if (Files.exists(serverLog)) {
      lines.addAll(tail(serverLog));
    }
    lines.addAll(tail(output));
    return lines.stream()
        .filter(line -> line.matches(".*(FATAL|PANIC|error|ERROR|could not).*"))
        .reduce((before, last) -> last.contains("Examine") ? before : last)
        .orElse("see " + serverLog)
        .strip();
  }

  private static List<String> tail(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int from = Math.max(0, bytes.length - 4_096);
    return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8).lines().toList();
  }
}
