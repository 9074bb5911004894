package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.Database;
import org.tandem.api.host.PageId;
import org.tandem.collab.RealDatabase;
import org.tandem.collab.clock.HybridClock;
import org.tandem.collab.cluster.LoopNetwork;
import org.tandem.collab.cluster.postgres.PostgresDoorbell;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.log.hibernate.HibernateCompaction;
import org.tandem.collab.log.hibernate.HibernateLog;
import org.tandem.db.DatabaseAddress;

/**
 * Two nodes that do not see each other, each the owner of every page in its own eyes, on one real
 * PostgreSQL: what is left to them is the log and the doorbell.
 */
@Timeout(120)
class SplitNodesTest {

  private static final int WRITERS = 4;
  private static final int ENOUGH = 1_000;
  private static final long CONVERGED_WITHIN = 1_000;

  private final PageId page = PageId.random();
  private final OnePageWiki wiki = new OnePageWiki(page, Delta.builder().insert("\n").build());
  private final OperationLog real = new HibernateLog(RealDatabase.shared().sessions());
  private final AtomicLong won = new AtomicLong();
  private final AtomicLong fenced = new AtomicLong();
  private final OperationLog log = counted();
  private final List<LoopNetwork> networks = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final ExecutorService writing = Executors.newCachedThreadPool();
  private final AtomicBoolean enough = new AtomicBoolean();

  /** The real log, which counts how its appends end. */
  private OperationLog counted() {
    return (OperationLog)
        Proxy.newProxyInstance(
            OperationLog.class.getClassLoader(),
            new Class<?>[] {OperationLog.class},
            (proxy, method, arguments) -> {
              Object result = method.invoke(real, arguments);
              if (method.getName().equals("append")) {
                ((Map<?, ?>) result)
                    .values()
                    .forEach(done -> (done.equals(true) ? won : fenced).incrementAndGet());
              }
              return result;
            });
  }

  /** The people on one node. */
  private final class Side {
    private final List<ScriptedClient> clients = new ArrayList<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong longestWait = new AtomicLong();

    Side(int node, int writers) {
      for (int i = 0; i < writers; i++) {
        ScriptedClient client = new ScriptedClient(page);
        client.join(nodes.get(node));
        clients.add(client);
      }
    }

    List<CompletableFuture<Void>> write() {
      return clients.stream()
          .map(client -> CompletableFuture.runAsync(() -> write(client), writing))
          .toList();
    }

    /** One word after the other, each as soon as the last is saved. */
    private void write(ScriptedClient client) {
      while (!enough.get()) {
        long typed = System.nanoTime();
        client.type(Delta.builder().insert("word ").build());
        client.await("acknowledged", ScriptedClient::settled);
        longestWait.accumulateAndGet(millisSince(typed), Math::max);
        if (acknowledged.incrementAndGet() >= ENOUGH) {
          enough.set(true);
        }
      }
    }

    @Override
    public String toString() {
      return acknowledged + " changes, the slowest saved within " + longestWait + " ms";
    }
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  @BeforeEach
  void start() throws Exception {
    DatabaseAddress at = RealDatabase.shared().address();
    for (String name : List.of("a", "b")) {
      LoopNetwork alone = new LoopNetwork();
      networks.add(alone);
      Node node =
          new Node(
              TestPorts.of(
                  log,
                  new HibernateCompaction(RealDatabase.shared().sessions()),
                  alone.port(name),
                  new PostgresDoorbell(new Database(at.url(), at.user(), at.password())),
                  wiki,
                  new HybridClock(name, System::currentTimeMillis)),
              new Threads());
      node.start();
      nodes.add(node);
    }
  }

  @AfterEach
  void stop() {
    enough.set(true);
    nodes.forEach(Node::close);
    networks.forEach(LoopNetwork::close);
    writing.shutdownNow();
  }

  private static void await(List<CompletableFuture<Void>> all) {
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
  }

  /** Waits until everybody has all, and tells how many milliseconds that took. */
  private long converged(List<ScriptedClient> clients) {
    long from = System.nanoTime();
    long head = log.head(page);
    clients.forEach(client -> client.await("at " + head, late -> late.rev() == head));
    long took = millisSince(from);
    Delta stored = log.documentAt(page, head).orElseThrow();
    clients.forEach(client -> assertEquals(stored, client.document()));
    return took;
  }

  @Test
  void readersOfOneHearOfWhatIsWrittenOnTheOther() {
    Side readers = new Side(0, WRITERS);
    Side writers = new Side(1, 1);
    writers.clients.get(0).type(Delta.builder().insert("warm ").build());
    writers.clients.get(0).await("acknowledged", ScriptedClient::settled);
    converged(readers.clients);
    for (int i = 0; i < 5; i++) {
      writers.clients.get(0).type(Delta.builder().insert("word ").build());
      writers.clients.get(0).await("acknowledged", ScriptedClient::settled);
      long took = converged(readers.clients);
      assertTrue(took < CONVERGED_WITHIN, "converged after " + took + " ms");
    }
  }

  @Test
  void bothSidesGetOnWhenBothWriteAllTheTime() {
    Side left = new Side(0, WRITERS);
    Side right = new Side(1, WRITERS);
    List<CompletableFuture<Void>> all = new ArrayList<>(left.write());
    all.addAll(right.write());
    await(all);
    List<ScriptedClient> everybody = new ArrayList<>(left.clients);
    everybody.addAll(right.clients);
    long took = converged(everybody);
    String figures =
        "left "
            + left
            + ", right "
            + right
            + ", converged after "
            + took
            + " ms; "
            + won
            + " appends won, "
            + fenced
            + " lost";
    assertTrue(took < CONVERGED_WITHIN, figures);
    assertTrue(Math.min(left.acknowledged.get(), right.acknowledged.get()) > ENOUGH / 3, figures);
    long changes = left.acknowledged.get() + right.acknowledged.get();
    assertEquals(changes, log.head(page));
  }
}
