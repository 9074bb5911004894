package org.tandem.collab.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.collab.log.Compaction;
import org.tandem.collab.log.InMemoryLog;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.page.Mark;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;

/**
 * One node's way to the log that all share. An append may be refused, or end without an answer:
 * then it took place, or not, or it takes place later, but before any other append to its pages, as
 * the row locks of a database have it.
 */
final class FaultyLog implements OperationLog, Compaction {

  private static final double PACKING = 0.2;

  /** The database, as all nodes see it. */
  static final class Database {
    private final Scheduler scheduler;
    private final Scheduler.Actor process;
    private final InMemoryLog log;
    private double unsure;
    private final List<Runnable> late = new ArrayList<>();
    private final Map<PageId, Long> begins = new HashMap<>();
    private boolean away;

    /**
     * @param unsure how probable it is of an append that it fails in some way
     */
    Database(Scheduler scheduler, InMemoryLog log, double unsure) {
      this.scheduler = scheduler;
      this.process = scheduler.actor("database");
      this.log = log;
      this.unsure = unsure;
      log.amidReading(this::pack);
    }

    /** Compaction at any moment, by whatever node: also while one reads. */
    private void pack(PageId page) {
      if (scheduler.chance(PACKING)) {
        log.pack(page, log.head(page) - scheduler.between(0, 5), 1);
      }
    }

    /** The retention policy at work. */
    void delete(PageId page, long beforeMillis) {
      long gone = log.delete(page, beforeMillis);
      if (gone > 0) {
        begins.merge(page, gone, Long::sum);
        scheduler.note("database", "has " + page + " from " + beginning(page) + " on");
      }
    }

    /** The revision that the page's log begins with: as it was made, as long as it is whole. */
    long beginning(PageId page) {
      return begins.getOrDefault(page, 0L);
    }

    void away(boolean away) {
      this.away = away;
      scheduler.note("database", away ? "away" : "back");
    }

    /** No faults from now on. */
    void peace() {
      away(false);
      unsure = 0;
      catchUp();
    }

    private void catchUp() {
      List<Runnable> all = List.copyOf(late);
      late.clear();
      all.forEach(Runnable::run);
    }
  }

  private static final int LATEST = 5_000;

  private final Database database;
  private boolean away;

  FaultyLog(Database database) {
    this.database = database;
  }

  /** Whether this node's connections are cut. */
  void away(boolean away) {
    this.away = away;
  }

  /** Whether this node's connections work. */
  boolean reached() {
    return !away && !database.away;
  }

  private InMemoryLog log() {
    if (!reached()) {
      throw new LogUnavailable("the database is away, as the seed wants", null);
    }
    return database.log;
  }

  @Override
  public Optional<StoredPage> load(PageId page) {
    return log().load(page);
  }

  @Override
  public long head(PageId page) {
    return log().head(page);
  }

  @Override
  public void create(PageId page, long rev, Delta document) {
    InMemoryLog log = log();
    if (log.head(page) < 0) {
      database.begins.put(page, rev);
    }
    log.create(page, rev, document);
  }

  @Override
  public List<Revision> revisions(PageId page, long after, long upTo) {
    return log().revisions(page, after, upTo);
  }

  @Override
  public Optional<Delta> documentAt(PageId page, long rev) {
    return log().documentAt(page, rev);
  }

  @Override
  public Mark mark(PageId page, ClientId client) {
    return log().mark(page, client);
  }

  @Override
  public Map<PageId, Boolean> append(List<Append> appends) {
    OperationLog log = log();
    database.catchUp();
    Scheduler scheduler = database.scheduler;
    if (!scheduler.chance(database.unsure)) {
      return log.append(appends);
    }
    int fate = scheduler.between(0, 3);
    if (fate == 0) {
      throw new LogUnavailable.Refused("refused, as the seed wants", null);
    }
    if (fate == 1) {
      log.append(appends);
    } else if (fate == 2) {
      Runnable commit = () -> log.append(appends);
      database.late.add(commit);
      database.process.in(
          scheduler.between(0, LATEST),
          () -> {
            if (database.late.remove(commit)) {
              commit.run();
            }
          });
    }
    throw new LogUnavailable.OutcomeUnknown("no answer, as the seed wants", null);
  }

  @Override
  public void snapshot(PageId page, long rev, Delta document) {
    log().snapshot(page, rev, document);
  }

  @Override
  public void published(PageId page, long rev) {
    log().published(page, rev);
  }

  @Override
  public List<PageId> newest(int most) {
    return log().newest(most);
  }

  @Override
  public List<PageId> unpublished() {
    return log().unpublished();
  }

  @Override
  public void forget(PageId page) {
    log().forget(page);
  }

  @Override
  public Packed pack(PageId page, long upTo, int least) {
    return log().pack(page, upTo, least);
  }

  @Override
  public long delete(PageId page, long beforeMillis) {
    return log().delete(page, beforeMillis);
  }

  @Override
  public List<PageId> pages(Optional<PageId> after, int limit) {
    return log().pages(after, limit);
  }

  @Override
  public Size size(PageId page) {
    return log().size(page);
  }
}
