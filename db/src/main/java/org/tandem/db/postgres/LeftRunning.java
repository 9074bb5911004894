package org.tandem.db.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes that a killed wiki left on a data directory. They are told by their program and
 * their working directory, which for a server and each of its children is the data directory: the
 * number in {@code postmaster.pid} may be somebody else's by now, and when only the first process
 * was killed its children may still write.
 */
final class LeftRunning {

  private static final Logger log = LoggerFactory.getLogger(LeftRunning.class);
  private static final int SECONDS = 30;

  private final Path data;
  private final PostgresPrograms programs;

  LeftRunning(Path data, PostgresPrograms programs) {
    this.data = data;
    this.programs = programs;
  }

  /** Returns when none of them runs any more: at first in order, then without asking. */
  void end() throws PostgresFailure, IOException {
    Path directory = data.toRealPath();
    List<ProcessHandle> left = on(directory);
    if (left.isEmpty()) {
      return;
    }
    log.info("A PostgreSQL that was left running on {} is ended", data);
    for (String signal : List.of("INT", "QUIT", "KILL")) {
      signal(signal, left);
      if (ended(left) && on(directory).isEmpty()) {
        return;
      }
      left = on(directory);
    }
    throw new PostgresFailure("A PostgreSQL that was left running on " + data + " does not end.");
  }

  private static List<ProcessHandle> on(Path directory) {
    return ProcessHandle.allProcesses().filter(process -> serves(process, directory)).toList();
  }

  private static boolean serves(ProcessHandle process, Path directory) {
    Path facts = Path.of("/proc", String.valueOf(process.pid()));
    try {
      String program = Files.readSymbolicLink(facts.resolve("exe")).getFileName().toString();
      return program.startsWith("postgres")
          && Files.readSymbolicLink(facts.resolve("cwd")).equals(directory);
    } catch (IOException goneOrAnothers) {
      return false;
    }
  }

  /** An order goes to the first process, which ends the others; a kill goes to all. */
  private void signal(String signal, List<ProcessHandle> left) throws PostgresFailure, IOException {
    Set<Long> all = left.stream().map(ProcessHandle::pid).collect(Collectors.toSet());
    for (ProcessHandle process : left) {
      boolean child = process.parent().filter(parent -> all.contains(parent.pid())).isPresent();
      if (!child || signal.equals("KILL")) {
        programs.run("pg_ctl", "kill", signal, String.valueOf(process.pid()));
      }
    }
  }

  private static boolean ended(List<ProcessHandle> left) {
    try {
      CompletableFuture.allOf(
              left.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
          .get(SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException | ExecutionException still) {
      return false;
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
