package org.tandem.wiki.maintenance;

import java.util.Locale;

/** Where a run stands. */
public enum RunState {
  /** It goes on. */
  RUNNING,
  /** It ended, and all is well. */
  GOOD,
  /** It ended, and the admin has something to do. */
  BAD,
  /** It ended after it was cancelled, so its report tells of a part only. */
  CANCELLED,
  /** The plugin would not do it. */
  REFUSED,
  /** It broke off by a mistake. */
  FAILED;

  /** The word for it in answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static RunState of(Ending ending, boolean cancelled) {
    if (ending instanceof Ending.Reported reported) {
      if (cancelled) {
        return CANCELLED;
      }
      return reported.report().good() ? GOOD : BAD;
    }
    return ending instanceof Ending.Refused ? REFUSED : FAILED;
  }
}
