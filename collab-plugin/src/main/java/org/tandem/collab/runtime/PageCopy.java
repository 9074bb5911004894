package org.tandem.collab.runtime;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.PageId;
import org.tandem.collab.log.LogDamaged;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.page.PageState;
import org.tandem.collab.page.Revision;

/**
 * The page as this node has it, and how it follows the log: what other nodes committed is taken in
 * as they tell it, or read from the log. Whoever decides on it keeps it meanwhile ({@link #keep}):
 * then it is an append ahead of what is committed, and what comes waits. All calls come in the
 * page's mailbox.
 */
final class PageCopy {

  /** What the page does with what is found out here. */
  interface Listener {

    /**
     * These are committed, in order and without a gap from the last that was told.
     *
     * @param here whether this node committed them, or may have
     */
    void committed(List<Revision> revisions, boolean here);

    /** The log does not lead any more from what was told last to the page of now. */
    void cutOff(long told, long now);

    /** The state moved or nothing is under way any more. */
    void settled();
  }

  private static final Logger log = LoggerFactory.getLogger(PageCopy.class);
  private static final int KEEP = 500;

  private final PageId page;
  private final Ports ports;
  private final PageLoader loader;
  private final OldRevisions oldRevisions;
  private final Listener listener;

  /** Deciding, a check of what is decided, or an append. */
  private boolean underWay;

  private @Nullable PageState state;
  private long committedRev = -1;
  private long publishedRev;

  /** The highest revision that another node told of. */
  private long toldRev;

  PageCopy(PageId page, Ports ports, OldRevisions oldRevisions, Listener listener) {
    this.page = page;
    this.ports = ports;
    this.loader = new PageLoader(ports);
    this.oldRevisions = oldRevisions;
    this.listener = listener;
  }

  /**
   * The page at its committed revision; call only when {@link #idle}.
   *
   * @return empty when the wiki has no such page
   * @throws LogUnavailable when it must be loaded and the database does not answer
   */
  Optional<PageState> state() {
    if (state == null) {
      Optional<PageLoader.Loaded> loaded = loader.load(page);
      if (loaded.isEmpty()) {
        return Optional.empty();
      }
      if (committedRev >= 0) {
        ports.telemetry().reloaded();
      } else {
        committedRev = loaded.get().foundRev();
      }
      publishedRev = Math.max(publishedRev, loaded.get().publishedRev());
      replaceState(loaded.get().state());
    }
    return Optional.ofNullable(state);
  }

  /** The page as it is here, at the committed revision or an append ahead of it, if loaded. */
  Optional<PageState> atHand() {
    return Optional.ofNullable(state);
  }

  boolean loaded() {
    return state != null;
  }

  /** Whether nothing is under way, so that the state is what is committed. */
  boolean idle() {
    return !underWay;
  }

  /** From now on something is under way that moves the state. */
  void keep() {
    underWay = true;
  }

  /** Nothing is under way any more; {@link #settle} follows when all is in order. */
  void giveBack() {
    underWay = false;
  }

  /** Takes in what came while something was under way, and tells that nothing is. */
  void settle() {
    follow(toldRev);
    listener.settled();
  }

  /** The state is not what is committed: it is loaded again when it is asked for. */
  void drop() {
    state = null;
  }

  /** Loads the page as for the first time; call only when {@link #idle}. */
  void loadAgain() {
    drop();
    state();
  }

  long committedRev() {
    return committedRev;
  }

  long publishedRev() {
    return publishedRev;
  }

  void published(long rev) {
    publishedRev = Math.max(publishedRev, rev);
  }

  /** What was read for one answer is not gone through by all submissions that come after it. */
  void forget() {
    if (state != null && idle()) {
      state.forgetBut(KEEP);
    }
  }

  /** Takes in what another node committed. */
  void learn(List<Revision> revisions) {
    List<Revision> next =
        revisions.stream().filter(revision -> revision.rev() > committedRev).toList();
    if (next.isEmpty()) {
      return;
    }
    if (underWay || state == null || next.get(0).rev() != committedRev + 1) {
      follow(next.get(next.size() - 1).rev());
      return;
    }
    next.forEach(state::apply);
    tell(next, false);
    listener.settled();
  }

  /** It is known that the log reaches this revision, which is read once that is needed. */
  void heardOf(long rev) {
    toldRev = Math.max(toldRev, rev);
  }

  /** Another node has committed up to this revision: loads what this one does not have. */
  void follow(long rev) {
    heardOf(rev);
    if (committedRev >= 0 && committedRev < toldRev) {
      catchUp();
    }
  }

  /** Loads what the log holds above the committed revision, once nothing is under way. */
  void catchUp() {
    if (underWay || committedRev < 0) {
      return;
    }
    try {
      if (state == null) {
        state();
      } else {
        readOn(state, false, toldRev);
      }
    } catch (LogUnavailable away) {
      log.warn("Page {}: {}", page, away.getMessage());
      drop();
    } catch (LogDamaged damaged) {
      log.error("Page {}: {}", page, damaged.getMessage());
      drop();
    }
  }

  /** Takes in what the log holds above the state, as this node's own; false without any. */
  boolean readOn(PageState current) {
    return readOn(current, true, toldRev);
  }

  /**
   * As {@link #readOn(PageState)}.
   *
   * @param seen the highest revision that somebody says to have seen
   */
  boolean readOn(PageState current, long seen) {
    return readOn(current, true, seen);
  }

  private boolean readOn(PageState current, boolean here, long seen) {
    List<Revision> missing = ports.log().revisions(page, committedRev, Long.MAX_VALUE);
    boolean none = missing.isEmpty();
    if (none ? isBehind(seen) : missing.get(0).rev() != committedRev + 1) {
      throw new LogUnavailable("revisions above " + committedRev + " are deleted", null);
    }
    if (none) {
      return false;
    }
    missing.forEach(current::apply);
    tell(missing, here);
    listener.settled();
    return true;
  }

  /** Whether the log's head is above the state, if somebody says so. */
  private boolean isBehind(long seen) {
    return Math.max(seen, toldRev) > committedRev && ports.log().head(page) > committedRev;
  }

  /** All or nothing: what leads here from what was told last may have to be asked for. */
  private void replaceState(PageState fresh) {
    boolean ahead = fresh.rev() > committedRev;
    boolean led = ahead && oldRevisions.reachBack(fresh, committedRev);
    state = fresh;
    if (led) {
      // Some may be this node's own, by a commit without an answer or a take-over: nobody else
      // would tell the other nodes.
      committed(fresh.after(committedRev));
    } else if (ahead) {
      long told = committedRev;
      committedRev = fresh.rev();
      listener.cutOff(told, committedRev);
    }
  }

  /** The state's newest revisions are committed, by this node as far as it knows. */
  void committed(List<Revision> revisions) {
    tell(revisions, true);
  }

  private void tell(List<Revision> revisions, boolean here) {
    if (revisions.isEmpty()) {
      return;
    }
    committedRev = revisions.get(revisions.size() - 1).rev();
    listener.committed(revisions, here);
    // After the answers, which may be about what a revision was made of.
    forget();
  }
}
