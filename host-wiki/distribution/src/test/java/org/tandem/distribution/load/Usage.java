package org.tandem.distribution.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * What processes have used of the processor since they began, in seconds; a PostgreSQL's with all
 * its children, those that ended too.
 */
record Usage(double wiki, double database, double generator) {

  /** Linux counts in hundredths of a second wherever it shows this to programs. */
  private static final double TICKS = 100;

  private static final int USER_TIME = 11;
  private static final int CHILDREN_TIME = 13;

  static Usage of(List<Long> wikis, List<ProcessHandle> databases) {
    double wiki = wikis.stream().mapToDouble(pid -> seconds(pid, false)).sum();
    double database = 0;
    for (ProcessHandle first : databases) {
      database += seconds(first.pid(), true);
      database += first.descendants().mapToDouble(child -> seconds(child.pid(), false)).sum();
    }
    return new Usage(wiki, database, seconds(ProcessHandle.current().pid(), false));
  }

  Usage since(Usage before) {
    return new Usage(wiki - before.wiki, database - before.database, generator - before.generator);
  }

  private static double seconds(long pid, boolean withEndedChildren) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The second field, the program's name, may hold blanks; it stands in brackets.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      double ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]);
      if (withEndedChildren) {
        ticks += Long.parseLong(fields[CHILDREN_TIME]) + Long.parseLong(fields[CHILDREN_TIME + 1]);
      }
      return ticks / TICKS;
    } catch (NoSuchFileException ended) {
      return 0;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Resident memory of a process, in bytes. */
  static long resident(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .sum();
    } catch (IOException ended) {
      return 0;
    }
  }
}
