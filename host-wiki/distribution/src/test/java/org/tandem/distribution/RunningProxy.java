package org.tandem.distribution;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.tandem.testkit.WikiClient;

/**
 * A proxy as a process of its own, with the configuration that README shows: only addresses, ports
 * and the certificate's place are other ones. Ended by its process id. Threads: one test's.
 */
final class RunningProxy implements AutoCloseable {

  private static final Path README = Path.of(System.getProperty("tandem.webapp"), "../README.md");
  private static final String INDENT = "    ";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Those that README shows. */
  enum Kind {
    NGINX(Program.NGINX, "# /etc/nginx/conf.d/tandem.conf") {
      @Override
      List<String> arguments(Path file) {
        return List.of("-p", file.getParent().toString(), "-c", file.toString(), "-e", "stderr");
      }

      /** What a system's nginx.conf has round it, in one process and one folder. */
      @Override
      String whole(String shown) {
        return """
            daemon off;
            master_process off;
            pid nginx.pid;
            error_log stderr;
            events {}
            http {
              access_log off;
              client_body_temp_path bodies;
              proxy_temp_path proxied;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              %s
            }
            """
            .formatted(shown);
      }
    },
    HAPROXY(Program.HAPROXY, "# /etc/haproxy/haproxy.cfg, behind its section global") {
      @Override
      List<String> arguments(Path file) {
        return List.of("-db", "-f", file.toString());
      }

      @Override
      String whole(String shown) {
        return shown;
      }
    };

    private final Program program;
    private final String firstLine;

    Kind(Program program, String firstLine) {
      this.program = program;
      this.firstLine = firstLine;
    }

    abstract List<String> arguments(Path file);

    abstract String whole(String shown);

    /** The block of README that begins with the first line. */
    private String shown() throws IOException {
      String block =
          Files.readAllLines(README).stream()
              .dropWhile(line -> !line.equals(INDENT + firstLine))
              .takeWhile(line -> line.isBlank() || line.startsWith(INDENT))
              .collect(Collectors.joining("\n"));
      return block + "\n";
    }
  }

  private final Process process;
  private final URI address;
  private final Path log;

  private RunningProxy(Process process, URI address, Path log) {
    this.process = process;
    this.address = address;
    this.log = log;
  }

  /**
   * Starts a proxy and waits until it brings an answer of a node.
   *
   * @param folder its own
   * @param nodes the ports of two nodes
   */
  static RunningProxy start(
      Kind kind, Path folder, int port, List<Integer> nodes, Certificate certificate) {
    List<String> command = new ArrayList<>();
    command.add(kind.program.installed().toString());
    try {
      String shown = kind.shown();
      shown = replaced(shown, "10.0.0.11:8080", "127.0.0.1:" + nodes.get(0));
      shown = replaced(shown, "10.0.0.12:8080", "127.0.0.1:" + nodes.get(1));
      shown = replaced(shown, "/etc/ssl/tandem.pem", certificate.pem().toString());
      shown =
          switch (kind) {
            case NGINX -> replaced(shown, "listen 443", "listen 127.0.0.1:" + port);
            case HAPROXY -> replaced(shown, "bind :443", "bind 127.0.0.1:" + port);
          };
      Files.createDirectories(folder);
      Path file = Files.writeString(folder.resolve("proxy.conf"), kind.whole(shown));
      command.addAll(kind.arguments(file));
      Path log = folder.resolve("proxy.log");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
      URI address = URI.create("https://localhost:" + port);
      RunningProxy proxy = new RunningProxy(builder.start(), address, log);
      proxy.awaitServing();
      return proxy;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String replaced(String text, String shown, String here) {
    assertTrue(text.contains(shown), () -> "README shows " + shown + " in " + text);
    return text.replace(shown, here);
  }

  private void awaitServing() {
    try {
      await().atMost(PATIENCE).until(() -> serves() || !process.isAlive());
      assertTrue(process.isAlive(), this::output);
    } catch (RuntimeException | AssertionError failed) {
      close();
      throw failed;
    }
  }

  private boolean serves() {
    WikiClient somebody = new WikiClient(address);
    try {
      return somebody.send(somebody.request("GET", "/health/ready", null)).statusCode() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  URI address() {
    return address;
  }

  /** Everything that the process printed so far. */
  String output() {
    try {
      return Files.readString(log);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** SIGTERM: connections that are open are cut. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
