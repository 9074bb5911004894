package org.tandem.wiki.installation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.tandem.wiki.store.Store;

/**
 * The nodes that run, by what they said last, on the database's clock. Threads and failure as for
 * {@link Store}.
 */
public final class Nodes {

  /** A node that was not heard of for this time has died. */
  public static final int DEAD_SECONDS = 20;

  private static final String ALIVE = "seen_at > now() - interval '" + DEAD_SECONDS + " seconds'";

  private final Store store;
  private final UUID own;
  private final String name;

  /**
   * @param own this node, by an id that no other start of any node has
   * @param name for people: where it listens
   */
  public Nodes(Store store, UUID own, String name) {
    this.store = store;
    this.own = own;
    this.name = name;
  }

  public UUID own() {
    return own;
  }

  /**
   * Says that this node runs. To be said every few seconds.
   *
   * @return false when the others have taken it for dead meanwhile, so that it has to {@link
   *     #report} again
   */
  public boolean seen() {
    return store.write(
        session ->
            session.doReturningWork(
                connection ->
                    execute(connection, "update wiki.node set seen_at = now() where id = ?", own)
                        > 0));
  }

  /** Says that this node runs, and how it has the plugins. */
  public void report(List<NodePlugin> plugins) {
    store.change(
        session ->
            session.doWork(
                connection -> {
                  execute(
                      connection,
                      "insert into wiki.node (id, name, seen_at) values (?, ?, now())"
                          + " on conflict (id) do update set seen_at = now()",
                      own,
                      name);
                  execute(connection, "delete from wiki.node_plugin where node_id = ?", own);
                  for (NodePlugin plugin : plugins) {
                    execute(
                        connection,
                        "insert into wiki.node_plugin"
                            + " (node_id, plugin, archive, state, reason, change, orders)"
                            + " values (?, ?, ?, ?, ?, ?, ?)",
                        own,
                        plugin.plugin(),
                        plugin.archive(),
                        plugin.state().name().toLowerCase(Locale.ROOT),
                        plugin.reason(),
                        plugin.change(),
                        plugin.orders());
                  }
                }));
  }

  /** Says that this node ends. */
  public void leave() {
    work("delete from wiki.node where id = ?", own);
  }

  /** Forgets the nodes that have died. */
  public void sweep() {
    work("delete from wiki.node where not (" + ALIVE + ") and id <> ?", own);
  }

  /** The nodes that run, by name, and how they have the plugins. */
  public List<NodeReport> alive() {
    return store.read(session -> session.doReturningWork(Nodes::read));
  }

  private static List<NodeReport> read(Connection connection) throws SQLException {
    Map<UUID, NodeReport> found = new LinkedHashMap<>();
    try (PreparedStatement query =
            connection.prepareStatement(
                "select n.id, n.name, p.plugin, p.archive, p.state, p.reason, p.change, p.orders"
                    + " from wiki.node n left join wiki.node_plugin p on p.node_id = n.id"
                    + " where n."
                    + ALIVE
                    + " order by n.name, n.id, p.plugin");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        UUID id = rows.getObject(1, UUID.class);
        List<NodePlugin> plugins =
            new ArrayList<>(found.containsKey(id) ? found.get(id).plugins() : List.of());
        if (rows.getString(3) != null) {
          plugins.add(plugin(rows));
        }
        found.put(id, new NodeReport(id, rows.getString(2), plugins));
      }
    }
    return List.copyOf(found.values());
  }

  private static NodePlugin plugin(ResultSet row) throws SQLException {
    return new NodePlugin(
        row.getString(3),
        row.getString(4),
        NodePlugin.State.valueOf(row.getString(5).toUpperCase(Locale.ROOT)),
        row.getString(6),
        row.getLong(7),
        row.getBoolean(8));
  }

  private void work(String sql, Object... values) {
    store.change(session -> session.doWork(connection -> execute(connection, sql, values)));
  }

  private static int execute(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }
}
