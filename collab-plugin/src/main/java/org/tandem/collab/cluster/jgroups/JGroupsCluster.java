package org.tandem.collab.cluster.jgroups;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.sql.DataSource;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Global;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jgroups.protocols.UFC;
import org.jgroups.util.UUID;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.collab.cluster.Cluster;
import org.tandem.collab.cluster.ClusterListener;
import org.tandem.collab.cluster.ClusterMessage;
import org.tandem.collab.cluster.ClusterRefusal;
import org.tandem.collab.cluster.ClusterView;
import org.tandem.collab.cluster.MessageCodec;
import org.tandem.collab.cluster.NodeId;
import org.tandem.collab.cluster.jgroups.Neighbours.Answer;
import org.tandem.collab.cluster.jgroups.Neighbours.Asked;
import org.tandem.collab.cluster.jgroups.Neighbours.Neighbour;

/**
 * The other nodes by JGroups. Messages are bytes of our own codec: nothing that arrives is
 * deserialized as a Java object. A broadcast is a message to each, so that all that one node sends
 * to another stays in order.
 */
public final class JGroupsCluster implements Cluster {

  /** Credit that is left to those who send at the same moment, in bytes. */
  private static final long RESERVE = 1_000_000;

  private static final Logger log = LoggerFactory.getLogger(JGroupsCluster.class);
  private static final String NAME = "tandem";
  private static final String NOBODY = "";

  static {
    // JGroups reads this once: its own messages need no Java serialization, so none is accepted,
    // not even of a node that has the keys.
    System.setProperty(Global.DESERIALIZATION_FILTER, "!*");
  }

  /** The nodes of a view, by both of their names. */
  private record Members(ClusterView view, Map<NodeId, Address> addresses) {}

  private final JGroupsSettings settings;
  private final DataSource database;
  private final SSLContext keys;
  private final MessageCodec codec = new MessageCodec();
  private volatile @Nullable JChannel channel;
  private volatile @Nullable NodeId self;
  private volatile Members members = new Members(new ClusterView(List.of()), Map.of());

  /**
   * @param database for discovery; its pool belongs to the caller
   * @param secret where this node's own secret is kept, when the admin has set none
   * @throws ClusterRefusal when the secret or the stores cannot be used
   */
  public JGroupsCluster(JGroupsSettings settings, DataSource database, OwnSecret secret)
      throws ClusterRefusal {
    this.settings = settings;
    this.database = database;
    Optional<JGroupsSettings.Stores> stores = settings.stores();
    this.keys =
        stores.isPresent()
            ? ClusterKeys.of(stores.get())
            : ClusterKeys.of(
                settings.secret().isPresent() ? settings.secret().get() : secret.read());
  }

  @Override
  public void start(ClusterListener listener) throws ClusterRefusal {
    boolean joined = false;
    try {
      Neighbours neighbours = new Neighbours(database, keys);
      List<Asked> before = neighbours.ask(NAME, NOBODY);
      mayJoin(before);
      neighbours.forget(having(Answer.GONE, before));
      String own = Util.addressToString(connect(listener).getAddress());
      if (members.view.nodes().size() == 1) {
        // Two nodes that start at once do not find each other before they connect.
        List<Asked> after = neighbours.ask(NAME, own);
        mayJoin(after);
        having(Answer.ACCEPTS, after).forEach(JGroupsCluster::tellOfDistance);
      }
      joined = true;
    } catch (SQLException away) {
      throw new ClusterRefusal("The database does not tell of other nodes: " + away.getMessage());
    } finally {
      if (!joined) {
        close();
      }
    }
  }

  private JChannel connect(ClusterListener listener) throws ClusterRefusal {
    try {
      JChannel opened = new JChannel(Stack.of(settings, database, keys));
      channel = opened;
      opened.setReceiver(new Incoming(opened, listener));
      opened.setDiscardOwnMessages(true);
      opened.connect(NAME);
      return opened;
    } catch (Exception fault) {
      throw new ClusterRefusal(
          "The cluster port "
              + (settings.port() == 0 ? "" : settings.port() + " ")
              + "cannot be opened on "
              + settings.address().getHostAddress()
              + ": "
              + fault.getMessage());
    }
  }

