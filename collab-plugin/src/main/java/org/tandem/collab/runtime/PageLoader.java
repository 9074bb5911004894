package org.tandem.collab.runtime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.api.host.SavedVersion;
import org.tandem.collab.branch.Rebase;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.page.Mark;
import org.tandem.collab.page.PageState;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;

/**
 * Makes a page's state from the log. A page that the log does not know is taken over from the wiki;
 * what the wiki saved while co-editing was off enters as changes of its authors.
 */
final class PageLoader {

  /**
   * A page ready for use.
   *
   * @param publishedRev the newest revision that the wiki has
   * @param foundRev the newest that was in the log before; what is above it nobody was told
   */
  record Loaded(PageState state, long publishedRev, long foundRev) {}

  private static final Logger log = LoggerFactory.getLogger(PageLoader.class);
  private static final int TRIES = 5;

  private final Ports ports;

  PageLoader(Ports ports) {
    this.ports = ports;
  }

  /**
   * The page; empty when the wiki has no such page.
   *
   * @throws LogUnavailable when the database does not answer
   */
  Optional<Loaded> load(PageId page) {
    if (ports.pages().page(page).isEmpty()) {
      return Optional.empty();
    }
    long foundRev = Long.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      Optional<OperationLog.StoredPage> stored = ports.log().load(page);
      if (stored.isEmpty()) {
        Optional<PageContent> content = ports.pages().content(page);
        if (content.isEmpty()) {
          return Optional.empty();
        }
        ports.log().create(page, content.get().rev(), content.get().document());
        continue;
      }
      PageState state = replay(stored.get());
      foundRev = Math.min(foundRev, state.rev());
      if (takeOver(page, stored.get(), state)) {
        return Optional.of(new Loaded(state, stored.get().publishedRev(), foundRev));
      }
    }
    throw new LogUnavailable("page " + page + " kept changing while it was loaded", null);
  }

  private PageState replay(OperationLog.StoredPage stored) {
    PageState state =
        new PageState(
            ports.check(), stored.snapshotRev(), stored.document(), stored.stamp(), List.of());
    stored.revisions().forEach(state::apply);
    return state;
  }

  /** False when somebody changed the page meanwhile, in the log or alone. */
  private boolean takeOver(PageId page, OperationLog.StoredPage stored, PageState state) {
    List<SavedVersion> alone = ports.pages().savedAlone(page);
    if (alone.isEmpty()) {
      return true;
    }
    Mark mark = ports.log().mark(page, aloneClient(page));
    long taken = Math.max(mark.seq(), stored.createdRev());
    List<Revision> revisions = revisions(page, state, mark, alone, taken);
    if (!revisions.isEmpty()) {
      var append = new OperationLog.Append(page, state.rev(), revisions);
      if (!ports.log().append(List.of(append)).getOrDefault(page, false)) {
        return false;
      }
      revisions.forEach(state::apply);
      log.info("Page {}: took over {} saves made without co-editing", page, revisions.size());
    }
    SavedVersion last = alone.get(alone.size() - 1);
    SavedVersion whole =
        new SavedVersion(state.rev(), state.document().toDelta(), last.authors(), last.savedAt());
    if (!ports.pages().publish(page, whole, last.rev())) {
      return false;
    }
    ports.log().published(page, state.rev());
    return true;
  }

  /**
   * The wiki's own saves count as one client of the page whose seq is the wiki's revision, so that
   * its mark tells which of them are in the log already, also after a crash right here.
   */
  static ClientId aloneClient(PageId page) {
    return new ClientId(
        UUID.nameUUIDFromBytes(("saved alone " + page).getBytes(StandardCharsets.UTF_8)));
  }

  private List<Revision> revisions(
      PageId page, PageState state, Mark mark, List<SavedVersion> alone, long taken) {
    List<SavedVersion> fresh = alone.stream().filter(version -> version.rev() > taken).toList();
    if (fresh.isEmpty()) {
      return List.of();
    }
    long base = fresh.get(0).rev() - 1;
    // What was taken over before, and not published since, has another revision in the log.
    Optional<Delta> line =
        alone.stream()
            .filter(version -> version.rev() == base && mark.seq() == base)
            .map(SavedVersion::document)
            .findFirst();
    long from = line.isPresent() ? mark.rev() : base;
    Optional<Delta> start =
        from > state.rev() ? Optional.empty() : ports.log().documentAt(page, from);
    Delta before = line.or(() -> start).orElseGet(() -> state.document().toDelta());
    List<Delta> later = new ArrayList<>();
    line.ifPresent(
        there -> later.add(there.diff(start.orElseGet(() -> state.document().toDelta()))));
    if (start.isPresent()) {
      ports.log().revisions(page, from, state.rev()).forEach(old -> later.add(old.delta()));
    }
    List<Delta> changes = new ArrayList<>();
    for (SavedVersion version : fresh) {
      changes.add(before.diff(version.document()));
      before = version.document();
    }
    List<Delta> rebased = Rebase.over(changes, later).changes();
    List<Revision> revisions = new ArrayList<>();
    Stamp stamp = state.stamp().orElse(Stamp.NONE);
    for (int i = 0; i < fresh.size(); i++) {
      SavedVersion version = fresh.get(i);
      stamp = ports.clock().nextAfter(stamp);
      revisions.add(
          new Revision(
              state.rev() + 1 + i,
              aloneClient(page),
              version.rev(),
              version.authors().iterator().next(),
              rebased.get(i),
              stamp));
    }
    return revisions;
  }
}
