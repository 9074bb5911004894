package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandem.api.delta.Delta;
import org.tandem.api.editor.ProposedChange.Manner;
import org.tandem.api.editor.SaveOutcome;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.collab.clock.HybridClock;
import org.tandem.collab.cluster.LoopNetwork;
import org.tandem.collab.log.InMemoryLog;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.page.Revision;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.ClientId;
import org.tandem.collab.protocol.CloseCode;

/**
 * A node that stood still while others wrote and the retention policy deleted what they wrote: it
 * cannot follow revision by revision any more.
 */
@Timeout(60)
class BehindTheLogTest {

  private static final Delta WORD = Delta.builder().insert("word ").build();

  private final PageId page = PageId.random();
  private final OnePageWiki wiki = new OnePageWiki(page, Delta.builder().insert("\n").build());
  private final InMemoryLog log = new InMemoryLog();
  private final HybridClock clock = new HybridClock("b", System::currentTimeMillis);

  private void writtenElsewhere(int revisions) {
    ClientId client = new ClientId(UUID.randomUUID());
    UserId user = UserId.random();
    List<Revision> all = new ArrayList<>();
    for (int rev = 1; rev <= revisions; rev++) {
      all.add(new Revision(rev, client, rev, user, WORD, clock.next()));
    }
    log.append(List.of(new OperationLog.Append(page, 0, all)));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void sendsItsClientsAwayAndGoesOnFromTheDocument(int published) throws Exception {
    try (LoopNetwork network = new LoopNetwork();
        Node node = node(network)) {
      node.start();
      ScriptedClient reader = new ScriptedClient(page);
      reader.join(node);
      writtenElsewhere(5);
      log.published(page, published);
      log.delete(page, Long.MAX_VALUE);

      Submission save =
          new Submission(
              new ClientId(UUID.randomUUID()), 1, UserId.random(), 5, List.of(WORD), Manner.TYPED);
      SaveOutcome outcome = node.save(page, save).get();
      for (int i = 0; i < 3 && outcome instanceof SaveOutcome.Unavailable; i++) {
        outcome = node.save(page, save).get();
      }

      assertEquals(new SaveOutcome.Saved(6), outcome);
      reader.await("sent away", away -> away.closed().equals(Optional.of(CloseCode.OVERLOADED)));
    }
  }

  /** It was given the document that this node still had, older than its own. */
  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void givesTheDocumentOfNowToWhoComesFromANodeThatWasAhead(int published) throws Exception {
    try (LoopNetwork network = new LoopNetwork();
        LoopNetwork unseen = new LoopNetwork();
        Node behind = node(network);
        Node ahead = node(unseen)) {
      behind.start();
      ahead.start();
      new ScriptedClient(page).join(behind);
      writtenElsewhere(5);
      log.published(page, published);
      log.delete(page, Long.MAX_VALUE);
      ScriptedClient comes = new ScriptedClient(page);
      comes.join(ahead);
      comes.cut();
      comes.join(behind);
      assertEquals(5, comes.rev());
      assertEquals(log.documentAt(page, 5).orElseThrow(), comes.document());
    }
  }

  private Node node(LoopNetwork network) {
    return new Node(
        TestPorts.of(log, network.port("a"), wiki, new HybridClock("a", System::currentTimeMillis)),
        new Threads());
  }
}
