package org.tandem.wiki.auth.token;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Transactions on the tables of signing in. Threads: safe for use by any thread. Failure: {@link
 * UncheckedIOException} when the database does not carry one out; nothing was stored then.
 */
public final class Transactions {

  /** What is done with a connection, and its result. */
  @FunctionalInterface
  public interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** What is done with a connection. */
  @FunctionalInterface
  public interface Change {
    void on(Connection connection) throws SQLException;
  }

  private final DataSource pool;

  public Transactions(DataSource pool) {
    this.pool = pool;
  }

  public <T> T get(Work<T> work) {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.on(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException failure) {
        rollback(connection, failure);
        throw failure;
      }
    } catch (SQLException failure) {
      throw new UncheckedIOException(new IOException("The database did not answer.", failure));
    }
  }

  public void change(Change change) {
    get(
        connection -> {
          change.on(connection);
          return Boolean.TRUE;
        });
  }

  private static void rollback(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException lost) {
      cause.addSuppressed(lost); // closing the lost connection ends the transaction as well
    }
  }
}
