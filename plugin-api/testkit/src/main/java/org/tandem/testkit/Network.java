package org.tandem.testkit;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.tandem.api.host.PageId;

/**
 * A bad network between scripted clients and the wiki: each frame takes its time, in either
 * direction, and connections break, in place of a frame or right behind it, so that its answer is
 * lost. Clients that joined through it come back by themselves and send again what they have no
 * answer to, as the protocol says.
 *
 * <pre>{@code
 * try (Network network =
 *         Network.seeded().delay(Duration.ofMillis(1), Duration.ofMillis(30)).loss(0.05);
 *     ScriptedClient one = network.join(anna, page);
 *     ScriptedClient two = network.join(berta, page)) {
 *   one.append("hers ");
 *   two.append("and hers ");
 *   Convergence.assertWithin(Duration.ofSeconds(20), one, two);
 * }
 * }</pre>
 *
 * <p>A seed decides what the nth frame of the nth client suffers. So a seed that failed fails again
 * mostly, but not always: which frames there are depends on the wiki's threads, too.
 *
 * <p>Life cycle: until {@link #close}; from then on nothing arrives any more. Close the clients
 * first.
 *
 * <p>Threads: safe for use by any thread. It has daemon threads of its own.
 */
public final class Network implements AutoCloseable {

  /** The system property that sets the seed: {@code -Dtandem.seed=42}. */
  public static final String SEED = "tandem.seed";

  /**
   * What is suffered by the frames that are sent from now on.
   *
   * @param least nanoseconds
   * @param most nanoseconds
   * @param loss of one frame, 0 to 1
   */
  record Conditions(long least, long most, double loss) {}

  private static final ThreadFactory DAEMONS =
      task -> {
        Thread thread = new Thread(task, "testkit-network");
        thread.setDaemon(true);
        return thread;
      };

  private final long seed;
  private final SplittableRandom random;
  private final ScheduledThreadPoolExecutor carrier = new ScheduledThreadPoolExecutor(1, DAEMONS);
  private final ExecutorService diallers = Executors.newCachedThreadPool(DAEMONS);
  private final AtomicLong broken = new AtomicLong();
  private volatile Conditions conditions = new Conditions(0, 0, 0);

  private Network(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    carrier.setRejectedExecutionHandler((late, over) -> {});
  }

  /** A network with the seed of the system property {@value #SEED}, or a new one; it is printed. */
  public static Network seeded() {
    Long given = Long.getLong(SEED);
    long seed = given == null ? new SplittableRandom().nextInt(1_000_000) : given;
    System.out.println("Network with seed " + seed + ", the same again: -D" + SEED + "=" + seed);
    return of(seed);
  }

  /** A network with this seed, good until {@link #delay} and {@link #loss} say otherwise. */
  public static Network of(long seed) {
    return new Network(seed);
  }

  /**
   * From now on each frame takes as long as that, in each direction. It is never overtaken by the
   * one behind it.
   *
   * @throws IllegalArgumentException if the times are negative or the wrong way round
   */
  public Network delay(Duration least, Duration most) {
    if (least.isNegative() || most.compareTo(least) < 0) {
      throw new IllegalArgumentException("no delay: " + least + " to " + most);
    }
    conditions = new Conditions(least.toNanos(), most.toNanos(), conditions.loss);
    return this;
  }

  /**
   * From now on connections break with this probability at each frame, half of them in its place
   * and half of them right behind it.
   *
   * @throws IllegalArgumentException if it is no probability, or 1, which lets nobody in
   */
  public Network loss(double perFrame) {
    if (!(perFrame >= 0 && perFrame < 1)) {
      throw new IllegalArgumentException("no probability below 1: " + perFrame);
    }
    conditions = new Conditions(conditions.least, conditions.most, perFrame);
    return this;
  }

  /** From now on nothing is lost and nothing takes any time. */
  public Network calm() {
    conditions = new Conditions(0, 0, 0);
    return this;
  }

  /** Opens a page through this network, and waits until it is there. */
  public ScriptedClient join(WikiClient person, PageId page) {
    SplittableRandom own;
    synchronized (random) {
      own = random.split();
    }
    return ScriptedClient.join(person, page, new BadLine(this, own), "network seed " + seed);
  }

  /** The seed that it was made with. */
  public long seed() {
    return seed;
  }

  /** How many connections have broken so far. */
  public long broken() {
    return broken.get();
  }

  Conditions conditions() {
    return conditions;
  }

  ScheduledExecutorService carrier() {
    return carrier;
  }

  /** Dials after a pause, on a thread that may wait for the wiki. */
  void dial(Runnable dial, long pause) {
    broken.incrementAndGet();
    carrier.schedule(
        () -> {
          if (!diallers.isShutdown()) {
            diallers.execute(dial);
          }
        },
        pause,
        TimeUnit.NANOSECONDS);
  }

  /** Ends its threads. */
  @Override
  public void close() {
    carrier.shutdownNow();
    diallers.shutdownNow();
  }
}
