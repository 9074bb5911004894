package org.tandem.collab.log;

/** The log did not answer; what was asked for may or may not have happened. */
public final class LogUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public LogUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
