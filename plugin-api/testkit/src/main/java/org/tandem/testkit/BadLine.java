package org.tandem.testkit;

import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One client's line through a {@link Network}: what its nth frame suffers follows from the seed.
 */
final class BadLine implements Line {

  private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(200);

  private final Network network;
  private final Direction toWiki;
  private final Direction toClient;
  private final SplittableRandom pauses;

  BadLine(Network network, SplittableRandom random) {
    this.network = network;
    this.toWiki = new Direction(random.split());
    this.toClient = new Direction(random.split());
    this.pauses = random.split();
  }

  @Override
  public void toWiki(Runnable frame, Runnable breakOff) {
    toWiki.carry(frame, breakOff);
  }

  @Override
  public void toClient(Runnable frame, Runnable breakOff) {
    toClient.carry(frame, breakOff);
  }

  @Override
  public void again(Runnable dial) {
    long pause;
    synchronized (pauses) {
      pause = pauses.nextLong(SHORTEST_PAUSE, LONGEST_PAUSE);
    }
    network.dial(dial, pause);
  }

  private enum Fate {
    ARRIVES,
    LOST,
    LAST
  }

  /** One direction; each frame goes when it is due, and never before the one in front of it. */
  private final class Direction {

    private final SplittableRandom random;
    private final Queue<Runnable> underWay = new ConcurrentLinkedQueue<>();
    private long due = System.nanoTime();

    Direction(SplittableRandom random) {
      this.random = random;
    }

    synchronized void carry(Runnable frame, Runnable breakOff) {
      Network.Conditions now = network.conditions();
      long delay = random.nextLong(now.least(), now.most() + 1);
      Fate fate =
          random.nextDouble() >= now.loss()
              ? Fate.ARRIVES
              : random.nextBoolean() ? Fate.LOST : Fate.LAST;
      due = Math.max(due, System.nanoTime() + delay);
      underWay.add(() -> arrive(fate, frame, breakOff));
      ScheduledExecutorService carrier = network.carrier();
      carrier.schedule(
          () -> underWay.remove().run(), due - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void arrive(Fate fate, Runnable frame, Runnable breakOff) {
      if (fate != Fate.LOST) {
        frame.run();
      }
      if (fate != Fate.ARRIVES) {
        breakOff.run();
      }
    }
  }
}
