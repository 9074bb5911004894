package org.tandem.wiki.settings;

/**
 * The wiki cannot start as it is set up. The message is one sentence for the admin that says what
 * to change; it is shown without a stack trace.
 */
public final class StartRefusal extends Exception {

  private static final long serialVersionUID = 1L;

  public StartRefusal(String sentence) {
    super(sentence);
  }

  public StartRefusal(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
