package org.tandem.collab.runtime;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.PageId;
import org.tandem.collab.log.LogDamaged;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.page.Decision;
import org.tandem.collab.page.PageState;
import org.tandem.collab.page.Revision;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.ErrorCode;

/**
 * Gives submissions their place: decides all that wait, appends them as one, and decides the next
 * once the commit is answered. So the state is either what is committed or one append ahead of it,
 * and a failed append is a reload. All calls come in the page's mailbox.
 */
final class PageSequencer {

  /** What the page does with what the sequencer found out. */
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

  private static final Logger log = LoggerFactory.getLogger(PageSequencer.class);
  private static final int KEEP = 500;

  static final String AWAY = "The change is not saved yet: keep it and send it again.";
  static final String EARLY = "Wait for joined, then send the change again.";
  static final String FAULT = "The server met a fault: keep the change and send it again.";

  private final PageId page;
  private final Ports ports;
  private final GroupCommit commits;
  private final Mailbox mailbox;
  private final PageLoader loader;
  private final Listener listener;
  private final OldRevisions oldRevisions;
  private final Undecided undecided = new Undecided();
  private final Deciding deciding;
  private final Contention contention;
  private final Checking checking;

  /** Deciding, a check of what is decided, or an append. */
  private boolean underWay;

  private boolean pausing;
  private @Nullable PageState state;
  private long committedRev = -1;
  private long publishedRev;

  /** The highest revision that another node told of. */
  private long toldRev;

