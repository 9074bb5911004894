package org.tandem.collab.log.hibernate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.tandem.api.host.PageId;
import org.tandem.collab.log.OperationLog.Append;
import org.tandem.collab.page.Revision;

/** The group commit with Hibernate's own statements, one for each head, to measure against. */
public final class RowByRow {

  private final Transactions transactions;

  public RowByRow(SessionFactory sessions) {
    this.transactions = new Transactions(sessions);
  }

  public Map<PageId, Boolean> append(List<Append> appends) {
    List<Append> ordered = new ArrayList<>(appends);
    ordered.sort(Comparator.comparing(Append::page));
    Map<PageId, Boolean> committed = new HashMap<>();
    transactions.runOrTell(
        session -> {
          List<OperationRow> rows = new ArrayList<>();
          Map<PageClient, ClientMark> marks = new LinkedHashMap<>();
          for (Append append : ordered) {
            boolean moved = moveHead(session, append);
            committed.put(append.page(), moved);
            if (moved) {
              collect(append, rows, marks);
            }
          }
          session.insertMultiple(rows);
          session.upsertMultiple(List.copyOf(marks.values()));
        });
    return committed;
  }

  private static boolean moveHead(StatelessSession session, Append append) {
    Revision newest = append.revisions().get(append.revisions().size() - 1);
    return session
            .createMutationQuery(
                "update PageHead set rev = :to, stamp = :stamp, node = :node"
                    + " where page = :page and rev = :from")
            .setParameter("to", newest.rev())
            .setParameter("stamp", newest.stamp().bits())
            .setParameter("node", newest.stamp().node())
            .setParameter("page", append.page().value())
            .setParameter("from", append.head())
            .executeUpdate()
        == 1;
  }

  private static void collect(
      Append append, List<OperationRow> rows, Map<PageClient, ClientMark> marks) {
    for (Revision revision : append.revisions()) {
      rows.add(OperationRow.of(append.page(), revision));
      ClientMark mark = ClientMark.of(append.page(), revision);
      marks.put(new PageClient(mark.page, mark.client), mark);
    }
  }
}
