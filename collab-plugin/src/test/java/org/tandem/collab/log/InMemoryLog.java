package org.tandem.collab.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.collab.page.Mark;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;

/**
 * The log in memory, for tests of what stands on it; it passes the same contract as the real one.
 */
public final class InMemoryLog implements OperationLog {

  private static final class Stored {
    private final long created;
    private final TreeMap<Long, Delta> snapshots = new TreeMap<>();
    private final List<Revision> revisions = new ArrayList<>();
    private final Map<ClientId, Mark> marks = new HashMap<>();
    private long published;

    Stored(long rev, Delta document) {
      created = rev;
      published = rev;
      snapshots.put(rev, document);
    }

    long head() {
      return created + revisions.size();
    }

    List<Revision> between(long after, long upTo) {
      return revisions.stream()
          .filter(revision -> revision.rev() > after && revision.rev() <= upTo)
          .toList();
    }
  }

  private final Map<PageId, Stored> pages = new HashMap<>();
  private boolean away;
  private boolean losesAnswers;
  private boolean refuses;
  private boolean stalls;
  private int appends;

  /** From now on nothing answers, or again everything. */
  public synchronized void away(boolean away) {
    this.away = away;
  }

  /** From now on appends take place and their answers are lost, or again arrive. */
  public synchronized void losesAnswers(boolean loses) {
    losesAnswers = loses;
  }

  /** From now on it answers and takes no append, or again every one. */
  public synchronized void refuses(boolean refuses) {
    this.refuses = refuses;
  }

  /** From now on an append waits, or goes on. */
  public synchronized void stalls(boolean stalls) {
    this.stalls = stalls;
    notifyAll();
  }

  /** How many appends were asked for. */
  public synchronized int appends() {
    return appends;
  }

  private void reached() {
    if (away) {
      throw new LogUnavailable("the log is away, as the test wants", null);
    }
  }

  @Override
  public synchronized Optional<StoredPage> load(PageId page) {
    reached();
    return Optional.ofNullable(pages.get(page))
        .map(
            stored -> {
              Map.Entry<Long, Delta> snapshot = stored.snapshots.lastEntry();
              return new StoredPage(
                  snapshot.getKey(),
                  snapshot.getValue(),
                  stored.between(snapshot.getKey(), stored.head()),
                  stored.created,
                  stored.published,
                  stored.revisions.isEmpty()
                      ? Optional.empty()
                      : Optional.of(stored.revisions.get(stored.revisions.size() - 1).stamp()));
            });
  }

  @Override
  public synchronized long head(PageId page) {
    reached();
    Stored stored = pages.get(page);
    return stored == null ? -1 : stored.head();
  }

  @Override
  public synchronized void create(PageId page, long rev, Delta document) {
    reached();
    pages.computeIfAbsent(page, first -> new Stored(rev, document));
  }

  @Override
  public synchronized List<Revision> revisions(PageId page, long after, long upTo) {
    reached();
    Stored stored = pages.get(page);
    return stored == null ? List.of() : stored.between(after, upTo);
  }

  @Override
  public synchronized Optional<Delta> documentAt(PageId page, long rev) {
    reached();
    Stored stored = pages.get(page);
    if (stored == null || rev > stored.head() || stored.snapshots.floorEntry(rev) == null) {
      return Optional.empty();
    }
    Map.Entry<Long, Delta> snapshot = stored.snapshots.floorEntry(rev);
    Delta document = snapshot.getValue();
    for (Revision revision : stored.between(snapshot.getKey(), rev)) {
      document = document.compose(revision.delta());
    }
    return Optional.of(document);
  }

  @Override
  public synchronized Mark mark(PageId page, ClientId client) {
    reached();
    Stored stored = pages.get(page);
    return stored == null ? Mark.NONE : stored.marks.getOrDefault(client, Mark.NONE);
  }

  @Override
  public synchronized Map<PageId, Boolean> append(List<Append> wanted) {
    appends++;
    try {
      while (stalls) {
        wait(10_000);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
    reached();
    if (refuses) {
      throw new LogUnavailable.Refused("the log is full, as the test wants", null);
    }
    Map<PageId, Boolean> committed = new HashMap<>();
    for (Append append : wanted) {
      Stored stored = pages.get(append.page());
      boolean moves = stored != null && stored.head() == append.head();
      committed.put(append.page(), moves);
      if (moves) {
        stored.revisions.addAll(append.revisions());
        append
            .revisions()
            .forEach(revision -> stored.marks.put(revision.client(), Mark.of(revision)));
      }
    }
    if (losesAnswers) {
      throw new LogUnavailable.OutcomeUnknown("the answer is lost, as the test wants", null);
    }
    return committed;
  }

  @Override
  public synchronized void snapshot(PageId page, long rev, Delta document) {
    reached();
    Optional.ofNullable(pages.get(page)).ifPresent(stored -> stored.snapshots.put(rev, document));
  }

  @Override
  public synchronized void published(PageId page, long rev) {
    reached();
    Optional.ofNullable(pages.get(page))
        .ifPresent(stored -> stored.published = Math.max(stored.published, rev));
  }

  @Override
  public synchronized List<PageId> unpublished() {
    reached();
    return pages.entrySet().stream()
        .filter(entry -> entry.getValue().published < entry.getValue().head())
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public synchronized void forget(PageId page) {
    reached();
    pages.remove(page);
  }
}
