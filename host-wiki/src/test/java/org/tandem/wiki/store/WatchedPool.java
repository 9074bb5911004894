package org.tandem.wiki.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.tandem.api.host.Database;

/** Real connections whose statements are counted, and one of whose answers can be held back. */
public final class WatchedPool {

  /** An answer that the database has given and that has not arrived yet. */
  public static final class Held {

    private final CountDownLatch given = new CountDownLatch(1);
    private final CountDownLatch arrives = new CountDownLatch(1);

    public void awaitGiven() throws InterruptedException {
      if (!given.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("Nothing was asked");
      }
    }

    public void arrive() {
      arrives.countDown();
    }

    private void hold() throws InterruptedException {
      given.countDown();
      if (!arrives.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("Held for ever");
      }
    }
  }

  private interface Step {
    @Nullable Object of(Method method, @Nullable Object result) throws Exception;
  }

  private final PGSimpleDataSource connections = new PGSimpleDataSource();
  private final AtomicInteger statements = new AtomicInteger();
  private final AtomicReference<@Nullable Held> next = new AtomicReference<>();

  public WatchedPool(Database database) {
    connections.setUrl(database.url());
    connections.setUser(database.user());
    connections.setPassword(database.password());
  }

  public DataSource pool() {
    return seen(DataSource.class, connections, (method, result) -> ofPool(result));
  }

  /** How many statements were prepared up to now. */
  public int statements() {
    return statements.get();
  }

  /** The next query's answer is held back after the database gave it. */
  public Held holdNextAnswer() {
    Held held = new Held();
    next.set(held);
    return held;
  }

  private @Nullable Object ofPool(@Nullable Object result) {
    return result instanceof Connection connection
        ? seen(Connection.class, connection, (method, made) -> ofConnection(made))
        : result;
  }

  private @Nullable Object ofConnection(@Nullable Object result) {
    if (result instanceof PreparedStatement statement) {
      statements.incrementAndGet();
      return seen(PreparedStatement.class, statement, this::ofStatement);
    }
    return result;
  }

  private @Nullable Object ofStatement(Method method, @Nullable Object result) throws Exception {
    Held held = method.getName().equals("executeQuery") ? next.getAndSet(null) : null;
    if (held != null) {
      held.hold();
    }
    return result;
  }

  private static <T> T seen(Class<T> type, T target, Step step) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return step.of(method, method.invoke(target, arguments));
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            }));
  }
}
