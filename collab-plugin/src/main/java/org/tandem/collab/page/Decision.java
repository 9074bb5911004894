package org.tandem.collab.page;

import org.tandem.collab.protocol.ClientId;
import org.tandem.collab.protocol.ErrorCode;

/** What becomes of a submission. */
public sealed interface Decision {

  /** It has its place; the revision is to be committed before anybody hears of it. */
  record Append(Revision revision) implements Decision {}

  /** It already had its place; nothing is applied again. */
  record Repeat(long seq, long rev) implements Decision {}

  /** It gets no place; the client's seq is not used up. */
  record Refuse(ErrorCode code, String reason) implements Decision {}

  /** The state does not reach back to the base: decide again with the revisions above it. */
  record NeedsHistory(long base) implements Decision {}

  /** The client's mark is not known: decide again with it. */
  record NeedsMark(ClientId client) implements Decision {}
}
