package org.tandem.api.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A script of {@code webapp/bench} that measures what others made of the same inputs. It prints one
 * JSON object: {@code figures}, arrays of nanoseconds for one operation by name, and {@code count},
 * the number by which both sides see that they did the same.
 *
 * @param script name of the script
 */
public record Peer(String script) {

  private static final Path SCRIPTS = Path.of("..", "webapp", "bench");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a script came to. */
  public record Measured(Map<String, Samples> figures, long count) {

    public Samples figure(String name) {
      Samples samples = figures.get(name);
      if (samples == null) {
        throw new IllegalStateException("not measured: " + name);
      }
      return samples;
    }
  }

  /**
   * @param inputs a file that the script reads
   * @param workload which of the script's workloads
   */
  public Measured measure(Path inputs, String workload, Timing timing) {
    System.out.println("  Node  " + script + " " + workload);
    return measured(
        output(
            "node",
            "--expose-gc",
            "--max-old-space-size=4096",
            SCRIPTS.resolve(script).toString(),
            inputs.toString(),
            workload,
            String.valueOf(timing.warmups()),
            String.valueOf(timing.iterations()),
            String.valueOf(timing.millis())));
  }

  /** What a command prints to its standard output. */
  static String output(String... command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int code = process.waitFor();
      if (code != 0) {
        throw new IllegalStateException(String.join(" ", command) + " ended with " + code);
      }
      return output;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static Measured measured(String output) {
    try {
      JsonNode root = JSON.readTree(output);
      Map<String, Samples> figures = new LinkedHashMap<>();
      root.required("figures")
          .properties()
          .forEach(figure -> figures.put(figure.getKey(), samples(figure.getValue())));
      return new Measured(figures, root.required("count").asLong());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Samples samples(JsonNode array) {
    List<Double> nanos = new ArrayList<>();
    array.forEach(value -> nanos.add(value.asDouble()));
    return new Samples(nanos);
  }
}
