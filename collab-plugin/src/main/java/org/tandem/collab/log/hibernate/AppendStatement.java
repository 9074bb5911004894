package org.tandem.collab.log.hibernate;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.AvailableSettings;
import org.postgresql.PGConnection;
import org.tandem.api.host.PageId;
import org.tandem.collab.log.OperationLog.Append;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;

/**
 * A whole group commit in one statement: round trips are what a commit of many pages costs most.
 *
 * <p>The heads are locked in the order of their ids, so that nodes which append to the same pages
 * wait for each other in one order only. Whoever waited sees the head as it is then, not as it was
 * when the statement began. The text is the same for every number of pages and revisions: it is
 * parsed and planned once for each connection.
 */
record AppendStatement(String sql) {

  /** What stands in "is true" is looked up in a hash, whatever number of pages is expected. */
  private static final String SQL =
      """
      with standing as (
        select h.page, a.rev, a.stamp, a.node
          from unnest(?, ?, ?, ?, ?) as a (page, head, rev, stamp, node)
          join {schema}.page_head h on h.page = a.page and h.rev = a.head
         order by h.page
           for no key update of h),
      moved as (
        update {schema}.page_head h set rev = s.rev, stamp = s.stamp, node = s.node
          from standing s
         where h.page = s.page
        returning h.page),
      placed as materialized (
        select *
          from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            as o (page, rev, client, seq, user_id, stamp, node, delta, checksum, newest)
         where (page in (select page from moved)) is true),
      inserted as (
        insert into {schema}.operation
          (page, rev, client, seq, user_id, stamp, node, delta, checksum)
        select page, rev, client, seq, user_id, stamp, node, delta, checksum from placed),
      marked as (
        insert into {schema}.client_mark (page, client, seq, rev, user_id)
        select page, client, seq, rev, user_id from placed where newest
        on conflict (page, client) do update
          set seq = excluded.seq, rev = excluded.rev, user_id = excluded.user_id)
      select page from moved
      """;

  static AppendStatement of(SessionFactory sessions) {
    Object schema = sessions.getProperties().get(AvailableSettings.DEFAULT_SCHEMA);
    return new AppendStatement(SQL.replace("{schema}", String.valueOf(schema)));
  }

  /**
   * @param appends at most one for each page, each of one revision at least
   * @return the pages whose head stood where its append expects it
   */
  Set<PageId> execute(Connection connection, List<Append> appends) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Columns columns = new Columns(statement);
      heads(columns, appends);
      operations(columns, appends);
      Set<PageId> moved = new HashSet<>();
      try (ResultSet pages = statement.executeQuery()) {
        while (pages.next()) {
          moved.add(new PageId(pages.getObject(1, UUID.class)));
        }
      }
      return moved;
    }
  }

  private static void heads(Columns columns, List<Append> appends) throws SQLException {
    List<Revision> newest =
        appends.stream()
            .map(append -> append.revisions().get(append.revisions().size() - 1))
            .toList();
    columns.ids(appends.stream().map(append -> append.page().value()).toArray(UUID[]::new));
    columns.numbers(appends.stream().mapToLong(Append::head).toArray());
    columns.numbers(newest.stream().mapToLong(Revision::rev).toArray());
    columns.numbers(newest.stream().mapToLong(revision -> revision.stamp().bits()).toArray());
    columns.texts(newest.stream().map(revision -> revision.stamp().node()).toArray(String[]::new));
  }

  private static void operations(Columns columns, List<Append> appends) throws SQLException {
    List<OperationRow> rows = new ArrayList<>();
    for (Append append : appends) {
      append.revisions().forEach(revision -> rows.add(OperationRow.of(append.page(), revision)));
    }
    columns.ids(rows.stream().map(row -> row.page).toArray(UUID[]::new));
    columns.numbers(rows.stream().mapToLong(row -> row.rev).toArray());
    columns.ids(rows.stream().map(row -> row.client).toArray(UUID[]::new));
    columns.numbers(rows.stream().mapToLong(row -> row.seq).toArray());
    columns.ids(rows.stream().map(row -> row.userId).toArray(UUID[]::new));
    columns.numbers(rows.stream().mapToLong(row -> row.stamp).toArray());
    columns.texts(rows.stream().map(row -> row.node).toArray(String[]::new));
    columns.texts(rows.stream().map(row -> row.delta).toArray(String[]::new));
    columns.numbers(rows.stream().mapToLong(row -> row.checksum).toArray());
    columns.flags(newest(appends, rows.size()));
  }

  /** For each revision whether it is its client's newest of its page: that makes the mark. */
  private static boolean[] newest(List<Append> appends, int size) {
    boolean[] newest = new boolean[size];
    int end = 0;
    for (Append append : appends) {
      int start = end;
      end += append.revisions().size();
      Set<ClientId> seen = new HashSet<>();
      for (int i = end - 1; i >= start; i--) {
        newest[i] = seen.add(append.revisions().get(i - start).client());
      }
    }
    return newest;
  }

  /** Binds one array after the other. */
  private static final class Columns {

    private final PreparedStatement statement;
    private int next = 1;

    Columns(PreparedStatement statement) {
      this.statement = statement;
    }

    void ids(UUID[] values) throws SQLException {
      bind("uuid", values);
    }

    void numbers(long[] values) throws SQLException {
      bind("int8", values);
    }

    void texts(String[] values) throws SQLException {
      bind("text", values);
    }

    void flags(boolean[] values) throws SQLException {
      bind("bool", values);
    }

    private void bind(String type, Object values) throws SQLException {
      statement.setArray(
          next++, statement.getConnection().unwrap(PGConnection.class).createArrayOf(type, values));
    }
  }
}
