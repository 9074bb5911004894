package org.tandem.collab.log.hibernate;

import jakarta.persistence.PersistenceException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.page.Mark;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;

/**
 * The operation log as rows of PostgreSQL, by Hibernate's stateless sessions: rows go in and out,
 * and no persistence context holds on to them.
 */
public final class HibernateLog implements OperationLog {

  private final SessionFactory sessions;

  public HibernateLog(SessionFactory sessions) {
    this.sessions = sessions;
  }

  @Override
  public Optional<StoredPage> load(PageId page) {
    return read(
        session -> {
          PageHead head = session.get(PageHead.class, page.value());
          if (head == null) {
            return Optional.empty();
          }
          SnapshotRow snapshot = newestSnapshot(session, page, head.rev).orElseThrow();
          List<Revision> revisions = revisions(session, page, snapshot.rev, head.rev);
          return Optional.of(
              new StoredPage(
                  snapshot.rev,
                  snapshot.document(),
                  revisions,
                  head.createdRev,
                  head.publishedRev));
        });
  }

  private static Optional<SnapshotRow> newestSnapshot(
      StatelessSession session, PageId page, long upTo) {
    return session
        .createSelectionQuery(
            "from SnapshotRow where page = :page and rev <= :upTo order by rev desc",
            SnapshotRow.class)
        .setParameter("page", page.value())
        .setParameter("upTo", upTo)
        .setMaxResults(1)
        .uniqueResultOptional();
  }

  private static List<Revision> revisions(
      StatelessSession session, PageId page, long after, long upTo) {
    return session
        .createSelectionQuery(
            "from OperationRow where page = :page and rev > :after and rev <= :upTo order by rev",
            OperationRow.class)
        .setParameter("page", page.value())
        .setParameter("after", after)
        .setParameter("upTo", upTo)
        .stream()
        .map(OperationRow::revision)
        .toList();
  }

  @Override
  public long head(PageId page) {
    return read(
        session -> {
          PageHead head = session.get(PageHead.class, page.value());
          return head == null ? -1L : head.rev;
        });
  }

  @Override
  public void create(PageId page, long rev, Delta document) {
    write(
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
    return read(session -> revisions(session, page, after, upTo));
  }

  @Override
  public Optional<Delta> documentAt(PageId page, long rev) {
    return read(
        session -> {
          PageHead head = session.get(PageHead.class, page.value());
          if (head == null || rev > head.rev) {
            return Optional.empty();
          }
          return newestSnapshot(session, page, rev)
              .map(snapshot -> replay(snapshot, revisions(session, page, snapshot.rev, rev)));
        });
  }

  private static Delta replay(SnapshotRow snapshot, List<Revision> revisions) {
    Delta document = snapshot.document();
    for (Revision revision : revisions) {
      document = document.compose(revision.delta());
    }
    return document;
  }

  @Override
  public Mark mark(PageId page, ClientId client) {
    return read(
        session -> {
          ClientMark mark =
              session.get(ClientMark.class, new PageClient(page.value(), client.value()));
          return mark == null ? Mark.NONE : new Mark(mark.seq, mark.rev);
        });
  }

  @Override
  public Map<PageId, Boolean> append(List<Append> appends) {
    List<Append> ordered = new ArrayList<>(appends);
    ordered.sort(Comparator.comparing(Append::page)); // one lock order on all nodes
    Map<PageId, Boolean> committed = new HashMap<>();
    write(
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

  /** The fence: moves the head only from where the append expects it. */
  private static boolean moveHead(StatelessSession session, Append append) {
    return session
            .createMutationQuery("update PageHead set rev = :to where page = :page and rev = :from")
            .setParameter("to", append.head() + append.revisions().size())
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

  @Override
  public void snapshot(PageId page, long rev, Delta document) {
    write(session -> session.upsert(SnapshotRow.of(page, rev, document)));
  }

  @Override
  public void published(PageId page, long rev) {
    write(
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
    return read(
        session ->
            session
                .createSelectionQuery(
                    "select page from PageHead where publishedRev < rev", UUID.class)
                .stream()
                .map(PageId::new)
                .toList());
  }

  @Override
  public void forget(PageId page) {
    write(
        session -> {
          for (String entity : List.of("OperationRow", "SnapshotRow", "ClientMark", "PageHead")) {
            session
                .createMutationQuery("delete from " + entity + " where page = :page")
                .setParameter("page", page.value())
                .executeUpdate();
          }
        });
  }

  private <T> T read(Function<StatelessSession, T> work) {
    try {
      return sessions.fromStatelessTransaction(work::apply);
    } catch (PersistenceException away) {
      throw unavailable(away);
    }
  }

  private void write(Consumer<StatelessSession> work) {
    try {
      sessions.inStatelessTransaction(work::accept);
    } catch (PersistenceException away) {
      throw unavailable(away);
    }
  }

  private static LogUnavailable unavailable(RuntimeException away) {
    Throwable root = away;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new LogUnavailable("the database did not answer: " + root.getMessage(), away);
  }
}
