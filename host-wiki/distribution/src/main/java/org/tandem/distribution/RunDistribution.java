package org.tandem.distribution;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * {@code mvn -Prun}: runs the packaged wiki as a child process until it ends. The wiki has Maven's
 * terminal; when Maven is told to end it waits until the wiki has ended cleanly.
 */
public final class RunDistribution {

  private static final long GRACE_SECONDS = 30;

  /** 0, and a JVM's own codes after SIGINT and SIGTERM. */
  private static final Set<Integer> CLEAN = Set.of(0, 130, 143);

  private RunDistribution() {}

  /**
   * @param args the distribution folder and the data folder
   * @throws RunFailure when the wiki ended with an error, which it has printed
   */
  public static void main(String[] args) throws IOException, InterruptedException, RunFailure {
    Path distribution = Path.of(args[0]);
    Path data = Path.of(args[1]).toAbsolutePath().normalize();
    Process wiki = start(distribution, data);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(wiki), "end-wiki"));
    int code = wiki.waitFor();
    if (!CLEAN.contains(code)) {
      throw new RunFailure("The wiki ended with exit code " + code + "; it said why above.");
    }
  }

  private static Process start(Path distribution, Path data) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(distribution.resolve("bin").resolve("tandem").toString()).inheritIO();
    Map<String, String> environment = builder.environment();
    environment.putIfAbsent("TANDEM_DATA", data.toString());
    environment.putIfAbsent("TANDEM_DEMO", "true");
    environment.putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
    return builder.start();
  }

  /** A terminal's Ctrl-C reaches the wiki too; a second signal to a JVM that ends does nothing. */
  private static void end(Process wiki) {
    wiki.destroy();
    try {
      if (!wiki.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("The wiki did not end within " + GRACE_SECONDS + " s and was killed.");
        wiki.destroyForcibly().waitFor();
      }
    } catch (InterruptedException hurried) {
      wiki.destroyForcibly();
    }
  }

  /** The wiki did not end cleanly. */
  public static final class RunFailure extends Exception {

    private static final long serialVersionUID = 1L;

    RunFailure(String sentence) {
      super(sentence, null, false, false);
    }
  }
}
