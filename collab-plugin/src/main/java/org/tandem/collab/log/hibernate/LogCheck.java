package org.tandem.collab.log.hibernate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.Op;
import org.tandem.api.document.LiveDocument;
import org.tandem.api.host.PageId;
import org.tandem.collab.log.LogDamaged;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.page.Mark;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;

/**
 * Reads a page's whole log as of one moment and tells all that does not fit: rows whose checksum is
 * another, revisions that are missing or in two places, snapshots that are not what the revisions
 * before them make, marks and head that are not their clients' and the page's last.
 *
 * <p>Threads: safe for use by any thread; a call takes a connection as long as it lasts. Memory:
 * one document, one run of revisions, a mark for each client.
 */
public final class LogCheck {

  /**
   * What was found.
   *
   * @param revisions that were read
   * @param unsigned rows from before there were checksums
   * @param damages a sentence each, which names the row; empty when all is well
   */
  public record Findings(long revisions, long unsigned, List<String> damages) {

    public Findings {
      damages = List.copyOf(damages);
    }
  }

  /** After so many the rest is as good as said. */
  private static final int MOST_DAMAGES = 100;

  private static final int ROWS_AT_ONCE = 1_000;

  private final Transactions transactions;

  public LogCheck(SessionFactory sessions) {
    this.transactions = new Transactions(sessions);
  }

  /**
   * Checks one page; empty when the log does not know it.
   *
   * @throws LogUnavailable when the database does not answer
   */
  public Optional<Findings> check(PageId page) {
    return transactions.answer(
        session -> {
          session
              .createNativeMutationQuery("set transaction isolation level repeatable read")
              .executeUpdate();
          PageHead head = session.get(PageHead.class, page.value());
          return head == null ? Optional.empty() : Optional.of(new Reading(session, head).all());
        });
  }

  /** One reading of one page. */
  private static final class Reading {

    private final StatelessSession session;
    private final PageHead head;
    private final List<String> damages = new ArrayList<>();
    private final Set<Long> snapshots;
    private final Map<ClientId, Mark> marks = new HashMap<>();
    private @Nullable Revision last;

    /** At {@link #rev}; null from a damage to the next snapshot. */
    private @Nullable LiveDocument document;

    private long rev;
    private long read;
    private long unsigned;

    Reading(StatelessSession session, PageHead head) {
      this.session = session;
      this.head = head;
      this.rev = head.base();
      this.snapshots = new TreeSet<>(revs("select rev from SnapshotRow where page = :page"));
    }

    private List<Long> revs(String query) {
      return session
          .createSelectionQuery(query, Long.class)
          .setParameter("page", head.page)
          .getResultList();
    }

    Findings all() {
      compareWithSnapshot();
      if (document == null) {
        damage("there is no whole snapshot at revision " + rev + ", which all begins with");
      }
      runs();
      rows();
      missing(head.rev + 1);
      if (rev > head.rev) {
        damage("the head stands at revision " + head.rev + ", and there are some up to " + rev);
      }
      for (long left : snapshots) {
        damage("the snapshot at revision " + left + " belongs to no revision");
      }
      if (damages.isEmpty()) {
        lasts();
      }
      return new Findings(read, unsigned, damages);
    }

    private void damage(String what) {
      if (damages.size() < MOST_DAMAGES) {
        damages.add("page " + head.page + ": " + what);
      }
    }

    private void runs() {
      for (long lastRev : revs("select lastRev from RunRow where page = :page order by lastRev")) {
        RunRow run = session.get(RunRow.class, new RunRow.Key(head.page, lastRev));
        try {
          run.unpack().forEach(this::next);
        } catch (LogDamaged damaged) {
          missing(run.firstRev);
          damage(damaged.getMessage());
          unknown(run.lastRev);
        }
      }
    }

    private void rows() {
      long after = -1;
      while (true) {
        List<OperationRow> rows =
            session
                .createSelectionQuery(
                    "from OperationRow where page = :page and rev > :after order by rev",
                    OperationRow.class)
                .setParameter("page", head.page)
                .setParameter("after", after)
                .setMaxResults(ROWS_AT_ONCE)
                .getResultList();
        if (rows.isEmpty()) {
          return;
        }
        for (OperationRow row : rows) {
          unsigned += row.checksum == null ? 1 : 0;
          try {
            next(row.revision());
          } catch (LogDamaged damaged) {
            missing(row.rev);
            damage(damaged.getMessage());
            unknown(row.rev);
          }
          after = row.rev;
        }
      }
    }

    private void next(Revision revision) {
      if (revision.rev() <= rev) {
        damage("revision " + revision.rev() + " stands in two places, or below the first");
        return;
      }
      missing(revision.rev());
      rev = revision.rev();
      read++;
      last = revision;
      Mark before = marks.put(revision.client(), Mark.of(revision));
      if (before != null && before.seq() >= revision.seq()) {
        damage(
            "revision %d is change %d of client %s, which has its place at %d"
                .formatted(rev, revision.seq(), revision.client(), before.rev()));
      }
      if (document != null) {
        apply(document, revision.delta());
      }
      compareWithSnapshot();
    }

    private void apply(LiveDocument before, Delta change) {
      long reach = 0;
      for (Op op : change.ops()) {
        reach += op instanceof Op.Insert ? 0 : op.length();
      }
      if (reach > before.length()) {
        damage("revision " + rev + " does not fit the document before it");
        document = null;
      } else {
        document = before.apply(change);
      }
    }

    /** Tells of a gap below a revision. */
    private void missing(long next) {
      if (next > rev + 1) {
        damage("revisions " + (rev + 1) + " to " + (next - 1) + " are missing");
        unknown(next - 1);
      }
    }

    /** Nothing is known of the page up to a revision. */
    private void unknown(long upTo) {
      document = null;
      rev = Math.max(rev, upTo);
      snapshots.removeIf(at -> at < rev);
      compareWithSnapshot();
    }

    private void compareWithSnapshot() {
      if (!snapshots.remove(rev)) {
        return;
      }
      try {
        Delta stored = session.get(SnapshotRow.class, new PageRev(head.page, rev)).document();
        if (document != null && !document.toDelta().equals(stored)) {
          damage("the snapshot at revision " + rev + " is not what the revisions before it make");
        }
        document = LiveDocument.of(stored);
      } catch (LogDamaged damaged) {
        damage(damaged.getMessage());
      }
    }

    /** The head's stamp and the clients' marks say the same as the revisions. */
    private void lasts() {
      if (last != null && !head.newest().equals(Optional.of(last.stamp()))) {
        damage("the head has another stamp than revision " + rev);
      }
      session
          .createSelectionQuery("from ClientMark where page = :page", ClientMark.class)
          .setParameter("page", head.page)
          .getResultList()
          .forEach(
              row -> {
                Mark expected = marks.remove(new ClientId(row.client));
                if (expected == null ? row.rev > head.base() : !expected.equals(row.mark())) {
                  damage("the mark of client " + row.client + " is not its last change");
                }
              });
      marks.keySet().forEach(client -> damage("client " + client + " has no mark"));
    }
  }
}
