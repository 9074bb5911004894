package org.tandem.collab.log.hibernate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.log.Compaction;
import org.tandem.collab.log.LogDamaged;
import org.tandem.collab.page.Revision;

/**
 * Compaction of the log's tables. Whoever packs deletes the rows first: of two that would pack the
 * same, the second waits for the first and then finds that they are gone.
 */
public final class HibernateCompaction implements Compaction {

  /** The text of one pack, so that its memory is bounded; a single longer revision is taken. */
  private static final long CHARACTERS = 4 << 20;

  /** Somebody else did it meanwhile: the transaction goes back. */
  private static final class Overtaken extends RuntimeException {

    private static final long serialVersionUID = 1L;
  }

  /** A row has a header of 24 bytes, a pointer of 4, and here so many bytes of fixed length. */
  private static final String SIZE =
      "select (select count(*) from {h-schema}operation where page = :page),"
          + " (select coalesce(sum(116 + pg_column_size(node) + pg_column_size(delta)), 0)"
          + "   from {h-schema}operation where page = :page),"
          + " (select coalesce(sum(last_rev - first_rev + 1), 0)"
          + "   from {h-schema}run where page = :page),"
          + " (select coalesce(sum(76 + pg_column_size(revisions)), 0)"
          + "   from {h-schema}run where page = :page),"
          + " (select count(*) from {h-schema}snapshot where page = :page),"
          + " (select coalesce(sum(60 + pg_column_size(document)), 0)"
          + "   from {h-schema}snapshot where page = :page)";

  private static final UUID LOWEST = new UUID(0, 0);

  private final Transactions transactions;

  public HibernateCompaction(SessionFactory sessions) {
    this.transactions = new Transactions(sessions);
  }

  @Override
  public Packed pack(PageId page, long upTo, int least) {
    try {
      return transactions.answerLoosely(session -> pack(session, page, upTo, least));
    } catch (Overtaken done) {
      return Packed.NOTHING;
    }
  }

  private static Packed pack(StatelessSession session, PageId page, long upTo, int least) {
    List<Object[]> oldest =
        session
            .createSelectionQuery(
                "select rev, length(delta) from OperationRow where page = :page and rev <= :upTo"
                    + " order by rev",
                Object[].class)
            .setParameter("page", page.value())
            .setParameter("upTo", upTo)
            .setMaxResults(RUN + 1)
            .getResultList();
    if (oldest.size() < least) {
      return Packed.NOTHING;
    }
    Optional<RunRow> last = lastRun(session, page).filter(run -> run.size() < RUN);
    long room = RUN - last.map(RunRow::size).orElse(0L);
    long first = (long) oldest.get(0)[0];
    long end = end(oldest, room);
    List<Revision> revisions = new ArrayList<>();
    last.ifPresent(
        run -> {
          take(session, run);
          revisions.addAll(run.unpack());
        });
    revisions.addAll(take(session, page, first, end));
    RunRow run = RunRow.of(page, revisions);
    if (!run.unpack().equals(revisions)) {
      throw new LogDamaged(
          "revisions " + first + " to " + end + " of page " + page + " do not pack");
    }
    session.insert(run);
    thinOut(session, page, end);
    return new Packed(end - first + 1, oldest.size() > end - first + 1);
  }

  private static long end(List<Object[]> oldest, long room) {
    long characters = 0;
    long end = (long) oldest.get(0)[0];
    for (Object[] row : oldest.subList(0, (int) Math.min(room, oldest.size()))) {
      characters += ((Number) row[1]).longValue();
      if (characters > CHARACTERS) {
        break;
      }
      end = (long) row[0];
    }
    return end;
  }

  private static Optional<RunRow> lastRun(StatelessSession session, PageId page) {
    return session
        .createSelectionQuery("from RunRow where page = :page order by lastRev desc", RunRow.class)
        .setParameter("page", page.value())
        .setMaxResults(1)
        .uniqueResultOptional();
  }

  private static void take(StatelessSession session, RunRow run) {
    int taken =
        session
            .createMutationQuery("delete from RunRow where page = :page and lastRev = :rev")
            .setParameter("page", run.page)
            .setParameter("rev", run.lastRev)
            .executeUpdate();
    if (taken != 1) {
      throw new Overtaken();
    }
  }

  private static List<Revision> take(StatelessSession session, PageId page, long first, long end) {
    List<Revision> taken =
        session
            .createNativeQuery(
                "with taken as (delete from {h-schema}operation"
                    + " where page = :page and rev between :first and :end returning *)"
                    + " select * from taken order by rev",
                OperationRow.class)
            .setParameter("page", page.value())
            .setParameter("first", first)
            .setParameter("end", end)
            .getResultList()
            .stream()
            .map(OperationRow::revision)
            .toList();
    if (taken.size() != end - first + 1) {
      throw new Overtaken();
    }
    return taken;
  }

