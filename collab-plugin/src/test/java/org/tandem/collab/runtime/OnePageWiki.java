package org.tandem.collab.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.Access;
import org.tandem.api.host.AccessChange;
import org.tandem.api.host.AccessControl;
import org.tandem.api.host.Page;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Pages;
import org.tandem.api.host.Registration;
import org.tandem.api.host.SavedVersion;
import org.tandem.api.host.UserId;
import org.tandem.collab.log.LogUnavailable;

/** A host with one page, for tests of the runtime. */
public final class OnePageWiki implements Pages, AccessControl {

  private final PageId page;
  private final Map<UserId, Access> access = new ConcurrentHashMap<>();
  private final List<SavedVersion> alone = new ArrayList<>();
  private PageContent content;
  private long published;
  private boolean there = true;
  private volatile boolean away;
  private boolean holding;
  private int held;

  public OnePageWiki(PageId page, Delta document) {
    this.page = page;
    this.content = new PageContent(0, document);
  }

  void grant(UserId user, Access level) {
    access.put(user, level);
  }

  /** From now on no question is answered, or again each. */
  void away(boolean away) {
    this.away = away;
  }

  /** From now on what is published waits, or goes on. */
  synchronized void holdPublishing(boolean hold) {
    holding = hold;
    notifyAll();
  }

  /** Whether something waits to be published. */
  synchronized boolean holdsPublishing() {
    return held > 0;
  }

  private void reached() {
    if (away) {
      throw new LogUnavailable("the wiki's database is away, as the test wants", null);
    }
  }

  synchronized void delete() {
    there = false;
  }

  /** A save of one person while co-editing is off. */
  synchronized void saveAlone(SavedVersion version) {
    alone.add(version);
    content = new PageContent(version.rev(), version.document());
  }

  synchronized PageContent held() {
    return content;
  }

  @Override
  public synchronized Optional<Page> page(PageId asked) {
    reached();
    return there && asked.equals(page)
        ? Optional.of(new Page(page, "One", "space"))
        : Optional.empty();
  }

  @Override
  public synchronized Optional<PageContent> content(PageId asked) {
    return page(asked).map(known -> content);
  }

  @Override
  public synchronized List<SavedVersion> savedAlone(PageId asked) {
    return List.copyOf(alone);
  }

  @Override
  public synchronized boolean publish(PageId asked, SavedVersion version, long takenOver) {
    while (holding) {
      held++;
      try {
        wait();
      } catch (InterruptedException ended) {
        throw new LogUnavailable("the node ended", ended);
      } finally {
        held--;
      }
    }
    if (!alone.isEmpty() && alone.get(alone.size() - 1).rev() > takenOver) {
      return false;
    }
    if (version.rev() > published) {
      published = version.rev();
      content = new PageContent(version.rev(), version.document());
      alone.clear();
      notifyAll();
    }
    return true;
  }

  @Override
  public Registration onDeleted(Consumer<PageId> listener) {
    return () -> {};
  }

  @Override
  public Access access(PageId asked, UserId user) {
    reached();
    return access.getOrDefault(user, Access.EDIT);
  }

  @Override
  public Registration onChange(Consumer<AccessChange> listener) {
    return () -> {};
  }
}
