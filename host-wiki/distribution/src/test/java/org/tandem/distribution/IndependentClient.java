package org.tandem.distribution;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;
import org.tandem.api.host.PageId;
import org.tandem.wiki.settings.WikiSettings;

/**
 * A client that was written from the protocol's page alone and shares no code with the product, as
 * a process of Node's. Reading waits for its next line; the test bounds that. Threads: one test's.
 */
final class IndependentClient implements AutoCloseable {

  private static final String SCRIPT = "independent-client.mjs";

  private final Process process;
  private final BufferedReader lines;
  private final Writer commands;

  private IndependentClient(Process process) {
    this.process = process;
    this.lines = process.inputReader();
    this.commands = process.outputWriter();
  }

  /** Signs in, joins the page and waits until it has it. */
  static IndependentClient join(Path folder, URI wiki, PageId page, String name) {
    return join(folder, wiki, page, name, Map.of());
  }

  /**
   * Signs in, joins the page and waits until it has it.
   *
   * @param settings of Node, as environment variables
   */
  static IndependentClient join(
      Path folder, URI wiki, PageId page, String name, Map<String, String> settings) {
    try (InputStream script = IndependentClient.class.getResourceAsStream("/" + SCRIPT)) {
      Path file = folder.resolve(SCRIPT);
      Files.copy(script, file, StandardCopyOption.REPLACE_EXISTING);
      ProcessBuilder builder =
          new ProcessBuilder(
                  "node",
                  "--experimental-websocket",
                  "--no-warnings",
                  file.toString(),
                  wiki.toString(),
                  page.toString(),
                  name,
                  WikiSettings.DEMO_PASSWORD)
              .redirectErrorStream(true);
      builder.environment().put("TANDEM_WEBAPP", System.getProperty("tandem.webapp"));
      builder.environment().putAll(settings);
      IndependentClient client = new IndependentClient(builder.start());
      client.line("joined ");
      return client;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  void type(String text) {
    command("type " + text);
  }

  /** The document that it has, once all that it typed is acknowledged. */
  Delta report() {
    command("report");
    String report = line("{");
    String ops = report.substring(report.indexOf("\"ops\":") + 6, report.length() - 1);
    return ((DeltaJson.Parsed.Valid) DeltaJson.read(ops)).delta();
  }

  private void command(String command) {
    try {
      commands.write(command + "\n");
      commands.flush();
    } catch (IOException ended) {
      throw new UncheckedIOException(ended);
    }
  }

  /** The next line, which must begin so: anything else is a complaint. */
  private String line(String beginning) {
    try {
      String line = lines.readLine();
      if (line == null || !line.startsWith(beginning)) {
        throw new AssertionError("the independent client said " + line);
      }
      return line;
    } catch (IOException ended) {
      throw new UncheckedIOException(ended);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
