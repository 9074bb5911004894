package org.tandem.collab.cluster.jgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.api.host.PageId;
import org.tandem.collab.RealDatabase;
import org.tandem.collab.cluster.ClusterListener;
import org.tandem.collab.cluster.ClusterMessage;
import org.tandem.collab.cluster.ClusterRefusal;
import org.tandem.collab.cluster.ClusterView;
import org.tandem.collab.cluster.NodeId;

/** Real JGroups on loopback, found through a real PostgreSQL. */
@Timeout(60)
class JGroupsClusterTest {

  private static final String SECRET = "a secret of many characters";
  private static final PageId PAGE = PageId.random();

  @TempDir Path folder;

  private final List<JGroupsCluster> started = new ArrayList<>();

  /** Remembers what it hears, for tests that wait. */
  private static final class Ear implements ClusterListener {

    private final BlockingQueue<ClusterView> views = new LinkedBlockingQueue<>();
    private final BlockingQueue<ClusterMessage> messages = new LinkedBlockingQueue<>();

    @Override
    public void view(ClusterView view) {
      views.add(view);
    }

    @Override
    public void message(NodeId from, ClusterMessage message) {
      messages.add(message);
    }

    void awaitNodes(int count) throws InterruptedException {
      ClusterView view;
      do {
        view = views.poll(15, TimeUnit.SECONDS);
        assertTrue(view != null, "no view of " + count + " nodes in time");
      } while (view.nodes().size() != count);
    }

    ClusterMessage next() throws InterruptedException {
      return messages.poll(10, TimeUnit.SECONDS);
    }
  }

  @AfterEach
  void leave() {
    started.forEach(JGroupsCluster::close);
  }

  private JGroupsCluster start(
      Ear ear, Optional<String> secret, Optional<JGroupsSettings.Stores> stores)
      throws ClusterRefusal {
    JGroupsCluster cluster =
        new JGroupsCluster(
            new JGroupsSettings(InetAddress.getLoopbackAddress(), 0, secret, stores),
            RealDatabase.shared().pool(),
            new OwnSecret(folder.resolve("secret")));
    cluster.start(ear);
    started.add(cluster);
    return cluster;
  }

  private JGroupsCluster start(Ear ear, String secret) throws ClusterRefusal {
    return start(ear, Optional.of(secret), Optional.empty());
  }

  @Test
  void joinsAndHearsInOrder() throws Exception {
    Ear first = new Ear();
    Ear second = new Ear();
    JGroupsCluster one = start(first, SECRET);
    assertEquals(List.of(one.self()), one.view().nodes());
    JGroupsCluster two = start(second, SECRET);
    second.awaitNodes(2);
    first.awaitNodes(2);
    assertEquals(one.view(), two.view());
    for (long i = 0; i < 200; i++) {
      ClusterMessage message = new ClusterMessage.Head(PAGE, i);
      if (i % 2 == 0) {
        one.send(two.self(), message);
      } else {
        one.broadcast(message);
      }
    }
    List<ClusterMessage> heard = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      heard.add(second.next());
    }
    assertEquals(
        LongStream.range(0, 200)
            .<ClusterMessage>mapToObj(i -> new ClusterMessage.Head(PAGE, i))
            .toList(),
        heard);
    assertTrue(first.messages.isEmpty(), "a node does not hear itself");
  }

  @Test
  void seesANodeLeave() throws Exception {
    Ear ear = new Ear();
    start(ear, SECRET);
    JGroupsCluster leaving = start(new Ear(), SECRET);
    ear.awaitNodes(2);
    leaving.close();
    ear.awaitNodes(1);
  }

  @Test
  void refusesANodeWithAnotherSecret() throws Exception {
    Ear ear = new Ear();
    JGroupsCluster one = start(ear, SECRET);
    long begin = System.nanoTime();
    ClusterRefusal refused =
        assertThrows(
            ClusterRefusal.class, () -> start(new Ear(), "another secret of many characters"));
    assertTrue(refused.getMessage().contains("another cluster secret"), refused.getMessage());
    assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(8), "within seconds");
    assertEquals(1, one.view().nodes().size());
  }

  @Test
  void refusesAShortSecret() {
    ClusterRefusal refused = assertThrows(ClusterRefusal.class, () -> start(new Ear(), "short"));
    assertTrue(refused.getMessage().contains("characters"), refused.getMessage());
  }

  @Test
  void makesASecretOfItsOwnAndKeepsIt() throws Exception {
    Ear ear = new Ear();
    start(ear, Optional.empty(), Optional.empty());
    String made = Files.readString(folder.resolve("secret"));
    start(new Ear(), made);
    ear.awaitNodes(2);
  }

  @Test
  void takesAnAdminsOwnStores() throws Exception {
    JGroupsSettings.Stores stores = stores();
    Ear ear = new Ear();
    start(ear, Optional.empty(), Optional.of(stores));
    start(new Ear(), Optional.empty(), Optional.of(stores));
    ear.awaitNodes(2);
    assertThrows(ClusterRefusal.class, () -> start(new Ear(), SECRET));
  }

  private JGroupsSettings.Stores stores() throws Exception {
    SecretAuthority authority = SecretAuthority.of("the admin's own authority");
    SecretAuthority.Issued issued = authority.issue();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    Certificate[] chain = {issued.certificate(), authority.certificate()};
    keys.setKeyEntry("node", issued.key(), "keys".toCharArray(), chain);
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("ca", authority.certificate());
    return new JGroupsSettings.Stores(
        store(keys, "keys.p12", "keys"), "keys", store(trust, "trust.p12", "trust"), "trust");
  }

  private Path store(KeyStore store, String name, String password) throws Exception {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, password.toCharArray());
    }
    return file;
  }
}
