package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.Access;
import org.tandem.api.host.UserId;
import org.tandem.collab.Clients;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.cluster.Cluster;
import org.tandem.collab.cluster.ClusterListener;
import org.tandem.collab.cluster.ClusterMessage;
import org.tandem.collab.cluster.ClusterView;
import org.tandem.collab.cluster.NodeId;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.Selection;
import org.tandem.collab.protocol.ServerFrame;

/** What waits for a page that does not get on: as long as the test wants, its mailbox stands. */
class OverloadTest extends StandingPage {

  /** Another node, of which only the views matter. */
  private record Views(Consumer<ClusterView> seen) implements ClusterListener {

    @Override
    public void view(ClusterView view) {
      seen.accept(view);
    }

    @Override
    public void message(NodeId from, ClusterMessage message) {}
  }

  private static void countDownAt(int nodes, ClusterView view, CountDownLatch latch) {
    if (view.nodes().size() == nodes) {
      latch.countDown();
    }
  }

  /** Each of them waited in the mailbox once, twenty a second, as long as the page stood still. */
  @Test
  void ofManyCaretsTheNewestWaits() {
    Client mover = join();
    Client beside = join();
    workers.run();
    stand();
    for (int i = 0; i < 10_000; i++) {
      now.addAndGet(50);
      mover.say("{\"t\":\"cursor\",\"rev\":0,\"index\":0,\"length\":0}");
    }
    workers.run();
    assertEquals(1, beside.heard("cursor"));
    now.addAndGet(50);
    mover.say("{\"t\":\"cursor\"}");
    workers.run();
    assertEquals(2, beside.heard("cursor"));
  }

  @Test
  void whoComesToAPageWithTooMuchBeforeItIsSentAway() {
    Client writer = join();
    Client beside = join();
    workers.run();
    writer.say(OP);
    workers.run();
    assertEquals(1, writer.heard("ack"));
    Client[] writers = new Client[11];
    for (int i = 0; i < writers.length; i++) {
      writers[i] = join();
    }
    workers.run();
    for (Client one : writers) {
      one.say(OP);
    }
    workers.run();
    stand();
    for (int i = 0; i < 10_001; i++) {
      now.addAndGet(5);
      writers[i % writers.length].say(OP);
    }
    assertEquals(Optional.of(CloseCode.OVERLOADED), join().closed);
    beside.say(OP);
    assertEquals(1, beside.heard("error"), "unavailable");
    workers.run();
    assertEquals(Optional.empty(), join().closed);
  }

  /** Nobody would ever answer it: what was acknowledged is not refused. */
  @Test
  void aRepetitionThatCannotBeLookedUpSendsItsClientToJoinAgain() {
    Client[] writers = new Client[12];
    for (int i = 0; i < writers.length; i++) {
      writers[i] = join();
      workers.run();
      writers[i].say(OP);
      workers.run();
    }
    stand();
    for (int i = 0; i < 10_001; i++) {
      now.addAndGet(5);
      writers[i % 11].say(OP);
    }
    writers[11].say(OP);
    workers.run();
    assertEquals(Optional.of(CloseCode.OVERLOADED), writers[11].closed);
  }

  @Test
  void aRepetitionIsAcknowledgedAlsoToWhoMayOnlyReadByNow() {
    Client writer = join();
    workers.run();
    writer.say(OP);
    workers.run();
    wiki.grant(writer.user.id(), Access.VIEW);
    writer.say(OP);
    workers.run();
    assertEquals(2, writer.heard("ack"));
  }

  /** Letters of other nodes once had no bound; what a page does without, the log has. */
  @Test
  void newsOfOtherNodesIsLeftOutAndReadInTheLogLater() throws Exception {
    Client reader = join();
    workers.run();
    Cluster other = network.port("b");
    CountDownLatch delivered = new CountDownLatch(1);
    other.start(new Views(view -> countDownAt(3, view, delivered)));
    Revision revision =
        new Revision(
            1,
            Clients.fresh(),
            1,
            UserId.random(),
            Delta.builder().insert("x").build(),
            new Stamp(1, "b"));
    log.append(List.of(new OperationLog.Append(page, 0, List.of(revision))));
    var caret = new ServerFrame.Cursor(revision.client(), Optional.of(new Selection(0, 0, 0)));
    for (int i = 0; i < 12_000; i++) {
      other.send(new NodeId("a"), new ClusterMessage.Presence(page, caret));
    }
    other.send(new NodeId("a"), new ClusterMessage.Committed(page, List.of(revision)));
    // Messages are delivered in order, and so is the view that this brings about.
    network.port("c").start(new Views(view -> {}));
    assertTrue(delivered.await(20, TimeUnit.SECONDS));
    workers.run();
    assertTrue(reader.heard("cursor") <= 10_001, reader.heard("cursor") + " carets waited");
    assertEquals(1, reader.heard("op"));
  }

  /** Hundreds of changes of a megabyte each once went into one transaction. */
  @Test
  void longChangesAreAppendedInParts() {
    Client[] writers = new Client[10];
    for (int i = 0; i < writers.length; i++) {
      writers[i] = join();
    }
    workers.run();
    stand();
    // The first goes by itself, as the others wait for what becomes of it.
    String text = "x".repeat((int) Batch.WEIGHT_AT_ONCE / 5);
    for (Client writer : writers) {
      writer.say("{\"t\":\"op\",\"seq\":1,\"rev\":0,\"delta\":[{\"insert\":\"" + text + "\"}]}");
    }
    workers.run();
    for (Client writer : writers) {
      assertEquals(1, writer.heard("ack"));
    }
    assertEquals(3, workers.commits);
  }

  /** Repetitions of what is acknowledged are never in flight, so nothing else held them up. */
  @Test
  void whoFillsTheMailboxAloneIsClosed() {
    Client writer = join();
    workers.run();
    writer.say(OP);
    workers.run();
    stand();
    for (int i = 0; i <= Requests.LETTERS; i++) {
      now.addAndGet(5);
      writer.say(OP);
    }
    workers.run();
    assertEquals(Optional.of(CloseCode.TOO_SLOW), writer.closed);
  }
}
