package org.tandem.collab.log;

/** The log did not answer. What was asked for did not happen, and can be asked for again. */
public sealed class LogUnavailable extends RuntimeException
    permits LogUnavailable.Refused, LogUnavailable.OutcomeUnknown {

  private static final long serialVersionUID = 1L;

  public LogUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * The log answers, but does not take this append: a full disk, for example. Nothing is stored.
   */
  public static final class Refused extends LogUnavailable {

    private static final long serialVersionUID = 1L;

    public Refused(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The connection broke while an append was being committed: it is there as a whole or not. */
  public static final class OutcomeUnknown extends LogUnavailable {

    private static final long serialVersionUID = 1L;

    public OutcomeUnknown(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
