package org.tandem.wiki.store;

import jakarta.persistence.PersistenceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.hibernate.HibernateException;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.cfg.MappingSettings;
import org.hibernate.cfg.QuerySettings;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.DataException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions on the wiki's tables, which were migrated before.
 *
 * <p>Work that is begun inside other work, on its thread, joins that transaction.
 *
 * <p>Threads: safe for use by any thread. Failure: {@link UncheckedIOException} when the database
 * does not answer or ends the transaction, and once this is closed; nothing was stored then, and
 * the call can be repeated.
 */
public final class Store implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Store.class);

  private final SessionFactory sessions;
  private final ThreadLocal<@Nullable Session> running = new ThreadLocal<>();

  private Store(SessionFactory sessions) {
    this.sessions = sessions;
  }

  /** The pool stays the caller's: closing the store does not close it. */
  public static Store open(DataSource pool, List<Class<?>> entities) {
    Configuration configuration = new Configuration();
    entities.forEach(configuration::addAnnotatedClass);
    configuration.getProperties().put(JdbcSettings.JAKARTA_NON_JTA_DATASOURCE, pool);
    configuration.setProperty(MappingSettings.DEFAULT_SCHEMA, "wiki");
    configuration.setProperty(QuerySettings.QUERY_STARTUP_CHECKING, "true");
    // A failure is returned, or logged below in one line.
    configuration.setProperty(JdbcSettings.LOG_JDBC_ERRORS, "false");
    return new Store(configuration.buildSessionFactory());
  }

  /** Runs the work in a transaction that changes nothing. */
  public <T> T read(Function<Session, T> work) {
    return joinOr(
        work,
        session -> {
          session.setDefaultReadOnly(true);
          return work.apply(session);
        });
  }

  /** Runs the work in a transaction: all of it is stored, or nothing. */
  public <T> T write(Function<Session, T> work) {
    return joinOr(work, work);
  }

  /** Like {@link #write} for work without a result. */
  public void change(Consumer<Session> work) {
    write(
        session -> {
          work.accept(session);
          return Boolean.TRUE;
        });
  }

  /** Whether the caller is inside a transaction, and so may see what no one else sees yet. */
  public boolean isInTransaction() {
    return running.get() != null;
  }

  private <T> T joinOr(Function<Session, T> joining, Function<Session, T> outermost) {
    Session outer = running.get();
    return outer == null ? begin(outermost) : joining.apply(outer);
  }

  private <T> T begin(Function<Session, T> work) {
    try {
      return sessions.fromTransaction(session -> hold(session, work));
    } catch (ConstraintViolationException | DataException ours) {
      throw ours;
    } catch (PersistenceException failure) {
      LOG.warn("The database did not carry out a transaction: {}", rootMessage(failure));
      throw new UncheckedIOException(new IOException("The database did not answer.", failure));
    } catch (IllegalStateException fault) {
      throw sessions.isClosed()
          ? new UncheckedIOException(new IOException("The wiki ends.", fault))
          : fault;
    }
  }

  private <T> T hold(Session session, Function<Session, T> work) {
    running.set(session);
    try {
      return work.apply(session);
    } finally {
      running.remove();
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
  }

  @Override
  public void close() throws HibernateException {
    sessions.close();
  }
}
