package org.tandem.collab.cluster.jgroups;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;
import org.tandem.collab.cluster.ClusterListener;
import org.tandem.collab.cluster.ClusterMessage;
import org.tandem.collab.cluster.ClusterView;
import org.tandem.collab.cluster.NodeId;

/** A node in a process of its own, to be killed. Prints a dot when it has joined. */
final class LonelyNode implements ClusterListener {

  private LonelyNode() {}

  public static void main(String[] database) throws Exception {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(database[0]);
    source.setUser(database[1]);
    source.setPassword(database[2]);
    JGroupsCluster cluster =
        new JGroupsCluster(
            new JGroupsSettings(
                InetAddress.getLoopbackAddress(),
                0,
                Optional.empty(),
                Optional.of(database[3]),
                Optional.empty()),
            source,
            new OwnSecret(Path.of("unused")));
    cluster.start(new LonelyNode());
    System.out.print(".");
    System.out.flush();
    System.in.read();
  }

  @Override
  public void view(ClusterView view) {}

  @Override
  public void message(NodeId from, ClusterMessage message) {}
}
