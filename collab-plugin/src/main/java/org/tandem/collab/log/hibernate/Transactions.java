package org.tandem.collab.log.hibernate;

import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.exception.JDBCConnectionException;
import org.hibernate.jdbc.ReturningWork;
import org.tandem.collab.log.LogUnavailable;

/** Transactions whose failures are the log's own. */
record Transactions(SessionFactory sessions) {

  /** Classes of SQL states: a connection that failed, and an operator's hand. */
  private static final String CONNECTION = "08";

  private static final String OPERATOR = "57P";

  <T> T answer(Function<StatelessSession, T> work) {
    try {
      return sessions.fromStatelessTransaction(work::apply);
    } catch (PersistenceException away) {
      throw unavailable(away);
    }
  }

  void run(Consumer<StatelessSession> work) {
    answer(
        session -> {
          work.accept(session);
          return true;
        });
  }

  /**
   * Runs one statement that is a transaction of its own: its answer is that of the commit.
   *
   * @throws LogUnavailable.Refused when the database refused it
   * @throws LogUnavailable.OutcomeUnknown when it may have taken place
   */
  <T> T alone(ReturningWork<T> statement) {
    boolean[] begun = {false};
    try {
      return sessions.fromStatelessSession(
          session ->
              session.doReturningWork(
                  connection -> {
                    begun[0] = true;
                    return statement.execute(connection);
                  }));
    } catch (PersistenceException away) {
      if (!begun[0]) {
        throw unavailable(away);
      }
      if (isRefusal(away)) {
        throw new LogUnavailable.Refused("the database refused: " + reason(away), away);
      }
      throw new LogUnavailable.OutcomeUnknown("a commit had no answer: " + reason(away), away);
    }
  }

  /** A server that goes down may say so after a commit; any other error is instead of one. */
  private static boolean isRefusal(PersistenceException away) {
    return !(away instanceof JDBCConnectionException)
        && root(away) instanceof SQLException refusal
        && refusal.getSQLState() != null
        && !refusal.getSQLState().startsWith(CONNECTION)
        && !refusal.getSQLState().startsWith(OPERATOR);
  }

  private static LogUnavailable unavailable(RuntimeException away) {
    return new LogUnavailable("the database did not answer: " + reason(away), away);
  }

  private static String reason(Throwable fault) {
    return String.valueOf(root(fault).getMessage()).lines().findFirst().orElse("no reason given");
  }

  private static Throwable root(Throwable fault) {
    Throwable root = fault;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
