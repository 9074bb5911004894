package org.tandem.collab.runtime;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.editor.Hooks;
import org.tandem.api.editor.PageChange;
import org.tandem.api.editor.ProposedChange;
import org.tandem.api.host.PageId;
import org.tandem.collab.page.Decision;
import org.tandem.collab.page.PageState;
import org.tandem.collab.page.Revision;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.ClientId;
import org.tandem.collab.protocol.ErrorCode;

/**
 * Brings changes through the plugins' hooks: one at a time is checked before it gets its place,
 * elsewhere than in the mailbox; who listens hears of those that have theirs. All calls come in the
 * page's mailbox.
 */
final class Checking {

  private static final Logger log = LoggerFactory.getLogger(Checking.class);

  /** Not a node's that does not reach the log: another node would meet the same. */
  static final String UNCHECKED =
      "The change could not be checked and is not saved yet: keep it and send it again.";

  /**
   * A host answers in a tenth of this; should it not, the page must not wait for ever, and be done
   * before a node that forwarded the change has it checked once more.
   */
  static final long PATIENCE = 1_500;

  private record Asked(Revision revision, Consumer<Decision> then, long since) {}

  private final PageId page;
  private final Ports ports;
  private final Mailbox mailbox;
  private final ClientId alone;
  private final Listening listening;
  private @Nullable Asked asked;

  Checking(PageId page, Ports ports, Mailbox mailbox, Listening listening) {
    this.listening = listening;
    this.page = page;
    this.ports = ports;
    this.mailbox = mailbox;
    this.alone = PageLoader.aloneClient(page);
  }

  /** Whether plugins are asked about a change; not about one that changes nothing. */
  boolean isNeeded(Revision revision) {
    return !revision.delta().isEmpty() && ports.hooks().checks(page);
  }

  /**
   * Has a change checked that would be the next revision.
   *
   * @param then told later, in the mailbox, what becomes of it: it is appended or refused
   */
  void ask(PageState state, Submission submission, Revision revision, Consumer<Decision> then) {
    if (asked != null) {
      throw new IllegalStateException("a change of this page is being checked");
    }
    Asked asking = new Asked(revision, then, ports.millis().getAsLong());
    asked = asking;
    ProposedChange proposed =
        new ProposedChange(
            page,
            revision.user(),
            state.rev(),
            state.document(),
            revision.delta(),
            submission.manner());
    try {
      ports.hooks().check(proposed, verdict -> mailbox.post(() -> answered(asking, verdict)));
    } catch (RuntimeException | Error failure) {
      // A host without threads, say: the change is not to stand there as being checked.
      log.error("Page {}: a change cannot be checked", page, failure);
      mailbox.post(() -> answered(asking, new Hooks.Verdict.Unknown(UNCHECKED)));
    }
  }

  private void answered(Asked asking, Hooks.Verdict verdict) {
    if (asked != asking) {
      return;
    }
    asked = null;
    asking.then.accept(decision(asking.revision, verdict));
  }

  private static Decision decision(Revision revision, Hooks.Verdict verdict) {
    if (verdict instanceof Hooks.Verdict.Accepted) {
      return new Decision.Append(revision);
    }
    return verdict instanceof Hooks.Verdict.Refused refused
        ? new Decision.Refuse(ErrorCode.BAD_DELTA, refused.reason())
        : new Decision.Refuse(ErrorCode.UNAVAILABLE, UNCHECKED);
  }

  /** Called about every second. */
  void tick() {
    Asked waiting = asked;
    if (waiting != null && ports.millis().getAsLong() - waiting.since > PATIENCE) {
      answered(waiting, new Hooks.Verdict.Unknown(UNCHECKED));
    }
  }

  /** These have their place, and go to the log. */
  void ordered(List<Revision> revisions) {
    if (ports.hooks().listens()) {
      ports.hooks().ordered(changes(revisions));
    }
  }

  /** These are stored. */
  void committed(List<Revision> revisions) {
    if (ports.hooks().listens()) {
      listening.committed(page, changes(revisions));
    }
  }

  /** These were stored, and this node does not have them. */
  void missed(long from, long to) {
    listening.missed(page, from, to);
  }

  /** What the wiki saved alone was told when it was saved. */
  private List<PageChange> changes(List<Revision> revisions) {
    return revisions.stream()
        .filter(revision -> !revision.client().equals(alone))
        .map(revision -> new PageChange(page, revision.rev(), revision.user(), revision.delta()))
        .toList();
  }
}
