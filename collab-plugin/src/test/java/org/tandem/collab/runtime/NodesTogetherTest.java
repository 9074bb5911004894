package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.editor.ProposedChange.Manner;
import org.tandem.api.editor.SaveOutcome;
import org.tandem.api.host.SavedVersion;
import org.tandem.api.host.UserId;
import org.tandem.collab.Clients;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.page.Revision;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.ClientFrame;
import org.tandem.collab.protocol.CloseCode;

/**
 * Several nodes and one order: owners that go or do not answer, clocks that differ, news that come
 * late.
 */
@Timeout(120)
class NodesTogetherTest extends ThreeNodes {

  @Test
  void convergesForManyWritersOnAllNodes() {
    long seed = Long.getLong("tandem.seed", System.nanoTime());
    System.err.println("NodeTest seed " + seed + " (repeat with -Dtandem.seed=" + seed + ")");
    Random random = new Random(seed);
    List<ScriptedClient> clients = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      clients.add(join(i % 3));
    }
    int words = 0;
    for (int round = 0; round < 60; round++) {
      for (ScriptedClient client : clients) {
        int length = client.document().length();
        int at = random.nextInt(length);
        if (random.nextInt(4) == 0 && at < length - 2) {
          client.type(Delta.builder().retain(at).retain(1, Attributes.of(Map.of())).build());
        }
        client.type(insert(at, "w" + words++ + "."));
      }
    }
    assertConverged(clients);
    String all = text(clients.get(0).document());
    int length = 0;
    for (int word = 0; word < words; word++) {
      length += ("w" + word + ".").length();
    }
    assertEquals(length + 1, all.length(), "every word once, though others stand inside some");
  }

  @Test
  void goesOnWhenTheOwnerIsGone() {
    List<ScriptedClient> clients = List.of(join(0), join(1), join(2));
    clients.get(0).type(insert(0, "before "));
    assertConverged(clients);
    // Each node in turn: one of the three is the owner.
    network.cut(clusters.get(0));
    clients.get(1).type(insert(0, "one "));
    clients.get(2).type(insert(0, "two "));
    assertConverged(List.of(clients.get(1), clients.get(2)));
    network.cut(clusters.get(1));
    clients.get(2).type(insert(0, "three "));
    clients.get(2).await("settled", ScriptedClient::settled);
    // The node that was cut off is fenced when it goes on as if nothing had happened.
    clients.get(0).type(insert(0, "zombie "));
    clients.get(0).await("settled", ScriptedClient::settled);
    assertEquals(
        "zombie three two one before".length(), text(clients.get(0).document()).trim().length());
    assertEquals(
        log.documentAt(page, clients.get(0).rev()).orElseThrow(), clients.get(0).document());
  }

  /** With a code after which a client joins again: where clocks are wrong it may be the newer. */
  @Test
  void closesTheOlderOfTwoConnectionsOfOneClientOnDifferentNodes() {
    ScriptedClient first = join(0);
    ScriptedClient second = new ScriptedClient(page, first.id, first.user);
    ScriptedClient witness = join(2);
    clockOffset.set(TimeUnit.SECONDS.toMillis(20));
    second.join(nodes.get(1));
    first.await("closed", old -> old.closed().equals(Optional.of(CloseCode.OVERLOADED)));
    first.cut();
    ScriptedClient later = join(2);
    later.await("told of the second", told -> told.toldOf(first.id, "joined"));
    assertTrue(!witness.toldOf(first.id, "left"));
  }

  /** The owner of a page may hear of a revision later than a client of another node. */
  @Test
  void takesAChangeOnARevisionThatIsStillOnItsWay() {
    ScriptedClient client = join(0);
    client.type(insert(0, "one "));
    client.await("settled", ScriptedClient::settled);
    Revision first = log.revisions(page, 0, 1).get(0);
    Revision unheard =
        new Revision(2, Clients.fresh(), 1, UserId.random(), insert(0, "two "), first.stamp());
    log.append(List.of(new OperationLog.Append(page, 1, List.of(unheard))));
    client.send(new ClientFrame.Op(2, 2, insert(8, "three ")));
    client.await("answered", told -> isAcknowledged(told, 3) || !told.errors.isEmpty());
    assertEquals(List.of(), client.errors);
    assertEquals("two one three \n", text(log.documentAt(page, 3).orElseThrow()));
  }

  @Test
  void stampsStayInOrderThroughARestartWithAClockThatIsBehind() throws Exception {
    ScriptedClient client = join(0);
    client.type(insert(0, "before "));
    client.await("settled", ScriptedClient::settled);
    client.cut();
    nodes.forEach(Node::close);
    nodes.clear();
    clockOffset.set(-TimeUnit.HOURS.toMillis(1));
    start();
    ScriptedClient again = join(1);
    again.type(insert(0, "after "));
    again.await("settled", ScriptedClient::settled);
    List<Revision> revisions = log.revisions(page, 0, 2);
    assertTrue(revisions.get(0).stamp().compareTo(revisions.get(1).stamp()) < 0);
  }

  /** A stamp too far ahead was refused, and the next owner gave the next revision a lower one. */
  @Test
  void stampsGrowOnAPageAfterAnOwnerWhoseClockWasFarAhead() {
    fast = owner();
    int other = (fast + 1) % NAMES.size();
    ScriptedClient client = join(other);
    client.type(insert(0, "before "));
    client.await("settled", ScriptedClient::settled);
    network.cut(clusters.get(fast));
    client.type(insert(0, "after "));
    client.await("settled", ScriptedClient::settled);
    List<Revision> revisions = log.revisions(page, 0, 2);
    assertTrue(revisions.get(0).stamp().compareTo(revisions.get(1).stamp()) < 0);
  }

  /**
   * A view tells of a stopped owner late, and of a slow one never: the log may be asked at once.
   */
  @Test
  void doesWithoutAnOwnerThatDoesNotAnswer() {
    int owner = owner();
    ScriptedClient client = join((owner + 1) % NAMES.size());
    ScriptedClient other = join((owner + 2) % NAMES.size());
    network.silence(clusters.get(owner));
    client.type(insert(0, "without "));
    other.type(insert(0, "owner "));
    assertConverged(List.of(client, other));
    assertTrue(client.errors.isEmpty() && other.errors.isEmpty());
  }

  /**
   * Another node committed the change and its news were lost: the owner knew the client's mark from
   * the log, which was above its own head, and waited for a commit of its own that never came.
   */
  @Test
  void answersWhatWasCommittedElsewhereAndNotHeardOf() throws Exception {
    ScriptedClient here = join(owner());
    for (int other = 1; other < NAMES.size(); other++) {
      ScriptedClient there = join((owner() + other) % NAMES.size());
      here.await("told of the other node", told -> told.toldOf(there.id, "joined"));
    }
    Submission save =
        new Submission(
            Clients.fresh(), 1, UserId.random(), 0, List.of(insert(0, "there ")), Manner.SAVED);
    Stamp stamp = new Stamp(1 << 16, "elsewhere");
    var revision = new Revision(1, save.client(), 1, save.user(), save.changes().get(0), stamp);
    log.append(List.of(new OperationLog.Append(page, 0, List.of(revision))));
    SaveOutcome outcome = nodes.get(owner()).save(page, save).get(10, TimeUnit.SECONDS);
    assertEquals(new SaveOutcome.Saved(1), outcome);
    assertEquals(1, log.head(page));
  }

  /** Whoever was there was not told, and had them only by the next change. */
  @Test
  void savesMadeAloneThatAnotherNodeTakesOverReachWhoIsThere() {
    ScriptedClient there = join(owner());
    there.type(insert(0, "together "));
    there.await("settled", ScriptedClient::settled);
    while (wiki.held().rev() < 1) {
      Thread.onSpinWait();
    }
    Delta saved = Delta.builder().insert("together and alone\n").build();
    wiki.saveAlone(new SavedVersion(2, saved, Set.of(UserId.random()), Instant.EPOCH));
    ScriptedClient comes = join((owner() + 1) % 3);
    assertEquals(saved, comes.document());
    there.await("at revision 2", late -> late.rev() == 2);
    assertConverged(List.of(there, comes));
  }
}
