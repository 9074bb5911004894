package org.tandem.distribution.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Keeps the server, with its database, on the first core and the generator on the second. */
final class Cores {

  private static final String SERVER = "0";
  private static final String GENERATOR = "1";

  private static volatile boolean pinned;

  private Cores() {}

  /** Whether this machine has two cores and the program that pins processes to them. */
  static boolean apart() {
    return Runtime.getRuntime().availableProcessors() > 1 && taskset() || pinned;
  }

  /** What a server's command begins with. */
  static List<String> ofServer() {
    return apart() ? List.of("taskset", "-c", SERVER) : List.of();
  }

  /** Pins this process, its threads of now and those to come. */
  static void pinGenerator() throws IOException, InterruptedException {
    if (!apart()) {
      return;
    }
    String self = Long.toString(ProcessHandle.current().pid());
    Process taskset =
        new ProcessBuilder("taskset", "-a", "-p", "-c", GENERATOR, self)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (taskset.waitFor() != 0) {
      throw new IllegalStateException("taskset does not pin the generator to core " + GENERATOR);
    }
    pinned = true;
  }

  /** {@code -Dload.pin=false} leaves the processes where the system puts them. */
  private static boolean taskset() {
    return !System.getProperty("load.pin", "").equals("false")
        && Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "taskset")));
  }
}
