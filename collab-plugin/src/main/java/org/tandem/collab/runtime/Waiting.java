package org.tandem.collab.runtime;

import org.tandem.collab.page.Decision;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.ErrorCode;

/**
 * A submission that waits for its place. An author that is {@link Doubtful} was in an append whose
 * outcome is not known.
 */
record Waiting(Author author, Submission submission) {

  /** Answers what needs no append. */
  void answer(Decision decision) {
    if (decision instanceof Decision.Repeat repeat) {
      author.repeated(repeat.seq(), repeat.rev());
    } else if (decision instanceof Decision.Refuse refuse) {
      refuse(refuse.code(), refuse.reason());
    }
  }

  void refuse(ErrorCode code, String reason) {
    author.refused(submission.seq(), code, reason);
  }

  Waiting doubtful() {
    return new Waiting(Doubtful.of(author), submission);
  }
}
