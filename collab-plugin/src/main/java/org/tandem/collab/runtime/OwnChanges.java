package org.tandem.collab.runtime;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.collab.page.Decision;
import org.tandem.collab.page.Revision;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.ErrorCode;
import org.tandem.collab.protocol.ServerFrame;
import org.tandem.collab.telemetry.Telemetry;

/**
 * The changes that a connection's own client sends, one at a time, and what it is told of them: an
 * answer for good only once no earlier copy of the change can find its place any more.
 *
 * <p>Threads: answers come in the page's mailbox, but for refusals, which any thread may give.
 */
final class OwnChanges implements Author {

  private static final Logger log = LoggerFactory.getLogger(OwnChanges.class);
  private static final long RETRY_AFTER = 2_000;

  private final LiveSession session;
  private final Rules rules;
  private final OpenPage page;
  private final Telemetry telemetry;
  private final Earlier earlier = new Earlier();

  /** When the change in flight arrived, in nanoseconds of the JVM. */
  private volatile long arrivedAt;

  /** What is in flight; only the mailbox touches it. */
  private @Nullable Submission sent;

  OwnChanges(LiveSession session, Rules rules, OpenPage page, Telemetry telemetry) {
    this.session = session;
    this.rules = rules;
    this.page = page;
    this.telemetry = telemetry;
  }

  /** The client joins from this revision; empty: with nothing. */
  void joins(OptionalLong rev) {
    earlier.joins(rev);
  }

  /** A change arrived from the client. */
  void arrived() {
    arrivedAt = System.nanoTime();
  }

  /** It is on its way to its place. Called in the mailbox. */
  void sent(Submission submission) {
    sent = submission;
  }

  @Override
  public void committed(Revision revision) {
    Submission mine = answered(revision.seq());
    if (mine != null && mine.branch()) {
      page.history().merged(session, mine, revision.rev(), false);
    } else if (earlier.inAnotherForm()
        && (mine == null || !page.history().became(mine, revision))) {
      session.diverged();
    } else if (mine == null) {
      // By an earlier connection: whether as a branch is not known here before it is repeated.
      uncertain();
    } else {
      session.send(
          new ServerFrame.Ack(revision.seq(), revision.rev(), revision.stamp().toString()));
    }
    earlier.over();
  }

  @Override
  public void repeated(long seq, long rev) {
    Submission mine = answered(seq);
    if (mine != null && mine.branch()) {
      page.history().merged(session, mine, rev, true);
    } else {
      page.history().acknowledge(session, earlier.inAnotherForm() ? mine : null, seq, rev);
    }
    earlier.over();
  }

  private @Nullable Submission answered(long seq) {
    earlier.answered();
    rules.acknowledged(seq);
    Submission mine = sent;
    if (mine == null || mine.seq() != seq) {
      return null;
    }
    telemetry.acknowledged(System.nanoTime() - arrivedAt);
    sent = null;
    return mine;
  }

  /** It is told that its changes are durable up to this one: a repetition needs no right. */
  void toldAcknowledged(long seq) {
    earlier.has(seq);
    rules.acknowledged(seq);
  }

  /** It is told the document, not the way to it. */
  void beginsAnew() {
    earlier.beginsAnew();
  }

  @Override
  public void refused(long seq, ErrorCode code, String reason) {
    if (earlier.forbidsToRefuse(code)) {
      refusedInDoubt(seq, code, reason);
    } else if (earlier.forbidsToDeny(code)) {
      uncertain();
    } else {
      tellRefused(seq, code, reason);
    }
  }

  @Override
  public void refusedInDoubt(long seq, ErrorCode code, String reason) {
    page.post(() -> page.refuse(session, seq, new Decision.Refuse(code, reason)));
  }

  /** No earlier copy of the change can find its place any more. */
  void refusedForGood(long seq, Decision.Refuse refuse) {
    earlier.answered();
    earlier.over();
    tellRefused(seq, refuse.code(), refuse.reason());
  }

  private void tellRefused(long seq, ErrorCode code, String reason) {
    if (!rules.refused(seq)) {
      if (code == ErrorCode.RATE_LIMITED) {
        uncertain();
      }
      return;
    }
    ServerFrame.Error error = ServerFrame.Error.of(code, reason, seq);
    boolean later = code == ErrorCode.UNAVAILABLE || code == ErrorCode.RATE_LIMITED;
    if (!later) {
      log.info("{}: {}: {}", session, code.word(), reason);
    }
    session.send(later ? error.retryAfter(RETRY_AFTER) : error);
  }

  /** Joining again tells the client whether its change is there: joined says what was acked. */
  @Override
  public void uncertain() {
    session.close(CloseCode.OVERLOADED);
  }
}
