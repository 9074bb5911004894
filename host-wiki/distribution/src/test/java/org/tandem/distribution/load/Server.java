package org.tandem.distribution.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tandem.distribution.RunningWiki;
import org.tandem.testkit.WikiClient;

/**
 * The wiki under load: one node with an embedded PostgreSQL, durability on as it comes, or another
 * node beside it. Threads: one.
 */
final class Server implements AutoCloseable {

  /** Also on a machine that others use. */
  private static final Duration START = Duration.ofMinutes(3);

  private static final Pattern DATABASE = Pattern.compile("jdbc:postgresql://[0-9.:]+/tandem");
  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  private final RunningWiki wiki;
  private @Nullable People people;

  private Server(RunningWiki wiki) {
    this.wiki = wiki;
  }

  static Server start(Path data) {
    return new Server(RunningWiki.start(data, options(), Cores.ofServer(), START));
  }

  /** A second node with the first one's database, as README tells an admin to start it. */
  static Server beside(Server first, Path data) throws IOException {
    Matcher url = DATABASE.matcher(first.wiki.output());
    if (!url.find()) {
      throw new IllegalStateException("no database address in: " + first.wiki.output());
    }
    Path other = first.wiki.data();
    Map<String, String> settings = options();
    settings.put("TANDEM_DATABASE_URL", url.group());
    settings.put("TANDEM_DATABASE_USER", "tandem");
    settings.put(
        "TANDEM_DATABASE_PASSWORD", Files.readString(other.resolve("database/password")).strip());
    settings.put(
        "TANDEM_CLUSTER_SECRET",
        Files.readString(other.resolve("plugin-data/collab/cluster-secret")).strip());
    return new Server(RunningWiki.start(data, settings, Cores.ofServer(), START));
  }

  private static Map<String, String> options() {
    Map<String, String> settings = new HashMap<>();
    settings.put("TANDEM_JAVA_OPTS", System.getProperty("load.server.options", ""));
    return settings;
  }

  Door door() {
    return new Door(wiki.address(), people()::cookies);
  }

  /** The demo's people, signed in at this node. */
  People people() {
    People known = people;
    if (known == null) {
      known = new People(wiki);
      people = known;
    }
    return known;
  }

  WikiClient admin() {
    return people().admin();
  }

  static Usage usage(List<Server> nodes) {
    return Usage.of(
        nodes.stream().map(node -> node.wiki.pid()).toList(),
        nodes.stream().map(node -> node.wiki.database()).flatMap(Optional::stream).toList());
  }

  /** Resident memory of the wiki's process, in bytes. */
  long resident() {
    return Usage.resident(wiki.pid());
  }

  /** The used heap after a collection, in bytes. */
  long live() {
    jcmd("GC.run");
    jcmd("GC.run");
    return heap();
  }

  /** The used heap, in bytes, of the serial collector (one core) or G1. */
  long heap() {
    String info = jcmd("GC.heap_info");
    long used =
        info.lines()
            .filter(line -> line.contains("generation") || line.contains("garbage-first heap"))
            .map(USED::matcher)
            .filter(Matcher::find)
            .mapToLong(found -> Long.parseLong(found.group(1)) * 1024)
            .sum();
    if (used == 0) {
      throw new IllegalStateException("what the heap holds cannot be read from: " + info);
    }
    return used;
  }

  /** A command to the wiki's JVM. */
  String jcmd(String... command) {
    String[] all = new String[command.length + 2];
    all[0] = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    all[1] = Long.toString(wiki.pid());
    System.arraycopy(command, 0, all, 2, command.length);
    try {
      Process jcmd = new ProcessBuilder(all).redirectErrorStream(true).start();
      String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (jcmd.waitFor() != 0) {
        throw new IllegalStateException("jcmd: " + output);
      }
      return output;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  void kill() {
    wiki.kill();
  }

  /** SIGTERM, without waiting. */
  void terminate() {
    wiki.terminate();
  }

  @Override
  public void close() {
    wiki.close();
  }
}
