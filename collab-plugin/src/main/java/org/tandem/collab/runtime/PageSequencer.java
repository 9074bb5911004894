package org.tandem.collab.runtime;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.PageId;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.page.Decision;
import org.tandem.collab.page.PageState;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.ErrorCode;

/**
 * Gives submissions their place: decides all that wait, appends them as one, and decides the next
 * once the commit is answered. So the page's copy is either what is committed or one append ahead
 * of it, and a failed append is a reload. All calls come in the page's mailbox.
 */
final class PageSequencer {

  private static final Logger log = LoggerFactory.getLogger(PageSequencer.class);

  static final String AWAY = "The change is not saved yet: keep it and send it again.";
  static final String EARLY = "Wait for joined, then send the change again.";
  static final String FAULT = "The server met a fault: keep the change and send it again.";

  private final PageId page;
  private final Ports ports;
  private final GroupCommit commits;
  private final Mailbox mailbox;
  private final PageCopy copy;
  private final OldRevisions oldRevisions;
  private final Undecided undecided = new Undecided();
  private final Deciding deciding;
  private final Contention contention;
  private final Checking checking;

  private boolean pausing;

  PageSequencer(
      PageId page,
      Ports ports,
      PageCopy copy,
      OldRevisions oldRevisions,
      GroupCommit commits,
      Mailbox mailbox,
      Listening listening) {
    this.page = page;
    this.checking = new Checking(page, ports, mailbox, listening);
    this.ports = ports;
    this.commits = commits;
    this.mailbox = mailbox;
    this.copy = copy;
    this.oldRevisions = oldRevisions;
    this.deciding = new Deciding(page, ports, oldRevisions);
    this.contention = new Contention(ports.cluster().self(), ports.millis());
  }

  /** The way through the plugins' hooks. */
  Checking checking() {
    return checking;
  }

  boolean empty() {
    return copy.idle() && undecided.isEmpty();
  }

  void submit(Author author, Submission submission) {
    undecided.add(new Waiting(author, submission));
    decide();
  }

  /** Decides what waits, unless something is under way. */
  void decide() {
    while (copy.idle() && !pausing && !undecided.isEmpty()) {
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
    copy.keep();
    if (!undecided.orRefuse(page, deciding, copy::drop)) {
      copy.giveBack();
      copy.forget();
      copy.settle();
    }
  }

  private boolean decideWaiting() {
    Optional<PageState> current = copy.state();
    if (current.isEmpty()) {
      undecided.refuseAll(ErrorCode.FORBIDDEN, "There is no such page any more.");
      return false;
    }
    contention.begin();
    List<Submission> above = undecided.above(copy.committedRev(), oldRevisions);
    if (contention.isOn() || !above.isEmpty()) {
      // There may be revisions that are still on their way to this node.
      copy.readOn(current.get(), above.stream().mapToLong(Submission::base).max().orElse(0));
    }
    above.stream()
        .filter(submission -> submission.base() > copy.committedRev())
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
      copy.heardOf(repeat.rev());
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
    if (!copy.readOn(current)) {
      throw new IllegalStateException("the log has a client's mark and not its revision");
    }
    return decideOn(current, batch(current));
  }

  private void append(Batch batch) {
    checking.ordered(batch.revisions());
    commits.append(
        new OperationLog.Append(page, batch.head(), batch.revisions()),
        outcome -> mailbox.post(() -> answered(outcome, batch)));
  }

  private void answered(GroupCommit.Outcome outcome, Batch batch) {
    copy.giveBack();
    try {
      if (outcome == GroupCommit.Outcome.COMMITTED) {
        copy.committed(batch.revisions());
        if (contention.isOn()) {
          pausing = true;
          mailbox.later(contention.pause(copy.committedRev()), this::goOn);
        }
      } else {
        if (outcome == GroupCommit.Outcome.FENCED) {
          contended();
        }
        // The order that was decided never was.
        copy.drop();
        log.info("Page {}: an append was {}, loading again", page, outcome);
        batch.takeBack(outcome, undecided);
      }
      copy.settle();
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
}
