package org.tandem.collab.cluster.jgroups;

import java.util.List;
import javax.net.ssl.SSLContext;
import javax.sql.DataSource;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FRAG2;
import org.jgroups.protocols.JDBC_PING2;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.MFC;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;
import org.jgroups.util.TLS;
import org.jgroups.util.TLSClientAuth;

/**
 * The protocols that the nodes speak among each other, over one port of each node, in TLS. A node
 * that ends shows by its closed connections; FD_SOCK2 would be the usual sentry, but it opens a
 * second port on all addresses, in plain text, and reads the messages of anyone who connects.
 */
final class Stack {

  /** Bytes that may be on their way to one node; it grants more from 60 % of them on. */
  static final long CREDITS = 16_000_000;

  private static final long MAX_BLOCK_MILLIS = 2_000;

  private Stack() {}

  static List<Protocol> of(JGroupsSettings settings, DataSource database, SSLContext keys) {
    return List.of(
        transport(settings, keys),
        discovery(database),
        new MERGE3().setMinInterval(1_000).setMaxInterval(5_000),
        new FD_ALL3().setTimeout(5_000).setInterval(1_000),
        new VERIFY_SUSPECT2().setTimeout(1_000),
        new NAKACK2().useMcastXmit(false),
        new UNICAST3(),
        new STABLE(),
        new GMS()
            .setJoinTimeout(1_500)
            .setLeaveTimeout(1_000)
            .setMaxJoinAttempts(2)
            .printLocalAddress(false),
        new UFC().<UFC>setMaxCredits(CREDITS).<UFC>setMaxBlockTime(MAX_BLOCK_MILLIS),
        new MFC().<MFC>setMaxCredits(CREDITS).<MFC>setMaxBlockTime(MAX_BLOCK_MILLIS),
        new FRAG2());
  }

  private static Protocol transport(JGroupsSettings settings, SSLContext keys) {
    TCP tcp = new TCP();
    tcp.setBindAddress(settings.address());
    tcp.setBindPort(settings.port());
    tcp.setPortRange(0);
    settings.external().ifPresent(external -> reachedAt(external, tcp));
    tcp.setSockConnTimeout(500);
    tcp.tcpNodelay(true);
    // A node that reads no more must not hold up what is sent to the others.
    tcp.nonBlockingSends(true);
    tcp.enableSuspectEvents(true);
    tcp.logDetails(false);
    tcp.disableDiagnostics();
    tcp.tls(
        new TLS()
            .enabled(true)
            .setSSLContext(keys)
            .setProtocols(new String[] {ClusterKeys.PROTOCOL})
            .setClientAuth(TLSClientAuth.NEED));
    return tcp;
  }

  private static void reachedAt(JGroupsSettings.External external, TCP tcp) {
    tcp.setExternalAddr(external.address());
    tcp.setExternalPort(external.port());
  }

  /** The table is one of the plugin's own; JGroups only fills it. */
  private static Protocol discovery(DataSource database) {
    JDBC_PING2 ping =
        new JDBC_PING2()
            .setDataSource(database)
            .setInitializeSql(null)
            .setInsertSingleSql(
                "insert into collab.node (address, name, cluster, ip, coord)"
                    + " values (?, ?, ?, ?, ?) on conflict (address) do update set"
                    + " name = excluded.name, ip = excluded.ip, coord = excluded.coord")
            .setDeleteSingleSql("delete from collab.node where address = ?")
            .setClearSql("delete from collab.node where cluster = ?")
            .setSelectAllPingdataSql(
                "select address, name, ip, coord from collab.node where cluster = ?");
    // The wiki ends its plugins itself, while the pool is still there.
    ping.registerShutdownHook(false);
    return ping;
  }
}
