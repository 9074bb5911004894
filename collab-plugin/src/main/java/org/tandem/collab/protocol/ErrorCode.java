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
  INTERNAL;

  /** As on the wire: {@code bad_message}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
