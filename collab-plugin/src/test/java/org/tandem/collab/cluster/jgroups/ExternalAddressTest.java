package org.tandem.collab.cluster.jgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.collab.RealDatabase;
import org.tandem.collab.cluster.ClusterListener;
import org.tandem.collab.cluster.ClusterMessage;
import org.tandem.collab.cluster.ClusterView;
import org.tandem.collab.cluster.NodeId;

/** A node behind an address translation. */
@Timeout(60)
class ExternalAddressTest {

  private static final String SECRET = "a secret of thirty-two characters";

  @TempDir Path folder;

  private static final class Deaf implements ClusterListener {

    @Override
    public void view(ClusterView view) {}

    @Override
    public void message(NodeId from, ClusterMessage message) {}
  }

  @Test
  void isReachedWhereTheAdminSays() throws Exception {
    try (ServerSocket outside = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        JGroupsCluster inside = cluster(Optional.of(outside.getLocalPort()));
        JGroupsCluster other = cluster(Optional.empty())) {
      CompletableFuture<Socket> knocked = CompletableFuture.supplyAsync(() -> accept(outside));
      inside.start(new Deaf());
      assertTrue(listed().endsWith(":" + outside.getLocalPort()), listed());
      CompletableFuture<Void> started = CompletableFuture.runAsync(() -> start(other));
      Socket knocking = knocked.get(30, TimeUnit.SECONDS);
      assertEquals(outside.getLocalPort(), knocking.getLocalPort());
      knocking.close();
      started.join();
    }
  }

  private JGroupsCluster cluster(Optional<Integer> port) throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    return new JGroupsCluster(
        new JGroupsSettings(
            loopback,
            0,
            port.map(outside -> new JGroupsSettings.External(loopback, outside)),
            Optional.of(SECRET),
            Optional.empty()),
        RealDatabase.shared().pool(),
        new OwnSecret(folder.resolve("secret")));
  }

  private static Socket accept(ServerSocket server) {
    try {
      return server.accept();
    } catch (Exception closed) {
      throw new IllegalStateException(closed);
    }
  }

  private static void start(JGroupsCluster cluster) {
    try {
      cluster.start(new Deaf());
    } catch (Exception refused) {
      throw new IllegalStateException(refused);
    }
  }

  private static String listed() throws SQLException {
    try (Connection connection = RealDatabase.shared().pool().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select ip from collab.node")) {
      row.next();
      return row.getString(1);
    }
  }
}
