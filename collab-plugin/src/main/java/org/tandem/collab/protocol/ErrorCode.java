package org.tandem.collab.protocol;

import java.util.Locale;

/** The codes of the error frame. */
public enum ErrorCode {
  BAD_MESSAGE,
  BAD_DELTA,
  FORBIDDEN,
  TOO_LARGE,
  RATE_LIMITED,
  STALE_REVISION,
  UNAVAILABLE,
  DIVERGED,
  INTERNAL,

  /** No running plugin takes the message, or has the presence field. */
  NO_PLUGIN,

  /** The plugin does not allow the value. */
  BAD_VALUE;

  /** As on the wire: {@code bad_message}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the author of what is refused keeps it, and sends it again as it is or with more. */
  public boolean comesAgain() {
    return this == UNAVAILABLE || this == INTERNAL || this == RATE_LIMITED;
  }
}
