package org.tandem.collab.log.hibernate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.LiveDocument;
import org.tandem.api.host.PageId;
import org.tandem.collab.log.LogDamaged;
import org.tandem.collab.page.Revision;

/**
 * Reads a page's past, whether it stands in rows of its own or in runs.
 *
 * <p>Compaction goes on beside it, and each statement sees the database as of its own begin. So the
 * rows are read first: a revision only ever moves from a row to a run, and one that was no row any
 * more is in a run by then. In the other order it could be in neither.
 */
final class Past {

  private static final int TRIES = 3;

  /**
   * What a read found.
   *
   * @param whole whether no revision was missing; a deletion between two statements takes some away
   */
  record Found<T>(@Nullable T value, boolean whole) {

    static <T> Found<T> nothing() {
      return new Found<>(null, true);
    }

    static <T> Found<T> of(T value, boolean whole) {
      return new Found<>(value, whole);
    }
  }

  private Past() {}

  /**
   * Reads again when something was deleted meanwhile.
   *
   * @throws LogDamaged when revisions are missing for good
   */
  static <T> Optional<T> whole(PageId page, Supplier<Found<T>> read) {
    for (int i = 0; i < TRIES; i++) {
      Found<T> found = read.get();
      if (found.whole) {
        return Optional.ofNullable(found.value);
      }
    }
    throw new LogDamaged("revisions of page " + page + " are missing in its log");
  }

  static Optional<SnapshotRow> newestSnapshot(StatelessSession session, PageId page, long upTo) {
    return session
        .createSelectionQuery(
            "from SnapshotRow where page = :page and rev <= :upTo order by rev desc",
            SnapshotRow.class)
        .setParameter("page", page.value())
        .setParameter("upTo", upTo)
        .setMaxResults(1)
        .uniqueResultOptional();
  }

  /** Those that there are, in order. */
  static List<Revision> revisions(StatelessSession session, PageId page, long after, long upTo) {
    List<Revision> single =
        session
            .createSelectionQuery(
                "from OperationRow where page = :page and rev > :after and rev <= :upTo"
                    + " order by rev",
                OperationRow.class)
            .setParameter("page", page.value())
            .setParameter("after", after)
            .setParameter("upTo", upTo)
            .stream()
            .map(OperationRow::revision)
            .toList();
    if (!single.isEmpty() && single.get(0).rev() == after + 1) {
      return single;
    }
    long end = single.isEmpty() ? upTo : single.get(0).rev() - 1;
    List<Revision> all = new ArrayList<>(packed(session, page, after, end));
    all.addAll(single);
    return all;
  }

  private static List<Revision> packed(
      StatelessSession session, PageId page, long after, long upTo) {
    return session
        .createSelectionQuery(
            "from RunRow where page = :page and lastRev > :after and firstRev <= :upTo"
                + " order by lastRev",
            RunRow.class)
        .setParameter("page", page.value())
        .setParameter("after", after)
        .setParameter("upTo", upTo)
        .stream()
        .flatMap(run -> run.unpack().stream())
        .filter(revision -> revision.rev() > after && revision.rev() <= upTo)
        .toList();
  }

  static Found<Delta> documentAt(StatelessSession session, PageId page, long rev) {
    PageHead head = session.get(PageHead.class, page.value());
    if (head == null || rev > head.rev) {
      return Found.nothing();
    }
    Optional<SnapshotRow> snapshot = newestSnapshot(session, page, rev);
    if (snapshot.isEmpty()) {
      return Found.nothing();
    }
    List<Revision> revisions = revisions(session, page, snapshot.get().rev, rev);
    LiveDocument document = LiveDocument.of(snapshot.get().document());
    for (Revision revision : revisions) {
      document = document.apply(revision.delta());
    }
    return Found.of(document.toDelta(), revisions.size() == rev - snapshot.get().rev);
  }
}
