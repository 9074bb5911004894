package org.tandem.db;

/** The database cannot be used as it is; the message is one sentence for the admin. */
public final class DatabaseRefusal extends Exception {

  private static final long serialVersionUID = 1L;

  public DatabaseRefusal(String sentence) {
    super(sentence);
  }
}
