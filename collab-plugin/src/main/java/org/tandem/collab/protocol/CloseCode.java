package org.tandem.collab.protocol;

/** The closing codes of the protocol, with the sentence sent along. */
public enum CloseCode {
  BAD_MESSAGE(4400, "Messages that this server cannot read."),
  SIGNED_OUT(4401, "Your sign-in ended: sign in again."),
  ACCESS_GONE(4403, "You no longer have access to this page."),
  PAGE_GONE(4404, "The page was deleted."),
  HEARTBEAT_MISSED(4408, "Nothing was heard for 60 s: rejoin."),
  DIVERGED(4409, "The documents differ: rejoin with rev null."),
  TOO_LARGE(4413, "A message over the limit."),
  TOO_SLOW(4429, "Too slow a reader or too fast a writer: rejoin."),
  GOING_DOWN(1012, "This node is going down: rejoin at once."),
  OVERLOADED(1013, "Overloaded: rejoin later.");

  private final int code;
  private final String reason;

  CloseCode(int code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  public int code() {
    return code;
  }

  /** At most 123 bytes, the bound of a close frame. */
  public String reason() {
    return reason;
  }
}
