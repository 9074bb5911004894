package org.tandem.collab.runtime;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.LiveDocument;
import org.tandem.api.host.PageId;
import org.tandem.api.host.SavedVersion;
import org.tandem.api.host.UserId;
import org.tandem.collab.log.LogDamaged;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.page.PageState;
import org.tandem.collab.page.Refusal;
import org.tandem.collab.page.Revision;

/**
 * Gives the wiki the content of pages that change: half a second after the first change that the
 * wiki does not have, or up to ten seconds later where many pages change at once. A failure is
 * tried again.
 *
 * <p>Threads: safe for use by any thread; the work is done in the background.
 */
final class Publisher {

  private static final Logger log = LoggerFactory.getLogger(Publisher.class);
  private static final long DELAY = 500;
  private static final long RETRY = 5_000;

  /** Publishing takes a twentieth of one thread's time, if all have their turn within so long. */
  private static final int REST = 19;

  private static final long LONGEST = 10_000;

  private static final class Pending {
    private final Set<UserId> authors = new HashSet<>();
    private CompletableFuture<Void> done = new CompletableFuture<>();
    private boolean scheduled;
  }

  private final Ports ports;
  private final Workers workers;
  private final Upkeep upkeep;
  private final Leisure<OpenPage> leisure;
  private final Map<PageId, Pending> pages = new HashMap<>();
  private final Map<PageId, CompletableFuture<Void>> storing = new HashMap<>();

  Publisher(Ports ports, Workers workers, Upkeep upkeep) {
    this.ports = ports;
    this.workers = workers;
    this.upkeep = upkeep;
    this.leisure =
        new Leisure<>(
            workers,
            ports.millis(),
            REST,
            LONGEST,
            (page, done) -> page.post(() -> begin(page, done)));
  }

  /** The page has revisions that the wiki may not have. */
  void changed(OpenPage page, List<Revision> revisions) {
    synchronized (pages) {
      Pending pending = pages.computeIfAbsent(page.id(), first -> new Pending());
      pending.authors.addAll(writers(revisions));
      if (!pending.scheduled) {
        pending.scheduled = true;
        schedule(page, DELAY);
      }
    }
  }

  boolean upToDate(OpenPage page) {
    synchronized (pages) {
      return !pages.containsKey(page.id());
    }
  }

  /** Publishes at once; the future ends when it is done or has failed. */
  CompletableFuture<Void> flush(OpenPage page) {
    CompletableFuture<Void> done;
    synchronized (pages) {
      Pending pending = pages.get(page.id());
      if (pending == null) {
        return storing.getOrDefault(page.id(), CompletableFuture.completedFuture(null));
      }
      done = pending.done;
    }
    page.post(() -> begin(page, () -> {}));
    return done;
  }

  private void schedule(OpenPage page, long delay) {
    workers.later(delay, () -> leisure.add(page));
  }

  /**
   * @param end run when the page is published or cannot be for now
   */
  private void begin(OpenPage page, Runnable end) {
    page.whenIdle(
        state ->
            state.ifPresentOrElse(
                known -> capture(page, known, end),
                () -> {
                  drop(page.id());
                  end.run();
                }),
        away -> {
          failed(page, Set.of(), away);
          end.run();
        });
  }

  /** The wiki has no such page: nor is anything of it kept in the log. */
  private void drop(PageId page) {
    workers.background().execute(() -> forget(page));
    synchronized (pages) {
      Pending pending = pages.remove(page);
      if (pending != null) {
        pending.done.complete(null);
      }
    }
  }

  private void forget(PageId page) {
    try {
      ports.log().forget(page);
    } catch (LogUnavailable away) {
      log.warn("Page {} was deleted, its log stays for now: {}", page, away.getMessage());
    }
  }

  private void capture(OpenPage page, PageState state, Runnable end) {
    Set<UserId> authors;
    CompletableFuture<Void> done;
    synchronized (pages) {
      Pending pending = pages.remove(page.id());
      if (pending == null) {
        end.run();
        return;
      }
      authors = Set.copyOf(pending.authors);
      done = pending.done;
      storing.put(page.id(), done);
    }
    done.whenComplete((none, fault) -> stored(page.id(), done));
    done.whenComplete((none, fault) -> end.run());
    if (state.rev() <= page.publishedRev()) {
      done.complete(null);
      return;
    }
    long rev = state.rev();
    LiveDocument document = state.document();
    workers
        .background()
        .execute(
            () -> {
              store(page, rev, document.toDelta(), authors);
              done.complete(null);
            });
  }

  private void stored(PageId page, CompletableFuture<Void> done) {
    synchronized (pages) {
      storing.remove(page, done);
    }
  }

  private void store(OpenPage page, long rev, Delta document, Set<UserId> authors) {
    try {
      Set<UserId> named = authors.isEmpty() ? writers(page, rev) : authors;
      SavedVersion version = new SavedVersion(rev, document, named, Instant.now());
      if (!ports.pages().publish(page.id(), version, 0)) {
        log.info("Page {}: saves made without co-editing are taken over", page.id());
        page.post(page::takeOver);
        again(page, named, DELAY);
        return;
      }
      ports.log().published(page.id(), rev);
      upkeep.published(page.id(), rev, document);
      page.post(() -> page.published(rev));
    } catch (RuntimeException fault) {
      failed(page, authors, fault);
    }
  }

  /** After a crash it is the log that knows who wrote what the wiki does not have. */
  private Set<UserId> writers(OpenPage page, long rev) {
    return writers(ports.log().revisions(page.id(), page.publishedRev(), rev));
  }

  /** Who was refused wrote nothing. */
  private static Set<UserId> writers(List<Revision> revisions) {
    return revisions.stream()
        .filter(revision -> !Refusal.isClient(revision.client()))
        .map(Revision::user)
        .collect(Collectors.toSet());
  }

  private void failed(OpenPage page, Set<UserId> authors, RuntimeException fault) {
    if (fault instanceof LogUnavailable || fault instanceof UncheckedIOException) {
      log.warn("Page {} is not published yet: {}", page.id(), fault.getMessage());
    } else if (fault instanceof LogDamaged) {
      log.error("Page {} is not published: {}", page.id(), fault.getMessage());
    } else {
      log.error("Page {} is not published yet", page.id(), fault);
    }
    again(page, authors, RETRY);
  }

  private void again(OpenPage page, Set<UserId> authors, long delay) {
    synchronized (pages) {
      Pending pending = pages.computeIfAbsent(page.id(), again -> new Pending());
      pending.authors.addAll(authors);
      pending.done.complete(null);
      pending.done = new CompletableFuture<>();
      pending.scheduled = true;
    }
    schedule(page, delay);
  }
}
