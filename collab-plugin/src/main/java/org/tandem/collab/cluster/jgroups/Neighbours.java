package org.tandem.collab.cluster.jgroups;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes that the discovery table names, asked by a TLS handshake whether they accept this node.
 * All are asked at once, so that an answer takes 4 s at the most.
 */
final class Neighbours {

  private static final Logger log = LoggerFactory.getLogger(Neighbours.class);
  private static final Pattern ADDRESS = Pattern.compile("/?(.+):(\\d{1,5})");
  private static final int AT_ONCE = 16;
  private static final int CONNECT_MILLIS = 1_500;
  private static final int HANDSHAKE_MILLIS = 2_000;

  /** Time in which a neighbour that does not accept this node's certificate has said so. */
  private static final int VERDICT_MILLIS = 400;

  /** What a neighbour says to this node's keys. */
  enum Answer {
    ACCEPTS,
    /** It does not accept this node's certificate, or this node not its. */
    REFUSES,
    /** Nobody listens there: it was killed. */
    GONE,
    /** Somebody may listen there, but not to be told from a stranger. */
    UNCLEAR
  }

  /**
   * A node of the table.
   *
   * @param id as JGroups writes it
   */
  record Neighbour(String id, InetSocketAddress at) {

    @Override
    public String toString() {
      return at.getHostString() + ":" + at.getPort();
    }
  }

  /** A neighbour with its answer. */
  record Asked(Neighbour neighbour, Answer answer) {}

  private final DataSource database;
  private final SSLContext keys;

  Neighbours(DataSource database, SSLContext keys) {
    this.database = database;
    this.keys = keys;
  }

  /** Asks all nodes of the table but {@code self}. */
  List<Asked> ask(String cluster, String self) throws SQLException {
    List<Neighbour> others = listed(cluster, self);
    ExecutorService askers = Executors.newFixedThreadPool(AT_ONCE);
    try {
      return others.stream()
          .map(
              other -> CompletableFuture.supplyAsync(() -> new Asked(other, answer(other)), askers))
          .toList()
          .stream()
          .map(CompletableFuture::join)
          .toList();
    } finally {
      askers.shutdown();
    }
  }

  /** Takes nodes off the table, so that nobody waits for an answer of theirs again. */
  void forget(List<Neighbour> gone) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement delete =
            connection.prepareStatement("delete from collab.node where address = ?")) {
      for (Neighbour neighbour : gone) {
        delete.setString(1, neighbour.id());
        delete.executeUpdate();
      }
    }
  }

  private List<Neighbour> listed(String cluster, String self) throws SQLException {
    List<Neighbour> listed = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "select address, ip from collab.node where cluster = ? and address <> ?")) {
      query.setString(1, cluster);
      query.setString(2, self);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          Matcher at = ADDRESS.matcher(rows.getString(2));
          if (at.matches()) {
            listed.add(
                new Neighbour(
                    rows.getString(1),
                    new InetSocketAddress(at.group(1), Integer.parseInt(at.group(2)))));
          }
        }
      }
    }
    return listed;
  }

  private Answer answer(Neighbour neighbour) {
    try (Socket plain = new Socket()) {
      plain.connect(neighbour.at(), CONNECT_MILLIS);
      plain.setSoTimeout(HANDSHAKE_MILLIS);
      return handshake(plain, neighbour.at());
    } catch (ConnectException refused) {
      return Answer.GONE;
    } catch (IOException unclear) {
      log.info("Node {} of the table does not answer: {}", neighbour, unclear.toString());
      return Answer.UNCLEAR;
    }
  }

  private Answer handshake(Socket plain, InetSocketAddress address) throws IOException {
    try (SSLSocket tls =
        (SSLSocket)
            keys.getSocketFactory()
                .createSocket(plain, address.getHostString(), address.getPort(), true)) {
      tls.setEnabledProtocols(new String[] {ClusterKeys.PROTOCOL});
      tls.startHandshake();
      return verdict(tls);
    } catch (SSLException failed) {
      return aboutKeys(failed) ? Answer.REFUSES : Answer.UNCLEAR;
    }
  }

  /**
   * In TLS 1.3 the other side judges this node's certificate after the handshake has ended here: a
   * refusal is what is read next.
   */
  private static Answer verdict(SSLSocket tls) throws IOException {
    tls.setSoTimeout(VERDICT_MILLIS);
    try {
      tls.getInputStream().read();
    } catch (SocketTimeoutException silent) {
      // It waits for what this node has to say.
    }
    return Answer.ACCEPTS;
  }

  /** Whether a failure is about certificates; another is a stranger on an old node's port. */
  private static boolean aboutKeys(SSLException failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return true;
      }
      String message = String.valueOf(cause.getMessage());
      if (message.contains("certificate") || message.contains("unknown_ca")) {
        return true;
      }
    }
    return false;
  }
}
