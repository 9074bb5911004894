package org.tandem.collab.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.PageId;
import org.tandem.collab.log.LogDamaged;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.page.PageState;

/**
 * What waits until no append of a page is under way, so that its state is what is committed. All
 * calls come in the page's mailbox.
 */
final class WhenIdle {

  private static final Logger log = LoggerFactory.getLogger(WhenIdle.class);

  private final PageId page;
  private final PageCopy copy;
  private final List<Runnable> waiting = new ArrayList<>();

  WhenIdle(PageId page, PageCopy copy) {
    this.page = page;
    this.copy = copy;
  }

  /**
   * Runs a task, now or later, with the page at its committed revision.
   *
   * @param task given nothing when there is no such page
   * @param away told when the page must be loaded and the database does not answer
   */
  void run(Consumer<Optional<PageState>> task, Consumer<LogUnavailable> away) {
    if (!copy.idle()) {
      waiting.add(() -> run(task, away));
      return;
    }
    try {
      task.accept(copy.state());
    } catch (LogUnavailable unavailable) {
      log.warn("Page {}: {}", page, unavailable.getMessage());
      away.accept(unavailable);
    } catch (LogDamaged damaged) {
      log.error("Page {}: {}", page, damaged.getMessage());
      away.accept(new LogUnavailable("the log is damaged", damaged));
    } catch (RuntimeException bug) {
      log.error("Page {}: an answer failed", page, bug);
      away.accept(new LogUnavailable("the server met a fault", bug));
    }
  }

  /** The state moved or nothing is under way any more. */
  void settled() {
    List<Runnable> tasks = List.copyOf(waiting);
    waiting.clear();
    tasks.forEach(Runnable::run);
  }
}
