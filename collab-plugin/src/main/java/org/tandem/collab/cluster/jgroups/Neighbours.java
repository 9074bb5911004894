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
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes that the discovery table names, asked before this node joins whether they accept it.
 * What is left of a node that was killed does not answer and is passed over.
 */
final class Neighbours {

  private static final Logger log = LoggerFactory.getLogger(Neighbours.class);
  private static final Pattern ADDRESS = Pattern.compile("/?(.+):(\\d{1,5})");
  private static final int CONNECT_MILLIS = 1_500;
  private static final int HANDSHAKE_MILLIS = 2_000;

  /** Time in which a neighbour that does not accept this node's certificate has said so. */
  private static final int VERDICT_MILLIS = 400;

  private final DataSource database;
  private final SSLContext keys;

  Neighbours(DataSource database, SSLContext keys) {
    this.database = database;
    this.keys = keys;
  }

  /** The first neighbour that refuses this node's keys, or shows keys that this node refuses. */
  Optional<String> refusing(String cluster) throws SQLException {
    for (InetSocketAddress address : addresses(cluster)) {
      if (refuses(address)) {
        return Optional.of(address.getHostString() + ":" + address.getPort());
      }
    }
    return Optional.empty();
  }

  private List<InetSocketAddress> addresses(String cluster) throws SQLException {
    List<InetSocketAddress> addresses = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement("select ip from collab.node where cluster = ?")) {
      query.setString(1, cluster);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          Matcher address = ADDRESS.matcher(rows.getString(1));
          if (address.matches()) {
            addresses.add(
                new InetSocketAddress(address.group(1), Integer.parseInt(address.group(2))));
          }
        }
      }
    }
    return addresses;
  }

  private boolean refuses(InetSocketAddress address) {
    try (Socket plain = new Socket()) {
      plain.connect(address, CONNECT_MILLIS);
      plain.setSoTimeout(HANDSHAKE_MILLIS);
      return handshakeFails(plain, address);
    } catch (ConnectException | SocketTimeoutException gone) {
      return false;
    } catch (IOException unclear) {
      log.info("Node {} did not answer: {}", address, unclear.toString());
      return false;
    }
  }

  private boolean handshakeFails(Socket plain, InetSocketAddress address) throws IOException {
    try (SSLSocket tls =
        (SSLSocket)
            keys.getSocketFactory()
                .createSocket(plain, address.getHostString(), address.getPort(), true)) {
      tls.setEnabledProtocols(new String[] {ClusterKeys.PROTOCOL});
      tls.startHandshake();
      // In TLS 1.3 the other side judges this node's certificate after the handshake has ended
      // here:
      // a refusal is what is read next.
      tls.setSoTimeout(VERDICT_MILLIS);
      tls.getInputStream().read();
      return false;
    } catch (SocketTimeoutException silent) {
      return false;
    } catch (SSLException failed) {
      return aboutKeys(failed);
    }
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
