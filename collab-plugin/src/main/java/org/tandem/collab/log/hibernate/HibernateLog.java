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
import org.hibernate.LockMode;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.exception.JDBCConnectionException;
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
          // No snapshot: the page was forgotten between the two reads.
          return newestSnapshot(session, page, head.rev)
              .map(snapshot -> stored(session, page, head, snapshot));
        });
  }

  private static StoredPage stored(
      StatelessSession session, PageId page, PageHead head, SnapshotRow snapshot) {
    return new StoredPage(
        snapshot.rev,
        snapshot.document(),
        revisions(session, page, snapshot.rev, head.rev),
        head.createdRev,
        head.publishedRev,
        head.newest());
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
          return mark == null ? Mark.NONE : mark.mark();
        });
  }

  @Override
  public Map<PageId, Boolean> append(List<Append> appends) {
    List<Append> ordered = new ArrayList<>(appends);
    ordered.sort(Comparator.comparing(Append::page)); // one lock order on all nodes
    Map<PageId, Boolean> committed = new HashMap<>();
    writeOrTell(
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

  @Override
  public void snapshot(PageId page, long rev, Delta document) {
    write(
        session -> {
          // The lock keeps the page from being forgotten meanwhile.
          if (session.get(PageHead.class, page.value(), LockMode.PESSIMISTIC_READ) != null) {
            session.upsert(SnapshotRow.of(page, rev, document));
          }
        });
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
          // The head first: nobody appends from then on.
          for (String entity : List.of("PageHead", "OperationRow", "SnapshotRow", "ClientMark")) {
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

  /** Tells a failure before the commit, which stored nothing, from one of the commit itself. */
  private void writeOrTell(Consumer<StatelessSession> work) {
    boolean[] begun = {false};
    boolean[] done = {false};
    try {
      sessions.inStatelessTransaction(
          session -> {
            begun[0] = true;
            work.accept(session);
            done[0] = true;
          });
    } catch (PersistenceException away) {
      if (done[0]) {
        throw new LogUnavailable.OutcomeUnknown("a commit had no answer: " + reason(away), away);
      }
      if (begun[0] && !(away instanceof JDBCConnectionException)) {
        throw new LogUnavailable.Refused("the database refused: " + reason(away), away);
      }
      throw unavailable(away);
    }
  }

  private static LogUnavailable unavailable(RuntimeException away) {
    return new LogUnavailable("the database did not answer: " + reason(away), away);
  }

  private static String reason(Throwable fault) {
    Throwable root = fault;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
