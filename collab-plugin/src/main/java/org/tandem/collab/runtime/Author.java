package org.tandem.collab.runtime;

import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ErrorCode;

/** Who waits for the answer to a submission. Called in the page's mailbox. */
interface Author {

  /** It is committed. All revisions below were delivered before. */
  void committed(Revision revision);

  /** It was committed before, as this revision. */
  void repeated(long seq, long rev);

  /** It is not stored, and its seq is not used up. */
  void refused(long seq, ErrorCode code, String reason);

  /**
   * It is refused for good, unless an earlier copy of it finds its place yet: the author is told
   * once that cannot happen any more.
   */
  void refusedInDoubt(long seq, ErrorCode code, String reason);

  /** Nobody can tell now whether it has its place; whoever joins again will be told. */
  void uncertain();
}
