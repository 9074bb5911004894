package org.tandem.collab.log.hibernate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.page.Mark;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;

/**
 * The operation log as rows of PostgreSQL, by Hibernate's stateless sessions: rows go in and out,
 * and no persistence context holds on to them.
 */
public final class HibernateLog implements OperationLog {

  private final Transactions transactions;
  private final AppendStatement append;

  public HibernateLog(SessionFactory sessions) {
    this.transactions = new Transactions(sessions);
    this.append = AppendStatement.of(sessions);
  }

  @Override
  public Optional<StoredPage> load(PageId page) {
    return Past.whole(page, () -> transactions.answer(session -> stored(session, page)));
  }

  private static Past.Found<StoredPage> stored(StatelessSession session, PageId page) {
    PageHead head = session.get(PageHead.class, page.value());
    if (head == null) {
      return Past.Found.nothing();
    }
    Optional<SnapshotRow> snapshot = Past.newestSnapshot(session, page, head.rev);
    if (snapshot.isEmpty()) {
      // The page was forgotten between the two reads.
      return Past.Found.nothing();
    }
    long from = snapshot.get().rev;
    List<Revision> revisions = Past.revisions(session, page, from, head.rev);
    return Past.Found.of(
        new StoredPage(
            from,
            snapshot.get().document(),
            revisions,
            head.createdRev,
            head.publishedRev,
            head.newest()),
        revisions.size() == head.rev - from);
  }

  @Override
  public long head(PageId page) {
    return transactions.answer(
        session -> {
          PageHead head = session.get(PageHead.class, page.value());
          return head == null ? -1L : head.rev;
        });
  }

  @Override
  public void create(PageId page, long rev, Delta document) {
    transactions.run(
        session -> {
          int created =
              session
                  .createNativeMutationQuery(
                      "insert into {h-schema}page_head (page, rev, created_rev, published_rev)"
                          + " values (:page, :rev, :rev, :rev) on conflict do nothing")
                  .setParameter("page", page.value())
                  .setParameter("rev", rev)
                  .executeUpdate();
          if (created == 1) {
            session.insert(SnapshotRow.of(page, rev, document));
          }
        });
  }

  @Override
  public List<Revision> revisions(PageId page, long after, long upTo) {
    return transactions.answer(session -> Past.revisions(session, page, after, upTo));
  }

  @Override
  public Optional<Delta> documentAt(PageId page, long rev) {
    return Past.whole(
        page, () -> transactions.answer(session -> Past.documentAt(session, page, rev)));
  }

  @Override
  public Mark mark(PageId page, ClientId client) {
    return transactions.answer(
        session -> {
          ClientMark mark =
              session.get(ClientMark.class, new PageClient(page.value(), client.value()));
          return mark == null ? Mark.NONE : mark.mark();
        });
  }

  @Override
  public Map<PageId, Boolean> append(List<Append> appends) {
    if (appends.stream().map(Append::page).distinct().count() != appends.size()) {
      throw new IllegalArgumentException("a page stands twice in one append");
    }
    Set<PageId> moved = new HashSet<>();
    transactions.runOrTell(
        session ->
            moved.addAll(
                session.doReturningWork(connection -> append.execute(connection, appends))));
    Map<PageId, Boolean> committed = new HashMap<>();
    appends.forEach(each -> committed.put(each.page(), moved.contains(each.page())));
    return committed;
  }

  @Override
  public void snapshot(PageId page, long rev, Delta document) {
    SnapshotRow row = SnapshotRow.of(page, rev, document);
    transactions.answerLoosely(
        session -> {
          PageHead head = PageHead.keep(session, page);
          boolean stored = head != null && rev >= head.base();
          if (stored) {
            session.upsert(row);
          }
          return stored;
        });
  }

  @Override
  public void published(PageId page, long rev) {
    transactions.answerLoosely(
        session ->
            session
                .createMutationQuery(
                    "update PageHead set publishedRev = :rev"
                        + " where page = :page and publishedRev < :rev")
                .setParameter("rev", rev)
                .setParameter("page", page.value())
                .executeUpdate());
  }

  @Override
  public List<PageId> unpublished() {
    return transactions.answer(
        session ->
            session
                .createSelectionQuery(
                    "select page from PageHead where publishedRev < rev", UUID.class)
                .stream()
                .map(PageId::new)
                .toList());
  }

  @Override
  public List<PageId> newest(int most) {
    return transactions.answer(
        session ->
            session
                .createSelectionQuery(
                    "select page from PageHead where stamp is not null order by stamp desc, page",
                    UUID.class)
                .setMaxResults(most)
                .stream()
                .map(PageId::new)
                .toList());
  }

  @Override
  public void forget(PageId page) {
    transactions.run(
        session -> {
          // The head first: nobody appends from then on.
          for (String entity :
              List.of("PageHead", "OperationRow", "RunRow", "SnapshotRow", "ClientMark")) {
            session
                .createMutationQuery("delete from " + entity + " where page = :page")
                .setParameter("page", page.value())
                .executeUpdate();
          }
        });
  }
}
