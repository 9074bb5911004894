package org.tandem.db.postgres;

/** PostgreSQL cannot be used here; the message is one sentence for the admin. */
public final class PostgresFailure extends Exception {

  private static final long serialVersionUID = 1L;

  public PostgresFailure(String sentence) {
    super(sentence);
  }
}
