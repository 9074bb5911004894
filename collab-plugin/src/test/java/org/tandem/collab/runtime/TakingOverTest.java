package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.api.host.SavedVersion;
import org.tandem.api.host.UserId;
import org.tandem.collab.clock.HybridClock;
import org.tandem.collab.cluster.LoopNetwork;
import org.tandem.collab.log.InMemoryLog;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;

/** A crash between two steps of taking over what the wiki saved alone, and what is saved then. */
@Timeout(60)
class TakingOverTest {

  private static final Delta START = Delta.builder().insert("\n").build();

  private final PageId page = PageId.random();
  private final UserId user = UserId.random();
  private final OnePageWiki wiki = new OnePageWiki(page, START);
  private final InMemoryLog log = new InMemoryLog();
  private final HybridClock clock = new HybridClock("b", System::currentTimeMillis);

  private Revision revision(long rev, ClientId client, long seq, Delta delta) {
    return new Revision(rev, client, seq, user, delta, clock.next());
  }

  private void saveAlone(long rev, String text) {
    Delta document = Delta.builder().insert(text).build();
    wiki.saveAlone(new SavedVersion(rev, document, Set.of(user), Instant.EPOCH));
  }

  /** The first save is in the log by another revision than the wiki's, and not published. */
  @Test
  void addsOneSaveToAnotherThatWasTakenOverBefore() throws Exception {
    ClientId alone = PageLoader.aloneClient(page);
    log.create(page, 0, START);
    saveAlone(1, "one \n");
    Delta together = Delta.builder().insert("together ").build();
    Delta one = Delta.builder().retain(9).insert("one ").build();
    List<Revision> known =
        List.of(
            revision(1, new ClientId(UUID.randomUUID()), 1, together), revision(2, alone, 1, one));
    log.append(List.of(new OperationLog.Append(page, 0, known)));
    saveAlone(2, "one two \n");
    try (LoopNetwork network = new LoopNetwork();
        Node node = node(network)) {
      node.start();
      Delta expected = Delta.builder().insert("together one two \n").build();
      assertEquals(expected, node.current(page).get().orElseThrow().document());
    }
  }

  private Node node(LoopNetwork network) {
    return new Node(
        TestPorts.of(log, network.port("a"), wiki, new HybridClock("a", System::currentTimeMillis)),
        new Threads());
  }
}
