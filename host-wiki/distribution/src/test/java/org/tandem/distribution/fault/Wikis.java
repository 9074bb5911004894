package org.tandem.distribution.fault;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tandem.db.DatabaseAddress;
import org.tandem.db.DatabaseRefusal;
import org.tandem.db.EmbeddedDatabase;
import org.tandem.distribution.RunningWiki;
import org.tandem.testkit.WikiClient;
import org.tandem.wiki.settings.WikiSettings;

/**
 * Nodes of one wiki as processes and the PostgreSQL that they share, with a link between each node
 * and the database and one in front of each node's cluster port.
 *
 * <p>Threads: one test's, but for {@link #person} and {@link #http}.
 */
final class Wikis implements AutoCloseable {

  private static final String SECRET = "the secret of the nodes of these tests";
  private static final Pattern NAME = Pattern.compile("stamps carry the name (\\w+)");
  private static final Pattern VIEW = Pattern.compile("Nodes in view: \\[([^\\]]*)\\]");
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** A place where a node runs, and runs again after a kill. */
  private static final class Seat {

    private final Path data;
    private final int port = RunningWiki.freePort();
    private final int clusterPort = RunningWiki.freePort();
    private final DatabaseLink toDatabase;
    private final Link fromOthers = Link.to(clusterPort);
    private RunningWiki wiki;

    Seat(Path data, int database) {
      this.data = data;
      this.toDatabase = new DatabaseLink(database);
    }
  }

  private final Path folder;
  private final int databasePort = RunningWiki.freePort();
  private final List<Seat> seats = new ArrayList<>();
  private final Map<String, WikiClient> people = new ConcurrentHashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private EmbeddedDatabase database;

  /** Starts the database. */
  Wikis(Path folder) throws DatabaseRefusal {
    this.folder = folder;
    this.database = startDatabase();
  }

  /** Starts the nodes, one after the other. */
  void start(int count) {
    for (int i = 0; i < count; i++) {
      seats.add(new Seat(folder.resolve("node" + i), databasePort));
      launch(i);
    }
  }

  private EmbeddedDatabase startDatabase() throws DatabaseRefusal {
    return EmbeddedDatabase.start(folder.resolve("postgres"), OptionalInt.of(databasePort));
  }

  private void launch(int node) {
    Seat seat = seats.get(node);
    DatabaseAddress address = database.address();
    seat.wiki =
        RunningWiki.start(
            seat.data,
            Map.of(
                "TANDEM_PORT", Integer.toString(seat.port),
                "TANDEM_DATABASE_URL",
                    "jdbc:postgresql://127.0.0.1:" + seat.toDatabase.port() + "/tandem",
                "TANDEM_DATABASE_USER", address.user(),
                "TANDEM_DATABASE_PASSWORD", address.password(),
                "TANDEM_CLUSTER_SECRET", SECRET,
                "TANDEM_CLUSTER_PORT", Integer.toString(seat.clusterPort),
                "TANDEM_CLUSTER_EXTERNAL_ADDRESS", "127.0.0.1",
                "TANDEM_CLUSTER_EXTERNAL_PORT", Integer.toString(seat.fromOthers.port())));
  }

  int count() {
    return seats.size();
  }

  HttpClient http() {
    return http;
  }

  RunningWiki wiki(int node) {
    return seats.get(node).wiki;
  }

  /** Somebody who is signed in at a node, the same at each call. */
  WikiClient person(int node, String user) {
    return people.computeIfAbsent(
        node + user,
        same ->
            WikiClient.signedIn(seats.get(node).wiki.address(), user, WikiSettings.DEMO_PASSWORD));
  }

  /** What the stamps of a node carry as its name. */
  String name(int node) {
    Matcher own = NAME.matcher(wiki(node).output());
    if (!own.find()) {
      throw new AssertionError("the node does not tell its name: " + wiki(node).output());
    }
    return own.group(1);
  }

  /** The node whose stamps carry this name. */
  int named(String name) {
    return IntStream.range(0, seats.size())
        .filter(node -> name(node).equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no node stamps as " + name));
  }

  // --- faults -----------------------------------------------------------------------------------

  /** SIGKILL to all processes of the database at once. */
  void killDatabase() throws IOException {
    Path lock = folder.resolve("postgres").resolve("data").resolve("postmaster.pid");
    long pid = Long.parseLong(Files.readAllLines(lock).get(0).strip());
    ProcessHandle first = ProcessHandle.of(pid).orElseThrow();
    List<ProcessHandle> all = Stream.concat(Stream.of(first), first.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    await().atMost(PATIENCE).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** On the same folder, as an admin would. */
  void restartDatabase() throws IOException, DatabaseRefusal {
    Files.deleteIfExists(folder.resolve("postgres").resolve("data").resolve("postmaster.pid"));
    database.close();
    database = startDatabase();
  }

  DatabaseLink toDatabase(int node) {
    return seats.get(node).toDatabase;
  }

  /** No node hears of any other. */
  void split() {
    seats.forEach(seat -> seat.fromOthers.silence());
  }

  void heal() {
    seats.forEach(seat -> seat.fromOthers.mend());
  }

  /** Starts those that do not run, and waits until all nodes see each other. */
  void complete() {
    for (int i = 0; i < seats.size(); i++) {
      if (!wiki(i).runs()) {
        launch(i);
      }
    }
    await().atMost(PATIENCE).until(this::together);
  }

  private boolean together() {
    return seats.stream().allMatch(seat -> nodesInView(seat.wiki) == seats.size());
  }

  /** How many nodes this one sees, itself among them. */
  int nodesInView(int node) {
    return nodesInView(wiki(node));
  }

  private static int nodesInView(RunningWiki wiki) {
    Matcher view = VIEW.matcher(wiki.output());
    int nodes = 0;
    while (view.find()) {
      nodes = view.group(1).split(",").length;
    }
    return nodes;
  }

  /** All nodes end and start again; the database too. */
  void restart() throws DatabaseRefusal {
    seats.forEach(seat -> seat.wiki.close());
    database.close();
    database = startDatabase();
    complete();
  }

  @Override
  public void close() throws DatabaseRefusal {
    for (Seat seat : seats) {
      if (seat.wiki != null) {
        seat.wiki.resume();
        seat.wiki.close();
      }
      seat.toDatabase.close();
      seat.fromOthers.close();
    }
    database.close();
  }
}
