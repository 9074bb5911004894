package org.tandem.collab.log.hibernate;

import jakarta.persistence.PersistenceException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.exception.JDBCConnectionException;
import org.tandem.collab.log.LogUnavailable;

/** Transactions whose failures are the log's own. */
record Transactions(SessionFactory sessions) {

  <T> T answer(Function<StatelessSession, T> work) {
    try {
      return sessions.fromStatelessTransaction(work::apply);
    } catch (PersistenceException away) {
      throw unavailable(away);
    } catch (IllegalStateException fault) {
      throw ended(fault);
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
   * As {@link #answer}, for work that can be done again: a crash in the half second after it may
   * undo it as a whole. So what it holds is free at its end, and nothing waits for the disk.
   */
  <T> T answerLoosely(Function<StatelessSession, T> work) {
    return answer(
        session -> {
          session.createNativeMutationQuery("set local synchronous_commit = off").executeUpdate();
          return work.apply(session);
        });
  }

  /** Tells a failure before the commit, which stored nothing, from one of the commit itself. */
  void runOrTell(Consumer<StatelessSession> work) {
    boolean[] begun = {false};
    boolean[] done = {false};
    try {
      sessions.inStatelessTransaction(
          session -> {
            begun[0] = true;
            work.accept(session);
            done[0] = true;
          });
    } catch (PersistenceException away) {
      if (done[0]) {
        throw new LogUnavailable.OutcomeUnknown("a commit had no answer: " + reason(away), away);
      }
      if (begun[0] && !(away instanceof JDBCConnectionException)) {
        throw new LogUnavailable.Refused("the database refused: " + reason(away), away);
      }
      throw unavailable(away);
    } catch (IllegalStateException fault) {
      throw ended(fault);
    }
  }

  /** A node that ends closes its sessions, under whatever took too long for it to wait for. */
  private RuntimeException ended(IllegalStateException fault) {
    return sessions.isClosed() ? unavailable(fault) : fault;
  }

  private static LogUnavailable unavailable(RuntimeException away) {
    return new LogUnavailable("the database did not answer: " + reason(away), away);
  }

  private static String reason(Throwable fault) {
    Throwable root = fault;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