  /**
   * Of the snapshots below a revision the lowest stays, from there on one at each distance, and the
   * page's newest, which it is loaded from.
   */
  private static void thinOut(StatelessSession session, PageId page, long below) {
    List<Long> snapshots =
        session
            .createSelectionQuery(
                "select rev from SnapshotRow where page = :page and rev < :below"
                    + " and rev < (select max(rev) from SnapshotRow where page = :page)"
                    + " order by rev",
                Long.class)
            .setParameter("page", page.value())
            .setParameter("below", below)
            .getResultList();
    List<Long> gone = new ArrayList<>();
    long kept = Long.MIN_VALUE;
    for (long rev : snapshots) {
      if (kept == Long.MIN_VALUE || rev - kept >= SNAPSHOT_DISTANCE) {
        kept = rev;
      } else {
        gone.add(rev);
      }
    }
    if (!gone.isEmpty()) {
      session
          .createMutationQuery("delete from SnapshotRow where page = :page and rev in (:gone)")
          .setParameter("page", page.value())
          .setParameterList("gone", gone)
          .executeUpdate();
    }
  }

  @Override
  public long delete(PageId page, long beforeMillis) {
    try {
      return transactions.answerLoosely(session -> delete(session, page, beforeMillis));
    } catch (Overtaken done) {
      return 0;
    }
  }

  private static long delete(StatelessSession session, PageId page, long beforeMillis) {
    PageHead head = PageHead.keep(session, page);
    if (head == null) {
      return 0;
    }
    long aged = Math.min(head.publishedRev, newestBefore(session, page, beforeMillis));
    long cut = Math.min(aged, head.base() + DELETED_AT_ONCE);
    if (cut <= head.base()) {
      return 0;
    }
    Delta document = Past.documentAt(session, page, cut).value();
    if (document == null) {
      throw new LogDamaged("the document at revision " + cut + " of page " + page + " is missing");
    }
    session.upsert(SnapshotRow.of(page, cut, document));
    split(session, page, cut);
    for (String older :
        List.of(
            "OperationRow where rev <= :cut",
            "RunRow where lastRev <= :cut",
            "SnapshotRow where rev < :cut")) {
      session
          .createMutationQuery("delete from " + older + " and page = :page")
          .setParameter("cut", cut)
          .setParameter("page", page.value())
          .executeUpdate();
    }
    // Last, since appends wait for it from here to the end.
    int moved =
        session
            .createMutationQuery(
                "update PageHead set baseRev = :cut"
                    + " where page = :page and coalesce(baseRev, createdRev) = :base")
            .setParameter("cut", cut)
            .setParameter("page", page.value())
            .setParameter("base", head.base())
            .executeUpdate();
    if (moved != 1) {
      throw new Overtaken();
    }
    return cut - head.base();
  }

  private static long newestBefore(StatelessSession session, PageId page, long beforeMillis) {
    long before = beforeMillis << Stamp.COUNTER_BITS;
    Long single =
        session
            .createSelectionQuery(
                "select max(rev) from OperationRow where page = :page and stamp < :before",
                Long.class)
            .setParameter("page", page.value())
            .setParameter("before", before)
            .getSingleResultOrNull();
    if (single != null) {
      return single;
    }
    RunRow run =
        session
            .createSelectionQuery(
                "from RunRow where page = :page and lastStamp >= :before order by lastRev",
                RunRow.class)
            .setParameter("page", page.value())
            .setParameter("before", before)
            .setMaxResults(1)
            .uniqueResult();
    if (run == null) {
      return lastRun(session, page).map(last -> last.lastRev).orElse(-1L);
    }
    long older = run.unpack().stream().filter(revision -> revision.stamp().bits() < before).count();
    return run.firstRev - 1 + older;
  }

  /** Of the run that reaches over the cut only what is above it stays. */
  private static void split(StatelessSession session, PageId page, long cut) {
    session
        .createSelectionQuery(
            "from RunRow where page = :page and firstRev <= :cut and lastRev > :cut", RunRow.class)
        .setParameter("page", page.value())
        .setParameter("cut", cut)
        .uniqueResultOptional()
        .ifPresent(
            run -> {
              take(session, run);
              session.insert(
                  RunRow.of(
                      page,
                      run.unpack().stream().filter(revision -> revision.rev() > cut).toList()));
            });
  }

  @Override
  public List<PageId> pages(Optional<PageId> after, int limit) {
    return transactions.answer(
        session ->
            session
                .createSelectionQuery(
                    "select page from PageHead where page > :after order by page", UUID.class)
                .setParameter("after", after.map(PageId::value).orElse(LOWEST))
                .setMaxResults(limit)
                .stream()
                .map(PageId::new)
                .toList());
  }

  @Override
  public Size size(PageId page) {
    return transactions.answer(
        session -> {
          Object[] row =
              session
                  .createNativeQuery(SIZE, Object[].class)
                  .setParameter("page", page.value())
                  .getSingleResult();
          long[] n = new long[row.length];
          for (int i = 0; i < n.length; i++) {
            n[i] = ((Number) row[i]).longValue();
          }
          return new Size(n[0], n[1], n[2], n[3], n[4], n[5]);
        });
  }
}