  PageSequencer(
      PageId page,
      Ports ports,
      OldRevisions oldRevisions,
      GroupCommit commits,
      Mailbox mailbox,
      Listening listening,
      Listener listener) {
    this.page = page;
    this.checking = new Checking(page, ports, mailbox, listening);
    this.ports = ports;
    this.commits = commits;
    this.mailbox = mailbox;
    this.loader = new PageLoader(ports);
    this.oldRevisions = oldRevisions;
    this.deciding = new Deciding(page, ports, oldRevisions);
    this.contention = new Contention(ports.cluster().self(), ports.millis());
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

  /** The way through the plugins' hooks. */
  Checking checking() {
    return checking;
  }

  boolean loaded() {
    return state != null;
  }

  /** Whether nothing is under way, so that the state is what is committed. */
  boolean idle() {
    return !underWay;
  }

  boolean empty() {
    return idle() && undecided.isEmpty();
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

  void submit(Author author, Submission submission) {
    undecided.add(new Waiting(author, submission));
    decide();
  }

  /** Decides what waits, unless something is under way. */
  void decide() {
    while (!underWay && !pausing && !undecided.isEmpty()) {
      proceed(this::decideWaiting);
    }
  }

  /**
   * Decides alone: an answer to one may make somebody submit another, which waits. Who waits has an
   * answer, whatever goes wrong.
   *
   * @param deciding says whether a check or an append is under way after it
   */
  private void proceed(BooleanSupplier deciding) {
    underWay = true;
    underWay = undecided.orRefuse(page, deciding, () -> state = null);
    if (!underWay) {
      forget();
      follow(toldRev);
      listener.settled();
    }
  }

  private boolean decideWaiting() {
    Optional<PageState> current = state();
    if (current.isEmpty()) {
      undecided.refuseAll(ErrorCode.FORBIDDEN, "There is no such page any more.");
      return false;
    }
    contention.begin();
    List<Submission> above = undecided.above(committedRev, oldRevisions);
    if (contention.isOn() || !above.isEmpty()) {
      // There may be revisions that are still on their way to this node.
      readOn(current.get(), true, above.stream().mapToLong(Submission::base).max().orElse(0));
    }
    above.stream()
        .filter(submission -> submission.base() > committedRev)
        .forEach(submission -> oldRevisions.wasNotAhead(submission.user()));
    return decideOn(current.get(), batch(current.get()));
  }

  private Batch batch(PageState current) {
    return new Batch(current.rev(), undecided.size(), ports.millis());
  }

  /** Decides until the append is full, or a change has to be checked first. */
  private boolean decideOn(PageState current, Batch batch) {
    try {
      while (!batch.isFull()) {
        Waiting waiting = undecided.element();
        Decision decision = deciding.decide(current, waiting.submission());
        undecided.remove();
        batch.decided();
        if (decision instanceof Decision.Append append && checking.isNeeded(append.revision())) {
          checking.ask(
              current,
              waiting.submission(),
              append.revision(),
              checked -> goOn(current, batch, waiting, checked));
          return true;
        }
        take(current, batch, waiting, decision);
      }
    } catch (RuntimeException | Error failure) {
      batch.returnAll(undecided);
      throw failure;
    }
    return append(current, batch);
  }

  private void take(PageState current, Batch batch, Waiting waiting, Decision made) {
    Decision decision = deciding.applied(current, waiting.submission(), made);
    if (decision instanceof Decision.Append append) {
      batch.place(waiting, append.revision());
    } else if (decision instanceof Decision.Repeat repeat && repeat.rev() > batch.head()) {
      // Repeats a change that is decided here and not committed yet, or committed elsewhere.
      toldRev = Math.max(toldRev, repeat.rev());
      batch.again(waiting.doubtful());
    } else {
      waiting.answer(decision);
    }
  }

  /** A change is checked: goes on with those behind it. */
  private void goOn(PageState current, Batch batch, Waiting waiting, Decision checked) {
    try {
      proceed(
          () -> {
            try {
              take(current, batch, waiting, checked);
            } catch (RuntimeException | Error failure) {
              batch.returnAll(undecided);
              throw failure;
            }
            return decideOn(current, batch);
          });
    } finally {
      decide();
    }
  }

  /** Whether an append is under way now, or a check. */
  private boolean append(PageState current, Batch batch) {
    batch.returnAgain(undecided);
    if (!batch.revisions().isEmpty()) {
      append(batch);
      return true;
    }
    if (!batch.hasAgain()) {
      return false;
    }
    if (!readOn(current, true, toldRev)) {
      throw new IllegalStateException("the log has a client's mark and not its revision");
    }
    return decideOn(current, batch(current));
  }

  /** What was read for one answer is not gone through by all submissions that come after it. */
  void forget() {
    if (state != null && idle()) {
      state.forgetBut(KEEP);
    }
  }

  private void append(Batch batch) {
    checking.ordered(batch.revisions());
    commits.append(
        new OperationLog.Append(page, batch.head(), batch.revisions()),
        outcome -> mailbox.post(() -> answered(outcome, batch)));
  }

  private void answered(GroupCommit.Outcome outcome, Batch batch) {
    underWay = false;
    try {
      if (outcome == GroupCommit.Outcome.COMMITTED) {
        tell(batch.revisions(), true);
        if (contention.isOn()) {
          pausing = true;
          mailbox.later(contention.pause(committedRev), this::goOn);
        }
      } else {
        if (outcome == GroupCommit.Outcome.FENCED) {
          contended();
        }
        // The order that was decided never was.
        state = null;
        log.info("Page {}: an append was {}, loading again", page, outcome);
        batch.takeBack(outcome, undecided);
      }
      follow(toldRev);
      listener.settled();
    } finally {
      decide();
    }
  }

  /** Another node, that this one may not see, gives places on this page too. */
  void contended() {
    contention.seen();
  }

  private void goOn() {
    pausing = false;
    decide();
  }

  /** Loads the page as for the first time; call only when {@link #idle}. */
  void loadAgain() {
    state = null;
    state();
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

  /** Another node has committed up to this revision: loads what this one does not have. */
  void follow(long rev) {
    toldRev = Math.max(toldRev, rev);
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
      state = null;
    } catch (LogDamaged damaged) {
      log.error("Page {}: {}", page, damaged.getMessage());
      state = null;
    }
  }

  /**
   * Takes in what the log holds above the state, {@code here} as told; false without any.
   *
   * @param seen the highest revision that somebody says to have seen
   */
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
      tell(fresh.after(committedRev), true);
    } else if (ahead) {
      long told = committedRev;
      committedRev = fresh.rev();
      listener.cutOff(told, committedRev);
    }
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
