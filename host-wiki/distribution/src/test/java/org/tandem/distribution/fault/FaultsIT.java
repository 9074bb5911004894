package org.tandem.distribution.fault;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.db.DatabaseRefusal;

/**
 * Two packaged nodes on one PostgreSQL, and a dozen typists who do not stop for any fault. Each
 * test types for {@code -Dfault.seconds} before the fault, under it and after it.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsIT {

  private static final int NODES = 2;
  private static final int SECONDS = Integer.getInteger("fault.seconds", 3);

  /** In which the next owner of a page answers. */
  private static final Duration NEXT_OWNER = Duration.ofSeconds(5);

  /** In which all pages are written again; clients wait the longer the longer it was away. */
  private static final Duration DATABASE_BACK = Duration.ofSeconds(15);

  /** In which a node that is silent is left out of the view. */
  private static final Duration DETECTED = Duration.ofSeconds(20);

  @TempDir private static Path folder;

  private static Wikis wikis;
  private static final List<Writing> finished = new ArrayList<>();

  @BeforeAll
  static void start() throws DatabaseRefusal {
    wikis = new Wikis(folder);
    wikis.start(NODES);
  }

  @AfterAll
  static void end() throws DatabaseRefusal {
    if (wikis != null) {
      wikis.close();
    }
  }

  @BeforeEach
  void allNodesAreTogether() {
    wikis.complete();
  }

  private static void finish(Writing writing) {
    writing.typeFor(SECONDS);
    writing.finish();
    finished.add(writing);
  }

  private static void assertWithin(Duration bound, Duration took, String what) {
    System.out.printf("  %s: %,d ms%n", what, took.toMillis());
    assertTrue(took.compareTo(bound) <= 0, what + " took " + took.toMillis() + " ms");
  }

  @Test
  void theOwnerOfAPageIsKilled() {
    try (Writing writing = Writing.begin(wikis, "The owner is killed")) {
      writing.typeFor(SECONDS);
      String owner = writing.owner(0);
      kill(wikis.named(owner), owner, writing);
    }
  }

  @Test
  void anotherNodeIsKilled() {
    try (Writing writing = Writing.begin(wikis, "Another node is killed")) {
      writing.typeFor(SECONDS);
      int other = (wikis.named(writing.owner(0)) + 1) % NODES;
      kill(other, wikis.name(other), writing);
    }
  }

  private static void kill(int node, String name, Writing writing) {
    long killed = System.nanoTime();
    wikis.wiki(node).kill();
    writing.typeFor(SECONDS);
    wikis.complete();
    finish(writing);
    assertWithin(
        NEXT_OWNER, writing.firstAcknowledgement(killed, name), "the next owner's first answer");
  }

  /** The stopped node wakes up with the belief that it owns its pages. */
  @Test
  void theOwnerOfAPageIsStoppedForLongerThanOthersWaitForIt() {
    try (Writing writing = Writing.begin(wikis, "The owner is stopped")) {
      writing.typeFor(SECONDS);
      String name = writing.owner(0);
      int owner = wikis.named(name);
      long stopped = System.nanoTime();
      wikis.wiki(owner).suspend();
      try {
        await().atMost(DETECTED).until(() -> wikis.nodesInView((owner + 1) % NODES) == NODES - 1);
        writing.typeFor(SECONDS);
      } finally {
        wikis.wiki(owner).resume();
      }
      finish(writing);
      assertWithin(
          NEXT_OWNER, writing.firstAcknowledgement(stopped, name), "the next owner's first answer");
    }
  }

  @Test
  void theDatabaseIsKilled() throws IOException, DatabaseRefusal {
    try (Writing writing = Writing.begin(wikis, "The database is killed")) {
      writing.typeFor(SECONDS);
      try {
        wikis.killDatabase();
        writing.typeFor(SECONDS);
      } finally {
        wikis.restartDatabase();
      }
      long restarted = System.nanoTime();
      writing.awaitAcknowledged();
      finish(writing);
      assertWithin(
          DATABASE_BACK, writing.firstAcknowledgement(restarted, ""), "the first answer after it");
    }
  }

  @Test
  void connectionsBreakInTheMidstOfCommits() {
    try (Writing writing = Writing.begin(wikis, "Commits are broken")) {
      int before = broken();
      for (int i = 0; i < NODES; i++) {
        wikis.toDatabase(i).breakCommits(20);
      }
      writing.typeFor(2 * SECONDS);
      for (int i = 0; i < NODES; i++) {
        wikis.toDatabase(i).breakCommits(0);
      }
      finish(writing);
      System.out.printf("  broken commits: %d%n", broken() - before);
      assertTrue(broken() - before >= DatabaseLink.Break.values().length, "all kinds of breaks");
    }
  }

  private static int broken() {
    int sum = 0;
    for (int i = 0; i < NODES; i++) {
      sum += wikis.toDatabase(i).broken();
    }
    return sum;
  }

  @Test
  void theNodesAreCutFromEachOtherAndReachTheDatabase() {
    try (Writing writing = Writing.begin(wikis, "The nodes are split")) {
      writing.typeFor(SECONDS);
      wikis.split();
      long split;
      long healed;
      try {
        await().atMost(DETECTED).until(() -> wikis.nodesInView(0) + wikis.nodesInView(1) == NODES);
        split = System.nanoTime();
        writing.typeFor(SECONDS);
      } finally {
        healed = System.nanoTime();
        wikis.heal();
      }
      wikis.complete();
      finish(writing);
      Duration news = writing.slowestNews(split, healed);
      assertWithin(Duration.ofSeconds(1), news, "converges within 1 s during the split");
    }
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void allIsStillThereAfterAllNodesAndTheDatabaseStartedAgain() throws DatabaseRefusal {
    wikis.restart();
    finished.forEach(Writing::assertAllIsThere);
  }
}
