package org.tandem.collab.runtime;

import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ErrorCode;

/**
 * An author whose change was on its way before, to an owner that stopped or a commit without an
 * answer, and may still find its place there. It is never told that the change is not saved: it
 * would send another under the same seq, which would then pass for a repetition.
 */
record Doubtful(Author author) implements Author {

  static Author of(Author author) {
    return author instanceof Doubtful ? author : new Doubtful(author);
  }

  @Override
  public void committed(Revision revision) {
    author.committed(revision);
  }

  @Override
  public void repeated(long seq, long rev) {
    author.repeated(seq, rev);
  }

  @Override
  public void refused(long seq, ErrorCode code, String reason) {
    if (code.comesAgain()) {
      author.uncertain();
    } else if (Refusals.isFinal(code)) {
      refusedInDoubt(seq, code, reason);
    } else {
      author.refused(seq, code, reason);
    }
  }

  @Override
  public void refusedInDoubt(long seq, ErrorCode code, String reason) {
    author.refusedInDoubt(seq, code, reason);
  }

  @Override
  public void uncertain() {
    author.uncertain();
  }
}
