package org.tandem.collab.cluster.jgroups;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.EmptyMessage;
import org.jgroups.JChannel;
import org.jgroups.ObjectMessage;
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
import org.tandem.collab.cluster.MessageCodec;
import org.tandem.collab.cluster.NodeId;
import org.tandem.db.DatabaseAddress;

/** Real JGroups on loopback, found through a real PostgreSQL. */
@Timeout(60)
class JGroupsClusterTest {

  private static final String SECRET = "a secret of thirty-two characters";
  private static final PageId PAGE = PageId.random();

  private static final byte[] HELLO = "hello, I am nobody you know".getBytes(UTF_8);

  @TempDir Path folder;

  private final List<JGroupsCluster> started = new CopyOnWriteArrayList<>();

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
      return messages.poll(20, TimeUnit.SECONDS);
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
            new JGroupsSettings(
                InetAddress.getLoopbackAddress(), 0, Optional.empty(), secret, stores),
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
  void seesANodeDieAndForgetsIt() throws Exception {
    Process node = child();
    try {
      Ear ear = new Ear();
      start(ear, SECRET);
      ear.awaitNodes(2);
      node.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      long begin = System.nanoTime();
      ear.awaitNodes(1);
      assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(5), "within seconds");
    } finally {
      node.destroyForcibly();
    }
    start(new Ear(), SECRET);
    awaitListed(2, "the living ones");
  }

  /** Another process with a node, which has joined when this returns. */
  private Process child() throws Exception {
    DatabaseAddress database = RealDatabase.shared().address();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LonelyNode.class.getName(),
                database.url(),
                database.user(),
                database.password(),
                SECRET)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertEquals('.', process.getInputStream().read());
    return process;
  }

  /** Who is there is written down behind the view that tells of it. */
  private static void awaitListed(int nodes, String which) throws SQLException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    int listed = listed();
    while (listed != nodes && System.nanoTime() < end) {
      listed = listed();
    }
    assertEquals(nodes, listed, which);
  }

  private static int listed() throws SQLException {
    try (Connection connection = RealDatabase.shared().pool().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from collab.node")) {
      row.next();
      return row.getInt(1);
    }
  }

  @Test
  void joinsWhenBothStartAtOnce() throws Exception {
    Ear first = new Ear();
    Ear second = new Ear();
    assertEquals(List.of(true, true), atOnce(first, SECRET, second, SECRET));
    first.awaitNodes(2);
    second.awaitNodes(2);
  }

  @Test
  void refusesOneAtLeastWhenTwoSecretsStartAtOnce() throws Exception {
    Ear first = new Ear();
    Ear second = new Ear();
    List<Boolean> accepted =
        atOnce(first, SECRET, second, "another secret of thirty-two characters");
    assertTrue(accepted.contains(false), "neither saw the other");
    for (Ear ear : List.of(first, second)) {
      assertTrue(ear.views.stream().allMatch(view -> view.nodes().size() == 1));
    }
  }

  private List<Boolean> atOnce(Ear first, String firstSecret, Ear second, String secondSecret)
      throws Exception {
    RealDatabase.shared();
    CyclicBarrier together = new CyclicBarrier(2);
    CompletableFuture<Boolean> one =
        CompletableFuture.supplyAsync(() -> accepted(together, first, firstSecret));
    boolean two = accepted(together, second, secondSecret);
    return List.of(one.get(20, TimeUnit.SECONDS), two);
  }

  private boolean accepted(CyclicBarrier together, Ear ear, String secret) {
    try {
      together.await();
      start(ear, secret);
      return true;
    } catch (ClusterRefusal refused) {
      return false;
    } catch (InterruptedException | BrokenBarrierException broken) {
      throw new AssertionError(broken);
    }
  }

  @Test
  void listensOnOnePortOnly() throws Exception {
    RealDatabase.shared();
    List<String> before = listening();
    start(new Ear(), SECRET);
    List<String> own = new ArrayList<>(listening());
    own.removeAll(before);
    assertEquals(1, own.size(), own.toString());
  }

  /** The sockets of this process that others can connect to. */
  private static List<String> listening() throws IOException {
    Set<String> own = new HashSet<>();
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      for (Path file : open.toList()) {
        if (Files.isSymbolicLink(file)) {
          own.add(Files.readSymbolicLink(file).toString());
        }
      }
    }
    List<String> sockets = new ArrayList<>(Files.readAllLines(Path.of("/proc/self/net/tcp")));
    sockets.addAll(Files.readAllLines(Path.of("/proc/self/net/tcp6")));
    return sockets.stream()
        .map(line -> line.strip().split("\\s+"))
        .filter(facts -> facts[3].equals("0A") && own.contains("socket:[" + facts[9] + "]"))
        .map(facts -> facts[1])
        .toList();
  }

  @Test
  void hearsNobodyWithoutACertificateOfTheCluster() throws Exception {
    Ear ear = new Ear();
    start(ear, SECRET);
    InetSocketAddress port = port();
    assertThrows(IOException.class, () -> sayHello(port, strangersKeys(), "TLSv1.3"));
    assertThrows(
        IOException.class,
        () -> sayHello(port, ClusterKeys.of("a stranger's secret, which is long too"), "TLSv1.3"));
    assertThrows(IOException.class, () -> sayHello(port, ClusterKeys.of(SECRET), "TLSv1.2"));
    try (Socket plain = new Socket()) {
      plain.connect(port);
      plain.setSoTimeout(20_000);
      plain.getOutputStream().write(HELLO);
      while (plain.getInputStream().read() >= 0) {
        // An alert of TLS may come before the end.
      }
    } catch (SocketException reset) {
      // Another way of not listening.
    }
    assertTrue(sayHello(port, ClusterKeys.of(SECRET), "TLSv1.3"), "the way in for the others");
    start(new Ear(), SECRET);
    ear.awaitNodes(2);
  }

  private static InetSocketAddress port() throws SQLException {
    try (Connection connection = RealDatabase.shared().pool().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select ip from collab.node")) {
      row.next();
      String port = row.getString(1).replaceAll(".*:", "");
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
    }
  }

  /** Trusts anybody and shows no certificate. */
  private static SSLContext strangersKeys() throws Exception {
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("ca", SecretAuthority.of(SECRET).certificate());
    TrustManagerFactory trusting =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusting.init(trust);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trusting.getTrustManagers(), null);
    return context;
  }

  /** Returns true when the node reads what is said until it finds that it makes no sense. */
  private static boolean sayHello(InetSocketAddress port, SSLContext keys, String protocol)
      throws IOException {
    try (SSLSocket socket = (SSLSocket) keys.getSocketFactory().createSocket()) {
      socket.connect(port);
      socket.setSoTimeout(20_000);
      socket.setEnabledProtocols(new String[] {protocol});
      socket.startHandshake();
      socket.getOutputStream().write(HELLO);
      return socket.getInputStream().read() == -1;
    }
  }

  @Test
  void makesNoJavaObjectOfWhatAMemberSends() throws Exception {
    Ear ear = new Ear();
    JGroupsCluster one = start(ear, SECRET);
    JGroupsSettings settings =
        new JGroupsSettings(
            InetAddress.getLoopbackAddress(),
            0,
            Optional.empty(),
            Optional.of(SECRET),
            Optional.empty());
    try (JChannel member =
        new JChannel(Stack.of(settings, RealDatabase.shared().pool(), ClusterKeys.of(SECRET)))) {
      member.connect("tandem");
      ear.awaitNodes(2);
      Address node =
          member.getView().getMembers().stream()
              .filter(address -> !address.equals(member.getAddress()))
              .findFirst()
              .orElseThrow();
      member.send(new EmptyMessage(node));
      member.send(new BytesMessage(node, "no message of ours".getBytes(UTF_8)));
      byte[] good = new MessageCodec().encode(new ClusterMessage.Head(PAGE, 7));
      member.send(new BytesMessage(node, good));
      assertEquals(new ClusterMessage.Head(PAGE, 7), ear.next());
      member.send(new ObjectMessage(node, new Trap()));
      member.send(new BytesMessage(node, new Trap()));
      assertNull(ear.messages.poll(2, TimeUnit.SECONDS));
      assertFalse(Trap.sprung);
    }
    ear.awaitNodes(1);
    assertEquals(1, one.view().nodes().size());
  }

  /** Tells when it was read from a stream. */
  private static final class Trap implements Serializable {

    private static final long serialVersionUID = 1L;
    private static volatile boolean sprung;

    private void readObject(ObjectInputStream in) {
      sprung = true;
    }
  }

  @Test
  void saysThatThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      JGroupsSettings settings =
          new JGroupsSettings(
              InetAddress.getLoopbackAddress(),
              taken.getLocalPort(),
              Optional.empty(),
              Optional.of(SECRET),
              Optional.empty());
      JGroupsCluster cluster =
          new JGroupsCluster(
              settings, RealDatabase.shared().pool(), new OwnSecret(folder.resolve("secret")));
      ClusterRefusal refused = assertThrows(ClusterRefusal.class, () -> cluster.start(new Ear()));
      assertTrue(
          refused.getMessage().contains("port " + taken.getLocalPort()), refused.getMessage());
    }
    assertEquals(0, listed(), "it leaves nothing behind");
  }

  @Test
  void refusesANodeWithAnotherSecret() throws Exception {
    Ear ear = new Ear();
    JGroupsCluster one = start(ear, SECRET);
    long begin = System.nanoTime();
    ClusterRefusal refused =
        assertThrows(
            ClusterRefusal.class,
            () -> start(new Ear(), "another secret of thirty-two characters"));
    assertTrue(refused.getMessage().contains("another cluster secret"), refused.getMessage());
    assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(5), "within seconds");
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

  @Test
  void saysWhatIsWrongWithAnAdminsStores() throws Exception {
    JGroupsSettings.Stores good = stores();
    assertTrue(refusal(good.keys(), "wrong", good.trust()).contains("password"));
    assertTrue(refusal(folder.resolve("none"), "keys", good.trust()).contains("There is no key"));
    assertTrue(refusal(good.trust(), "trust", good.trust()).contains("holds no private key"));
  }

  private String refusal(Path keys, String password, Path trust) {
    JGroupsSettings.Stores stores = new JGroupsSettings.Stores(keys, password, trust, "trust");
    return assertThrows(
            ClusterRefusal.class, () -> start(new Ear(), Optional.empty(), Optional.of(stores)))
        .getMessage();
  }

  private JGroupsSettings.Stores stores() throws Exception {
    SecretAuthority authority = SecretAuthority.of("the admin's own authority, which is long");
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
