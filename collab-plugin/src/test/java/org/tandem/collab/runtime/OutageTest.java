package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.PlainText;
import org.tandem.api.host.PageId;
import org.tandem.collab.RealDatabase;
import org.tandem.collab.clock.HybridClock;
import org.tandem.collab.cluster.InMemoryDoorbells;
import org.tandem.collab.cluster.LoopNetwork;
import org.tandem.collab.log.hibernate.HibernateCompaction;
import org.tandem.collab.protocol.ClientFrame;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.Selection;

/** A node whose real database goes and comes back. */
@Timeout(180)
class OutageTest {

  /** What an append may take that was under way when the database stopped, and some. */
  private static final Duration GIVEN_UP = Duration.ofSeconds(9);

  private static final Duration SOON = Duration.ofMillis(1_000);
  private static final Duration BACK = Duration.ofMillis(5_000);

  @TempDir private Path folder;

  private final PageId page = PageId.random();
  private final LoopNetwork network = new LoopNetwork();
  private final List<String> typed = new ArrayList<>();
  private RealDatabase database;
  private Node node;
  private ScriptedClient writer;
  private ScriptedClient reader;

  @BeforeEach
  void start() throws Exception {
    database = RealDatabase.in(folder);
    OnePageWiki wiki = new OnePageWiki(page, Delta.builder().insert("\n").build());
    Threads threads = new Threads();
    node =
        new Node(
            TestPorts.of(
                database.guardedLog(threads::later),
                new HibernateCompaction(database.sessions()),
                network.port("a"),
                new InMemoryDoorbells().bell(),
                wiki,
                new HybridClock("a", System::currentTimeMillis)),
            threads);
    node.start();
    writer = new ScriptedClient(page);
    writer.join(node);
    reader = new ScriptedClient(page);
    reader.join(node);
    type();
    writer.await("acknowledged", ScriptedClient::settled);
  }

  @AfterEach
  void end() {
    node.close();
    network.close();
    database.close();
  }

  private void type() {
    String word = "w" + typed.size() + ";";
    typed.add(word);
    writer.type(Delta.builder().insert(word).build());
  }

  /** Types until that is acknowledged, and joins again as a client does. */
  private Duration typeUntilAcknowledged() {
    Instant begun = Instant.now();
    while (true) {
      if (writer.closed().isPresent()) {
        rejoin();
        continue;
      }
      int errors = writer.errorCount();
      type();
      writer.await(
          "answered",
          client ->
              client.settled() || client.errorCount() > errors || client.closed().isPresent());
      if (writer.settled()) {
        return Duration.between(begun, Instant.now());
      }
      pause();
    }
  }

  /** A client that was refused asks again after a while, though not as soon as this. */
  private static void pause() {
    new CompletableFuture<Void>().completeOnTimeout(null, 100, TimeUnit.MILLISECONDS).join();
  }

  private void rejoin() {
    writer.connect(node);
    writer.await("answered", client -> client.joined() || client.closed().isPresent());
  }

  /** Types once; how long it took until that was told not to be saved, or to be uncertain. */
  private Duration refusedAfter() {
    Instant begun = Instant.now();
    int errors = writer.errorCount();
    type();
    writer.await("refused", client -> client.errorCount() > errors || client.closed().isPresent());
    return Duration.between(begun, Instant.now());
  }

  private void caretsGoOn(int index) {
    Instant begun = Instant.now();
    reader.send(new ClientFrame.Cursor(Optional.of(new Selection(reader.rev(), index, 0))));
    writer.await(
        "a caret",
        client ->
            client.heard().stream()
                .anyMatch(
                    frame ->
                        frame.get("t").asText().equals("cursor")
                            && frame.path("index").asInt(-1) == index));
    assertWithin(SOON, Duration.between(begun, Instant.now()), "a caret");
  }

  private static void assertWithin(Duration most, Duration took, String what) {
    assertTrue(took.compareTo(most) < 0, what + " took " + took);
  }

  /** Between the database's going and its return. */
  private void away(Duration firstRefusal) {
    caretsGoOn(1);
    assertWithin(firstRefusal, refusedAfter(), "the first refusal");
    if (writer.closed().isPresent()) {
      assertEquals(Optional.of(CloseCode.OVERLOADED), writer.closed());
    } else {
      for (int i = 0; i < 5; i++) {
        Duration took = refusedAfter();
        if (i > 2) {
          assertWithin(SOON, took, "a refusal");
        }
      }
      caretsGoOn(2);
    }
    Instant begun = Instant.now();
    ScriptedClient late = new ScriptedClient(page);
    late.connect(node);
    late.await("answered", client -> client.closed().isPresent());
    assertEquals(Optional.of(CloseCode.OVERLOADED), late.closed());
    assertWithin(SOON, Duration.between(begun, Instant.now()), "the answer to a join");
  }

  private void everythingIsThereOnce() {
    reader.await("the same text", client -> client.document().equals(writer.document()));
    String text = PlainText.of(writer.document());
    for (String word : typed) {
      assertEquals(1, text.split(word, -1).length - 1, word + " in " + text);
    }
    ScriptedClient fresh = new ScriptedClient(page);
    fresh.join(node);
    assertEquals(writer.document(), fresh.document());
  }

  @Test
  void goesOnWhenAStoppedDatabaseIsContinued() throws Exception {
    database.signal("STOP");
    try {
      away(GIVEN_UP);
    } finally {
      database.signal("CONT");
    }
    assertWithin(BACK, typeUntilAcknowledged(), "the first acknowledgement");
    everythingIsThereOnce();
  }

  @Test
  void goesOnWhenAnEndedDatabaseIsStartedAgain() throws Exception {
    database.stop();
    away(GIVEN_UP);
    database.startAgain();
    assertWithin(BACK, typeUntilAcknowledged(), "the first acknowledgement");
    everythingIsThereOnce();
  }
}
