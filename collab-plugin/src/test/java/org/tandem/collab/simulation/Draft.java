package org.tandem.collab.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Delta;

/** The text on one device: what the page is known to be, a change on its way, and what waits. */
final class Draft {

  private final Writer writer;

  /** Without what is sent and what waits. */
  private Delta base = Delta.EMPTY;

  private Delta document = Delta.EMPTY;
  private long rev = -1;
  private long seq;
  private boolean lost;
  private @Nullable Sent sent;

  /** Changes that were made and not sent, each on top of the one before, the first on the sent. */
  private List<Delta> pending = new ArrayList<>();

  /** What others did since a branch was sent. */
  private final TreeMap<Long, Delta> beside = new TreeMap<>();

  Draft(Writer writer) {
    this.writer = writer;
  }

  // --- here -------------------------------------------------------------------------------------

  void type(Delta change) {
    document = document.compose(change);
    pending.add(change);
  }

  /**
   * Makes one change of what waits, or a branch, if none is on its way.
   *
   * @return whether there is one to send now
   */
  boolean send(boolean offline) {
    if (sent != null || pending.isEmpty()) {
      return false;
    }
    boolean branch = offline && pending.size() > 1;
    List<Delta> changes =
        branch ? pending : List.of(pending.stream().reduce(Delta::compose).orElseThrow());
    seq++;
    pending = new ArrayList<>();
    sent = new Sent(seq, rev, changes, branch);
    writer.sent();
    return true;
  }

  // --- of others --------------------------------------------------------------------------------

  void hear(long at, Delta theirs) {
    if (branches()) {
      beside.put(at, theirs);
    } else {
      apply(at, theirs);
    }
  }

  private void apply(long at, Delta theirs) {
    Delta change = theirs;
    boolean same = empty();
    if (sent != null) {
      Delta mine = sent.changes().get(0);
      sent = new Sent(sent.seq(), at, List.of(change.transform(mine, true)), false);
      change = mine.transform(change, false);
    }
    change = overPending(change, true);
    document = document.compose(change);
    base = same ? document : base.compose(theirs);
    rev = at;
  }

  /** Brings a change of others over what waits here, and what waits over the change. */
  private Delta overPending(Delta theirs, boolean left) {
    Delta change = theirs;
    for (int i = 0; i < pending.size(); i++) {
      Delta mine = pending.get(i);
      pending.set(i, change.transform(mine, left));
      change = mine.transform(change, !left);
    }
    return change;
  }

  private void applyBeside(long after) {
    TreeMap<Long, Delta> rest = new TreeMap<>(beside.tailMap(after, false));
    beside.clear();
    rest.forEach(this::apply);
  }

  // --- what became of the sent ------------------------------------------------------------------

  /** It is the next revision. */
  void acknowledge(long at) {
    base = pending.isEmpty() ? document : base.compose(sent.changes().get(0));
    rev = at;
    accept();
  }

  /** It is somewhere in the log. */
  void accept() {
    sent = null;
    writer.accepted();
  }

  /** The branch is merged. */
  void merge(long at, Delta catchUp) {
    Delta branch = sent.changes().stream().reduce(Delta::compose).orElseThrow();
    base = base.compose(branch).compose(catchUp);
    document = document.compose(overPending(catchUp, true));
    rev = at;
    accept();
    applyBeside(at);
  }

  /**
   * It was not saved: its seq is free, and it goes out again with what was typed since.
   *
   * @return whether it was a branch
   */
  boolean takeBack() {
    boolean branch = sent.branch();
    List<Delta> all = new ArrayList<>(sent.changes());
    all.addAll(pending);
    pending = all;
    sent = null;
    seq--;
    writer.takenBack();
    applyBeside(0);
    return branch;
  }

  /** It is refused: its seq is free, and what was typed since stays without it. */
  void takeOut() {
    Delta change = sent.changes().stream().reduce(Delta::compose).orElseThrow();
    // What was typed where something comes back stays to the left of it.
    document = document.compose(overPending(change.invert(base), false));
    sent = null;
    seq--;
    writer.refused();
    applyBeside(0);
  }

  // --- without the past -------------------------------------------------------------------------

  /** The log does not reach back to this text: the next join asks for the document. */
  void startAgain() {
    lost = true;
  }

  /** The page's document, on top of which goes what is new here. */
  void begin(Delta there, long at) {
    lost = false;
    beside.clear();
    pending = new ArrayList<>();
    base = there;
    document = there;
    rev = at;
    if (sent != null) {
      Delta again = writer.flightAgain();
      sent = new Sent(sent.seq(), at, List.of(again), false);
      document = document.compose(again);
    }
    Delta rest = writer.freshAgain();
    if (!rest.isEmpty()) {
      type(rest);
    }
  }

  // --- as it is ---------------------------------------------------------------------------------

  /** The revision to join from; -1: none. */
  long known() {
    if (lost) {
      return -1;
    }
    return branches() ? sent.base() : rev;
  }

  long heardRev() {
    return branches() && !beside.isEmpty() ? beside.lastKey() : rev;
  }

  boolean branches() {
    return sent != null && sent.branch();
  }

  boolean empty() {
    return sent == null && pending.isEmpty();
  }

  @Nullable Sent sent() {
    return sent;
  }

  long rev() {
    return rev;
  }

  Delta document() {
    return document;
  }

  Delta base() {
    return base;
  }

  @Override
  public String toString() {
    return "rev " + rev + ", sent " + sent + ", " + pending;
  }
}
