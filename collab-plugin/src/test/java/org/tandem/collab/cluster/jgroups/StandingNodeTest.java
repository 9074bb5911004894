package org.tandem.collab.cluster.jgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.collab.Clients;
import org.tandem.collab.RealDatabase;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.cluster.ClusterListener;
import org.tandem.collab.cluster.ClusterMessage;
import org.tandem.collab.cluster.ClusterRefusal;
import org.tandem.collab.cluster.ClusterView;
import org.tandem.collab.cluster.NodeId;
import org.tandem.collab.page.Revision;

/**
 * A node that stands still and is not suspected yet: pages that told it of a commit once stood too,
 * and with them all that their threads had to do.
 */
@Timeout(60)
class StandingNodeTest {

  private static final PageId PAGE = PageId.random();

  @TempDir Path folder;

  private JGroupsCluster start(ClusterListener listener) throws ClusterRefusal {
    JGroupsCluster cluster =
        new JGroupsCluster(
            new JGroupsSettings(
                InetAddress.getLoopbackAddress(),
                0,
                Optional.empty(),
                Optional.of("a secret of thirty-two characters"),
                Optional.empty()),
            RealDatabase.shared().pool(),
            new OwnSecret(folder.resolve("secret")));
    cluster.start(listener);
    return cluster;
  }

  /** Takes the first message and no other before it is let go. */
  private static final class Standing implements ClusterListener {

    private final CountDownLatch together = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final BlockingQueue<ClusterMessage> heads = new LinkedBlockingQueue<>();

    @Override
    public void view(ClusterView view) {
      if (view.nodes().size() == 2) {
        together.countDown();
      }
    }

    @Override
    public void message(NodeId from, ClusterMessage message) {
      try {
        letGo.await();
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      }
      if (message instanceof ClusterMessage.Head) {
        heads.add(message);
      }
    }
  }

  @Test
  void whoTellsANodeThatStandsStillGoesOn() throws Exception {
    Standing standing = new Standing();
    Standing sending = new Standing();
    try (JGroupsCluster one = start(sending);
        JGroupsCluster two = start(standing)) {
      assertTrue(sending.together.await(15, TimeUnit.SECONDS));
      assertTrue(standing.together.await(15, TimeUnit.SECONDS));
      Delta change = Delta.builder().insert("x".repeat(1 << 20)).build();
      Revision revision =
          new Revision(1, Clients.fresh(), 1, UserId.random(), change, new Stamp(1, "n"));
      ClusterMessage paste = new ClusterMessage.Committed(PAGE, List.of(revision));
      assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () -> {
            for (int i = 0; i < 3 * Stack.CREDITS >> 20; i++) {
              one.send(two.self(), paste);
            }
          });
      standing.letGo.countDown();
      ClusterMessage head = new ClusterMessage.Head(PAGE, 7);
      ClusterMessage heard = null;
      while (heard == null) {
        one.send(two.self(), head);
        heard = standing.heads.poll(100, TimeUnit.MILLISECONDS);
      }
      assertEquals(head, heard);
    }
  }
}
