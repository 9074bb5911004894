package org.tandem.collab.log.resilience4j;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.page.Mark;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;

/**
 * A log behind a {@link Guard}. Appends go ahead of everything else, so that however many pages are
 * read, a commit has its connection.
 */
public final class GuardedLog implements OperationLog {

  private final OperationLog log;
  private final Guard guard;

  public GuardedLog(OperationLog log, Guard guard) {
    this.log = log;
    this.guard = guard;
  }

  @Override
  public Optional<StoredPage> load(PageId page) {
    return guard.ask(() -> log.load(page));
  }

  @Override
  public long head(PageId page) {
    return guard.ask(() -> log.head(page));
  }

  @Override
  public void create(PageId page, long rev, Delta document) {
    write(() -> log.create(page, rev, document));
  }

  @Override
  public List<Revision> revisions(PageId page, long after, long upTo) {
    return guard.ask(() -> log.revisions(page, after, upTo));
  }

  @Override
  public Optional<Delta> documentAt(PageId page, long rev) {
    return guard.ask(() -> log.documentAt(page, rev));
  }

  @Override
  public Mark mark(PageId page, ClientId client) {
    return guard.ask(() -> log.mark(page, client));
  }

  @Override
  public Map<PageId, Boolean> append(List<Append> appends) {
    return guard.ahead(() -> log.append(appends));
  }

  @Override
  public void snapshot(PageId page, long rev, Delta document) {
    write(() -> log.snapshot(page, rev, document));
  }

  @Override
  public void published(PageId page, long rev) {
    write(() -> log.published(page, rev));
  }

  @Override
  public List<PageId> unpublished() {
    return guard.ask(log::unpublished);
  }

  @Override
  public List<PageId> newest(int most) {
    return guard.ask(() -> log.newest(most));
  }

  @Override
  public void forget(PageId page) {
    write(() -> log.forget(page));
  }

  private void write(Runnable work) {
    Supplier<Boolean> done =
        () -> {
          work.run();
          return true;
        };
    guard.ask(done);
  }
}
