package org.tandem.collab.log;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;
import org.tandem.api.host.PageId;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.page.Mark;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;

/**
 * The log in memory, for tests of what stands on it; it passes the same contract as the real one.
 */
public final class InMemoryLog implements OperationLog, Compaction {

  private static final class Stored {
    private final long created;
    private final TreeMap<Long, Delta> snapshots = new TreeMap<>();
    private final TreeMap<Long, Revision> single = new TreeMap<>();

    /** By their last revisions. */
    private final TreeMap<Long, List<Revision>> runs = new TreeMap<>();

    private final Map<ClientId, Mark> marks = new HashMap<>();
    private Optional<Stamp> stamp = Optional.empty();
    private long base;
    private long head;
    private long published;

    Stored(long rev, Delta document) {
      created = rev;
      base = rev;
      head = rev;
      published = rev;
      snapshots.put(rev, document);
    }

    void add(Revision revision) {
      single.put(revision.rev(), revision);
      marks.put(revision.client(), Mark.of(revision));
      head = revision.rev();
      stamp = Optional.of(revision.stamp());
    }

    List<Revision> single(long after, long upTo) {
      return upTo <= after
          ? List.of()
          : List.copyOf(single.subMap(after, false, upTo, true).values());
    }

    List<Revision> packed(long after, long upTo) {
      return runs.values().stream()
          .flatMap(List::stream)
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
  private int loads;
  private int reads;
  private long revisionsRead;
  private Consumer<PageId> amidReading = page -> {};
  private boolean packedFirst;
  private boolean deletesMarks;

  /** What happens while somebody reads a page's revisions, between the two places they stand in. */
  public synchronized void amidReading(Consumer<PageId> event) {
    amidReading = event;
  }

  /** From now on it looks into the runs first, which is wrong: a revision may move meanwhile. */
  public synchronized void packedFirst() {
    packedFirst = true;
  }

  /** From now on it deletes marks with what they mark, which is wrong: a change may be repeated. */
  public synchronized void deletesMarks() {
    deletesMarks = true;
  }

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

  /** How many pages were read. */
  public synchronized int loads() {
    return loads;
  }

  /** How many appends were asked for. */
  public synchronized int appends() {
    return appends;
  }

  /** How often it was asked for what is in a page that was read before. */
  public synchronized int reads() {
    return reads;
  }

  /** How many revisions it was asked for beside those of pages that were read. */
  public synchronized long revisionsRead() {
    return revisionsRead;
  }

  private void reached() {
    if (away) {
      throw new LogUnavailable("the log is away, as the test wants", null);
    }
  }

  private List<Revision> between(PageId page, long after, long upTo) {
    Stored stored = pages.get(page);
    if (stored == null) {
      return List.of();
    }
    if (packedFirst) {
      List<Revision> packed = stored.packed(after, upTo);
      amidReading.accept(page);
      return joined(packed, stored.single(after, upTo));
    }
    List<Revision> single = stored.single(after, upTo);
    amidReading.accept(page);
    long end = single.isEmpty() ? upTo : single.get(0).rev() - 1;
    return joined(stored.packed(after, end), single);
  }

  private static List<Revision> joined(List<Revision> packed, List<Revision> single) {
    List<Revision> all = new ArrayList<>(packed);
    all.addAll(single);
    return all;
  }

  @Override
  public synchronized Optional<StoredPage> load(PageId page) {
    reached();
    loads++;
    return Optional.ofNullable(pages.get(page))
        .map(
            stored -> {
              Map.Entry<Long, Delta> snapshot = stored.snapshots.lastEntry();
              return new StoredPage(
                  snapshot.getKey(),
                  snapshot.getValue(),
                  between(page, snapshot.getKey(), stored.head),
                  stored.created,
                  stored.published,
                  stored.stamp);
            });
  }

  @Override
  public synchronized long head(PageId page) {
    reached();
    reads++;
    Stored stored = pages.get(page);
    return stored == null ? -1 : stored.head;
  }

  @Override
  public synchronized void create(PageId page, long rev, Delta document) {
    reached();
    pages.computeIfAbsent(page, first -> new Stored(rev, document));
  }

  @Override
  public synchronized List<Revision> revisions(PageId page, long after, long upTo) {
    reached();
    reads++;
    List<Revision> found = between(page, after, upTo);
    revisionsRead += found.size();
    return found;
  }

  @Override
  public synchronized Optional<Delta> documentAt(PageId page, long rev) {
    reached();
    reads++;
    Stored stored = pages.get(page);
    if (stored == null || rev > stored.head || stored.snapshots.floorEntry(rev) == null) {
      return Optional.empty();
    }
    Map.Entry<Long, Delta> snapshot = stored.snapshots.floorEntry(rev);
    Delta document = snapshot.getValue();
    for (Revision revision : between(page, snapshot.getKey(), rev)) {
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
      boolean moves = stored != null && stored.head == append.head();
      committed.put(append.page(), moves);
      if (moves) {
        append.revisions().forEach(stored::add);
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
    Stored stored = pages.get(page);
    if (stored != null && rev >= stored.base) {
      stored.snapshots.put(rev, document);
    }
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
        .filter(entry -> entry.getValue().published < entry.getValue().head)
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public synchronized List<PageId> newest(int most) {
    reached();
    return pages.entrySet().stream()
        .filter(entry -> entry.getValue().stamp.isPresent())
        .sorted(Comparator.comparingLong(InMemoryLog::newestStamp).reversed())
        .limit(most)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static long newestStamp(Map.Entry<PageId, Stored> entry) {
    return entry.getValue().stamp.map(Stamp::bits).orElse(Long.MIN_VALUE);
  }

  @Override
  public synchronized void forget(PageId page) {
    reached();
    pages.remove(page);
  }

  @Override
  public synchronized Packed pack(PageId page, long upTo, int least) {
    reached();
    Stored stored = pages.get(page);
    if (stored == null || stored.single.headMap(upTo, true).size() < least) {
      return Packed.NOTHING;
    }
    List<Revision> run = new ArrayList<>();
    if (!stored.runs.isEmpty() && stored.runs.lastEntry().getValue().size() < RUN) {
      run.addAll(stored.runs.pollLastEntry().getValue());
    }
    int before = run.size();
    while (run.size() < RUN && !stored.single.isEmpty() && stored.single.firstKey() <= upTo) {
      run.add(stored.single.pollFirstEntry().getValue());
    }
    long last = run.get(run.size() - 1).rev();
    stored.runs.put(last, RunCodec.decode(RunCodec.encode(run)).orElseThrow());
    long kept = Long.MIN_VALUE;
    for (long rev :
        List.copyOf(
            stored.snapshots.headMap(Math.min(last, stored.snapshots.lastKey())).keySet())) {
      if (kept == Long.MIN_VALUE || rev - kept >= SNAPSHOT_DISTANCE) {
        kept = rev;
      } else {
        stored.snapshots.remove(rev);
      }
    }
    return new Packed(run.size() - before, !stored.single.headMap(upTo, true).isEmpty());
  }

  @Override
  public synchronized long delete(PageId page, long beforeMillis) {
    reached();
    Stored stored = pages.get(page);
    if (stored == null) {
      return 0;
    }
    long cut =
        joined(stored.packed(stored.base, stored.head), stored.single(stored.base, stored.head))
            .stream()
            .filter(revision -> revision.stamp().millis() < beforeMillis)
            .mapToLong(Revision::rev)
            .max()
            .orElse(-1);
    cut = Math.min(Math.min(cut, stored.published), stored.base + DELETED_AT_ONCE);
    if (cut <= stored.base) {
      return 0;
    }
    stored.snapshots.put(cut, documentAt(page, cut).orElseThrow());
    stored.snapshots.headMap(cut).clear();
    stored.single.headMap(cut, true).clear();
    List<Revision> left = stored.packed(cut, stored.head);
    stored.runs.clear();
    if (!left.isEmpty()) {
      stored.runs.put(left.get(left.size() - 1).rev(), left);
    }
    long gone = cut - stored.base;
    stored.base = cut;
    if (deletesMarks) {
      stored.marks.values().removeIf(mark -> mark.rev() <= stored.base);
    }
    return gone;
  }

  @Override
  public synchronized List<PageId> pages(Optional<PageId> after, int limit) {
    reached();
    return pages.keySet().stream()
        .sorted()
        .filter(page -> after.isEmpty() || page.compareTo(after.get()) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Size size(PageId page) {
    reached();
    Stored stored = pages.get(page);
    if (stored == null) {
      return Size.NONE;
    }
    List<Revision> packed = stored.packed(stored.base, stored.head);
    return new Size(
        stored.single.size(),
        stored.single.values().stream()
            .mapToLong(one -> DeltaJson.write(one.delta()).length())
            .sum(),
        packed.size(),
        packed.isEmpty() ? 0 : RunCodec.encode(packed).length,
        stored.snapshots.size(),
        stored.snapshots.values().stream().mapToLong(one -> DeltaJson.write(one).length()).sum());
  }
}
