package org.tandem.distribution.load;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All clients of a scenario on one event loop, and their rhythm. The scenario's own thread speaks
 * to them through {@link #ask}. Threads: the event loop, but for methods that say otherwise.
 */
final class Crowd implements AutoCloseable {

  /** Hears how long each join took. */
  interface JoinTimes {

    /**
     * A client has the page.
     *
     * @param whole nanoseconds since it began to connect
     * @param answer nanoseconds since it sent {@code join}
     */
    void joined(long whole, long answer);
  }

  private static final int AT_ONCE = 32;
  private static final int KEYS_IN_ONE_TURN = 64;
  private static final long PATIENCE = 120;

  private final Sockets sockets = new Sockets();
  private final EventLoop loop = sockets.loop();
  private final List<Door> nodes;
  private final List<Typist> typists = new ArrayList<>();
  private final FrameReader reader = new FrameReader();
  private final StringBuilder room = new StringBuilder();
  private final PriorityQueue<Typist> due =
      new PriorityQueue<>(Comparator.comparingLong(typist -> typist.next));
  private final Map<String, Integer> refusals = new HashMap<>();
  private final Random random = new Random(1);
  private Tally tally = new Tally();
  private JoinTimes joinTimes = (whole, answer) -> {};
  private boolean mayBreak;
  private boolean turning;
  private volatile @Nullable RuntimeException failure;

  Crowd(List<Door> nodes) {
    this.nodes = nodes;
    loop.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  // --- from the scenario's thread
  // -----------------------------------------------------------------

  /** Asks something of the clients, on their thread, and waits. Any thread but the event loop. */
  <T> T ask(Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            answer.complete(question.get());
          } catch (RuntimeException fault) {
            answer.completeExceptionally(fault);
          }
        });
    T result = answer.orTimeout(PATIENCE, TimeUnit.SECONDS).join();
    check();
    return result;
  }

  /** Any thread. */
  void tell(Runnable task) {
    ask(
        () -> {
          task.run();
          return true;
        });
  }

  /** Fails when a client met what must not be. Any thread. */
  void check() {
    RuntimeException known = failure;
    if (known != null) {
      throw new IllegalStateException(known);
    }
  }

  /** Waits until something is true of the clients. Any thread but the event loop. */
  void await(String what, Duration patience, Supplier<Boolean> condition)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!ask(condition)) {
      if (System.nanoTime() > end) {
        throw new LoadFailure("not in time: " + what + unsettled());
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** The clients that are not joined or wait for an ack, a line each. */
  private String unsettled() {
    return ask(
        () ->
            typists.stream()
                .filter(typist -> !typist.settled())
                .map(typist -> "\n  " + typist.story())
                .collect(Collectors.joining()));
  }

  /**
   * Adds clients to pages, by turns at the nodes, and waits until all have joined. Any thread but
   * the event loop.
   */
  List<Typist> join(List<Witness> pages, int each, boolean writers) throws InterruptedException {
    List<Typist> fresh = new ArrayList<>();
    tell(
        () -> {
          for (Witness page : pages) {
            for (int i = 0; i < each; i++) {
              Typist typist = new Typist(this, typists.size(), page, writers, i % nodes.size());
              typists.add(typist);
              fresh.add(typist);
            }
          }
        });
    for (int from = 0; from < fresh.size(); from += AT_ONCE) {
      List<Typist> some = fresh.subList(from, Math.min(fresh.size(), from + AT_ONCE));
      tell(() -> some.forEach(Typist::connect));
      await("joined", Duration.ofSeconds(PATIENCE), () -> some.stream().allMatch(Typist::joined));
    }
    return fresh;
  }

  /** Lets clients type, each at a steady rhythm of its own beginning. Any thread. */
  void type(List<Typist> writers, double aSecond) {
    tell(
        () -> {
          long now = now();
          for (Typist writer : writers) {
            due.remove(writer);
            writer.interval = (long) (TimeUnit.SECONDS.toNanos(1) / aSecond);
            writer.next = now + (long) (random.nextDouble() * writer.interval);
            due.add(writer);
          }
          turn();
        });
  }

  /** Lets nobody type. Any thread. */
  void rest() {
    tell(due::clear);
  }

  /** A new count, from after some time on and for some time. Any thread. */
  Tally count(double after, double seconds) {
    Tally fresh = new Tally();
    long begin = now() + (long) (after * 1e9);
    fresh.window(begin, begin + (long) (seconds * 1e9));
    tell(
        () -> {
          tally = fresh;
        });
    return fresh;
  }

  /** Waits until all is acknowledged and everybody has heard everything. Any thread. */
  void settle(Duration patience) throws InterruptedException {
    rest();
    await(
        "all changes acknowledged and heard by all",
        patience,
        () -> typists.stream().allMatch(one -> one.settled() && one.rev() == one.page().rev()));
  }

  /** Any thread. */
  void onJoin(JoinTimes listener) {
    tell(() -> joinTimes = listener);
  }

  /** From now on a socket may break, and its client joins again at the next node. Any thread. */
  void letBreak() {
    tell(() -> mayBreak = true);
  }

  Map<String, Integer> refusals() {
    return ask(() -> Map.copyOf(refusals));
  }

  // --- for the clients
  // ----------------------------------------------------------------------------

  void open(Typist typist, int node) {
    Door door = nodes.get(node % nodes.size());
    sockets.open(
        door.address(),
        typist.page().page(),
        door.cookies().apply(typist.number()),
        new Guarded(typist));
  }

  long now() {
    return System.nanoTime();
  }

  Tally tally() {
    return tally;
  }

  FrameReader reader() {
    return reader;
  }

  Typist typist(int number) {
    return typists.get(number);
  }

  /** An empty room to write a frame in. */
  StringBuilder room() {
    room.setLength(0);
    return room;
  }

  void joined(long whole, long answer) {
    joinTimes.joined(whole, answer);
  }

  void refused(String code) {
    refusals.merge(code, 1, Integer::sum);
  }

  boolean mayBreak() {
    return mayBreak;
  }

  void later(long millis, Runnable task) {
    loop.schedule(() -> guard(task), millis, TimeUnit.MILLISECONDS);
  }

  private void guard(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException fault) {
      fail(fault);
    }
  }

  private void fail(RuntimeException fault) {
    if (failure == null) {
      failure = fault;
      due.clear();
    }
  }

  // --- rhythm
  // -------------------------------------------------------------------------------------

  /** Lets everybody type whose time has come, not so many at once that nobody is heard. */
  private void turn() {
    if (turning) {
      return;
    }
    long now = now();
    for (int keys = 0; keys < KEYS_IN_ONE_TURN; keys++) {
      Typist first = due.peek();
      if (first == null) {
        return;
      }
      if (first.next > now) {
        turning = true;
        loop.schedule(this::turnAgain, first.next - now, TimeUnit.NANOSECONDS);
        return;
      }
      due.remove();
      long time = first.next;
      first.next += first.interval;
      due.add(first);
      first.type(time, now);
    }
    turning = true;
    loop.execute(this::turnAgain);
  }

  private void turnAgain() {
    turning = false;
    guard(this::turn);
  }

  private void tick() {
    long now = now();
    typists.forEach(typist -> guard(() -> typist.tick(now)));
  }

  /** A client whose faults end the scenario. */
  private final class Guarded implements Sockets.Listener {

    private final Typist typist;

    Guarded(Typist typist) {
      this.typist = typist;
    }

    @Override
    public void opened(Channel channel) {
      guard(() -> typist.opened(channel));
    }

    @Override
    public void frame(byte[] bytes, int length) throws IOException {
      try {
        typist.frame(bytes, length);
      } catch (RuntimeException fault) {
        fail(fault);
      }
    }

    @Override
    public void closed(int code, String why) {
      guard(() -> typist.closed(code, why));
    }
  }

  /** Any thread. */
  @Override
  public void close() {
    loop.execute(() -> typists.forEach(Typist::leave));
    sockets.close();
  }
}
