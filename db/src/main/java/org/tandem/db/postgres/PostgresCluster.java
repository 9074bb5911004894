package org.tandem.db.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A data directory of PostgreSQL and its server. The server runs in a session of its own ({@code
 * pg_ctl} sees to that), so that a Ctrl-C for the wiki does not reach it: the wiki stops it last.
 *
 * <p>Threads: one at a time. Failure: a {@link PostgresFailure} carries what PostgreSQL said.
 */
public final class PostgresCluster {

  private static final int STOP_SECONDS = 30;
  private static final long LOG_BYTES = 4_000_000;

  private final Path data;
  private final Path serverLog;
  private final PostgresPrograms programs;

  private PostgresCluster(Path folder, PostgresPrograms programs) {
    this.data = folder.resolve("data");
    this.serverLog = folder.resolve("server.log");
    this.programs = programs;
  }

  /** The one whose programs, data and log lie in {@code folder}; unpacks the programs. */
  public static PostgresCluster in(Path folder) throws PostgresFailure, IOException {
    return new PostgresCluster(folder, new PostgresPrograms(PostgresBinaries.unpack(folder)));
  }

  /**
   * Makes the data directory where there is none, and ends what a killed wiki left running on it.
   *
   * @param password of the first user, {@code postgres}, in a file
   * @throws PostgresFailure when the directory is of another major version
   */
  public void prepare(Path password) throws PostgresFailure, IOException {
    if (!Files.exists(data)) {
      initialise(password);
      return;
    }
    String version = Files.readString(data.resolve("PG_VERSION")).strip();
    if (!version.equals(String.valueOf(PostgresBinaries.MAJOR))) {
      throw new PostgresFailure(
          "The data folder "
              + data.getParent()
              + " was made by PostgreSQL "
              + version
              + ", and this Tandem brings "
              + PostgresBinaries.MAJOR
              + ": move it over with pg_dump and pg_restore.");
    }
    new LeftRunning(data, programs).end();
    // Nobody runs here now, so the lock is a power cut's; its number may be a stranger's by now.
    Files.deleteIfExists(data.resolve("postmaster.pid"));
  }

  private void initialise(Path password) throws PostgresFailure, IOException {
    Unfinished fresh = Unfinished.in(data.getParent());
    PostgresPrograms.Outcome outcome =
        programs.run(
            "initdb",
            "-D",
            fresh.path().toString(),
            "-U",
            "postgres",
            "-A",
            "scram-sha-256",
            "--pwfile",
            password.toString(),
            "-E",
            "UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C");
    if (outcome.code() != 0) {
      throw new PostgresFailure(
          "PostgreSQL's data folder cannot be made: "
              + reason(outcome, "").orElse("initdb failed"));
    }
    fresh.finish(data);
  }

  /** Returns when the server takes connections. */
  public void start(int port, Map<String, String> settings) throws PostgresFailure, IOException {
    long before = turnLog();
    String options =
        settings.entrySet().stream()
            .map(setting -> " -c " + setting.getKey() + "=" + setting.getValue())
            .collect(Collectors.joining("", "-p " + port, ""));
    PostgresPrograms.Outcome outcome =
        programs.run(
            "pg_ctl",
            "-D",
            data.toString(),
            "-l",
            serverLog.toString(),
            "-w",
            "-t",
            String.valueOf(PostgresPrograms.SECONDS - 10),
            "-o",
            options,
            "start");
    if (outcome.code() != 0) {
      throw new PostgresFailure(
          "The embedded PostgreSQL does not start: "
              + reason(outcome, logSince(before)).orElse("no reason given")
              + " (see "
              + serverLog
              + ").");
    }
  }

  /** The first process of the server; empty when none runs. */
  public Optional<ProcessHandle> server() throws IOException {
    Path file = data.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String number = Files.readAllLines(file).get(0).strip();
    return ProcessHandle.of(Long.parseLong(number));
  }

  /** Ends the server in order; connections that are still open are ended. */
  public void stop() throws PostgresFailure, IOException {
    PostgresPrograms.Outcome outcome =
        programs.run(
            "pg_ctl", "-D", data.toString(), "-m", "fast", "-w", "-t", "" + STOP_SECONDS, "stop");
    if (outcome.code() != 0 && server().filter(ProcessHandle::isAlive).isPresent()) {
      throw new PostgresFailure(
          "The embedded PostgreSQL does not stop: "
              + reason(outcome, "").orElse("no reason given"));
    }
  }

  /** Keeps the log small over the years: one older piece at the most. */
  private long turnLog() throws IOException {
    if (!Files.exists(serverLog)) {
      return 0;
    }
    if (Files.size(serverLog) > LOG_BYTES) {
      Files.move(
          serverLog, serverLog.resolveSibling("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
      return 0;
    }
    return Files.size(serverLog);
  }

  private String logSince(long before) throws IOException {
    if (!Files.exists(serverLog)) {
      return "";
    }
    byte[] bytes = Files.readAllBytes(serverLog);
    int from = (int) Math.min(before, bytes.length);
    return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
  }

  /** The first thing that the server complained of, or else the program. */
  private static Optional<String> reason(PostgresPrograms.Outcome outcome, String serverLog) {
    return Stream.of(
            serverLog.lines().filter(line -> line.matches(".*(FATAL|PANIC|could not|unrecog).*")),
            outcome.lines().stream().filter(line -> line.matches(".*(error|could not).*")),
            outcome.lines().stream())
        .flatMap(found -> found)
        .map(line -> line.replaceFirst("^.*?(FATAL|PANIC|ERROR|LOG|error): +", "").strip())
        .filter(line -> !line.isEmpty())
        .findFirst();
  }
}
