package org.tandem.distribution;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.tandem.testkit.WikiClient;
import org.tandem.wiki.settings.WikiSettings;

/**
 * The packaged wiki as a child process, started by its start script and ended by its process id.
 * Threads: one test's.
 */
public final class RunningWiki implements AutoCloseable {

  public static final Path DISTRIBUTION = Path.of(System.getProperty("tandem.distribution"));
  private static final Duration START = Duration.ofSeconds(120);
  private static final Duration END = Duration.ofSeconds(60);

  private static final int FIRST_PORT = 11_000;
  private static final int PORTS = 9_000;

  /** Begins anywhere, as another build may be running beside this one. */
  private static final AtomicInteger NEXT_PORT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

  private final Process process;
  private final int port;
  private final Path data;
  private final Path log;

  private RunningWiki(Process process, int port, Path data, Path log) {
    this.process = process;
    this.port = port;
    this.data = data;
    this.log = log;
  }

  /** Starts a demo wiki and waits until it serves. */
  static RunningWiki start(Path data) {
    return start(data, Map.of());
  }

  /**
   * Starts a wiki and waits until it serves.
   *
   * @param settings environment variables
   */
  public static RunningWiki start(Path data, Map<String, String> settings) {
    return start(data, settings, List.of(), START);
  }

  /**
   * Starts a wiki and waits until it serves.
   *
   * @param settings environment variables
   * @param prefix a command that becomes the start script, {@code taskset} for example
   * @param patience how long a start may take
   */
  public static RunningWiki start(
      Path data, Map<String, String> settings, List<String> prefix, Duration patience) {
    RunningWiki wiki = launch(data, settings, prefix);
    try {
      await().atMost(patience).until(() -> wiki.ready() || !wiki.process.isAlive());
      if (!wiki.process.isAlive()) {
        throw new AssertionError("the wiki ended at its start: " + wiki.output());
      }
      return wiki;
    } catch (RuntimeException | AssertionError failed) {
      wiki.close();
      throw failed;
    }
  }

  /** Starts a wiki and does not wait. */
  static RunningWiki launch(Path data, Map<String, String> settings) {
    return launch(data, settings, List.of());
  }

  private static RunningWiki launch(Path data, Map<String, String> settings, List<String> prefix) {
    int port = freePort();
    Map<String, String> environment = new HashMap<>();
    environment.put("TANDEM_PORT", Integer.toString(port));
    environment.put("TANDEM_DATA", data.toString());
    environment.put("TANDEM_DEMO", "true");
    environment.putAll(settings);
    try {
      Path log = Files.createTempFile("tandem-", ".log");
      List<String> command = new ArrayList<>(prefix);
      command.add(DISTRIBUTION.resolve("bin").resolve("tandem").toString());
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("TANDEM_"));
      builder.environment().putAll(environment);
      return new RunningWiki(
          builder.start(), Integer.parseInt(environment.get("TANDEM_PORT")), data, log);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * A port that nobody listens on, another one at each call. It stays free while a node starts, or
   * ends and starts again: it is below those that the system hands out by itself, to connections
   * too.
   */
  public static int freePort() {
    for (int tries = 0; tries < PORTS; tries++) {
      int port = FIRST_PORT + Math.floorMod(NEXT_PORT.getAndIncrement(), PORTS);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        // The next one.
      }
    }
    throw new AssertionError("no free port from " + FIRST_PORT);
  }

  public URI address() {
    return URI.create("http://localhost:" + port);
  }

  public Path data() {
    return data;
  }

  public WikiClient person(String name) {
    return WikiClient.signedIn(address(), name, WikiSettings.DEMO_PASSWORD);
  }

  /** Everything that the process printed so far. */
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Processes that the wiki started; its database runs in a session of its own. */
  List<ProcessHandle> descendants() {
    return Stream.concat(process.descendants(), database().stream()).toList();
  }

  /** The wiki's own process. */
  public long pid() {
    return process.pid();
  }

  /** The embedded PostgreSQL's first process; empty when the wiki has another database. */
  public Optional<ProcessHandle> database() {
    Path file = data.resolve("database").resolve("data").resolve("postmaster.pid");
    try {
      return Files.exists(file)
          ? ProcessHandle.of(Long.parseLong(Files.readAllLines(file).get(0).strip()))
          : Optional.empty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** SIGKILL: what the wiki started lives on. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** SIGSTOP: the process does nothing, and its connections stay open. */
  public void suspend() {
    signal("STOP");
  }

  /** SIGCONT. */
  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  public boolean runs() {
    return process.isAlive();
  }

  /**
   * Waits until the process has ended.
   *
   * @return its exit code
   */
  public int awaitEnd() {
    try {
      if (process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("the wiki did not end: " + output());
  }

  private boolean ready() {
    try {
      return status("/health/ready") == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  /** What somebody who is not signed in is answered with. */
  int status(String path) {
    WikiClient somebody = new WikiClient(address());
    return somebody.send(somebody.request("GET", path, null)).statusCode();
  }

  /** The figures of the node, as text. */
  String metrics() {
    WikiClient somebody = new WikiClient(address());
    return somebody.send(somebody.request("GET", "/metrics", null)).body();
  }

  /** Ends the process and what it started. */
  @Override
  public void close() {
    List<ProcessHandle> started = descendants();
    process.destroy();
    try {
      if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } finally {
      started.forEach(ProcessHandle::destroyForcibly);
    }
  }
}
