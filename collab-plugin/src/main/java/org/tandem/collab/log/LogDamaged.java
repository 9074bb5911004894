package org.tandem.collab.log;

/**
 * What the log holds is not what was stored. The message names the row and is one sentence for the
 * admin.
 */
public final class LogDamaged extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public LogDamaged(String sentence) {
    super(sentence);
  }
}