  private static List<Neighbour> having(Answer answer, List<Asked> asked) {
    return asked.stream().filter(one -> one.answer() == answer).map(Asked::neighbour).toList();
  }

  private void mayJoin(List<Asked> asked) throws ClusterRefusal {
    Optional<Neighbour> refusing = having(Answer.REFUSES, asked).stream().findFirst();
    if (refusing.isPresent()) {
      throw new ClusterRefusal(
          settings.stores().isPresent()
              ? otherStores(refusing.get())
              : otherSecret(refusing.get()));
    }
  }

  private static String otherSecret(Neighbour refusing) {
    return "This node may not join: the node at "
        + refusing
        + " has another cluster secret; set TANDEM_CLUSTER_SECRET to the same on both (a node that"
        + " was started without one has it in plugin-data/collab/cluster-secret below its data"
        + " folder).";
  }

  private static String otherStores(Neighbour refusing) {
    return "This node may not join: the node at "
        + refusing
        + " does not trust the certificate in TANDEM_CLUSTER_KEYSTORE, or shows one that"
        + " TANDEM_CLUSTER_TRUSTSTORE does not trust.";
  }

  /** Harmless for what is stored; the others' edits come late until the nodes have met. */
  private static void tellOfDistance(Neighbour neighbour) {
    log.warn(
        "The node at {} accepts this node's keys but did not let it in yet: this node goes on alone"
            + " and tries again every few seconds",
        neighbour);
  }

  @Override
  public NodeId self() {
    NodeId known = self;
    if (known == null) {
      throw new IllegalStateException("the cluster is not started");
    }
    return known;
  }

  @Override
  public ClusterView view() {
    return members.view;
  }

  @Override
  public void send(NodeId to, ClusterMessage message) {
    Address address = members.addresses.get(to);
    if (address != null) {
      send(address, codec.encode(message));
    }
  }

  @Override
  public void broadcast(ClusterMessage message) {
    Members now = members;
    if (now.addresses.size() > 1) {
      byte[] bytes = codec.encode(message);
      now.addresses.forEach(
          (node, address) -> {
            if (!node.equals(self)) {
              send(address, bytes);
            }
          });
    }
  }

  private void send(Address to, byte[] bytes) {
    JChannel open = channel;
    if (open == null) {
      return;
    }
    UFC credits = open.getProtocolStack().findProtocol(UFC.class);
    if (credits.getSenderCreditsFor(to) < bytes.length + RESERVE) {
      log.debug("A message to {} is left out: it does not get on", to);
      return;
    }
    try {
      open.send(new BytesMessage(to, bytes));
    } catch (Exception gone) {
      log.debug("A message to {} was lost: {}", to, gone.toString());
    }
  }

  @Override
  public void close() {
    JChannel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
  }

  /** What JGroups delivers, as the port's events. */
  private final class Incoming implements Receiver {

    private final JChannel from;
    private final ClusterListener listener;

    Incoming(JChannel from, ClusterListener listener) {
      this.from = from;
      this.listener = listener;
    }

    @Override
    public void viewAccepted(View view) {
      if (self == null) {
        self = id(from.getAddress());
      }
      Map<NodeId, Address> addresses =
          view.getMembers().stream()
              .collect(Collectors.toUnmodifiableMap(JGroupsCluster::id, address -> address));
      ClusterView seen = new ClusterView(addresses.keySet().stream().sorted().toList());
      members = new Members(seen, addresses);
      listener.view(seen);
    }

    @Override
    public void receive(Message message) {
      if (!(message instanceof BytesMessage)) {
        log.warn("A message that is no bytes, from {}, is left out", message.getSrc());
        return;
      }
      try {
        listener.message(id(message.getSrc()), codec.decode(bytes(message)));
      } catch (RuntimeException unreadable) {
        log.warn("A message from {} is left out: {}", message.getSrc(), unreadable.toString());
      }
    }

    private static byte[] bytes(Message message) {
      byte[] bytes = new byte[message.getLength()];
      System.arraycopy(message.getArray(), message.getOffset(), bytes, 0, bytes.length);
      return bytes;
    }
  }

  private static NodeId id(Address address) {
    return new NodeId(((UUID) address).toStringLong());
  }
}
