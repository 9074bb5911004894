package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.collab.clock.HybridClock;
import org.tandem.collab.cluster.ClusterListener;
import org.tandem.collab.cluster.ClusterMessage;
import org.tandem.collab.cluster.ClusterView;
import org.tandem.collab.cluster.LoopNetwork;
import org.tandem.collab.cluster.NodeId;
import org.tandem.collab.log.InMemoryLog;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;

class RetentionTest {

  private static final Delta START = Delta.builder().insert("\n").build();

  private static final ClusterListener DEAF =
      new ClusterListener() {
        @Override
        public void view(ClusterView view) {}

        @Override
        public void message(NodeId from, ClusterMessage message) {}
      };

  private final PageId page = PageId.random();
  private final OnePageWiki wiki = new OnePageWiki(page, START);
  private final InMemoryLog log = new InMemoryLog();
  private final HybridClock clock = new HybridClock("a", System::currentTimeMillis);
  private final Clockwork clockwork = new Clockwork();

  /** No history is configured to end: what the wiki has is kept, what it deleted goes. */
  @Test
  void forgetsWhatTheWikiDeletedWhileNoNodeRan() throws Exception {
    try (LoopNetwork network = new LoopNetwork()) {
      PageId gone = PageId.random();
      written(page);
      written(gone);
      Ports ports = TestPorts.of(log, network.port("a"), wiki, clock);
      ports.cluster().start(DEAF);

      new Retention(ports, clockwork).start();
      clockwork.runUntil(Retention.FIRST - 1);
      assertEquals(1, log.head(gone));
      clockwork.runUntil(Retention.FIRST + 1_000);

      assertEquals(1, log.head(page));
      assertEquals(-1, log.head(gone));
    }
  }

  /** Without its database the wiki knows of no page: none of them is deleted. */
  @Test
  void forgetsNothingWhileTheWikiDoesNotAnswer() throws Exception {
    try (LoopNetwork network = new LoopNetwork()) {
      PageId gone = PageId.random();
      written(gone);
      Ports ports = TestPorts.of(log, network.port("a"), wiki, clock);
      ports.cluster().start(DEAF);
      wiki.away(true);

      new Retention(ports, clockwork).start();
      clockwork.runUntil(Retention.FIRST + 1_000);
      assertEquals(1, log.head(gone));
      wiki.away(false);
      clockwork.runUntil(Retention.FIRST + Retention.EVERY + 1_000);

      assertEquals(-1, log.head(gone));
    }
  }

  private void written(PageId on) {
    log.create(on, 0, START);
    ClientId client = new ClientId(UUID.randomUUID());
    Delta word = Delta.builder().insert("word ").build();
    Revision revision = new Revision(1, client, 1, UserId.random(), word, clock.next());
    log.append(List.of(new OperationLog.Append(on, 0, List.of(revision))));
  }
}
