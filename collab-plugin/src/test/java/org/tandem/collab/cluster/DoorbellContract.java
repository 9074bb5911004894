package org.tandem.collab.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tandem.api.host.PageId;

/** What every doorbell does. */
@Timeout(60)
public abstract class DoorbellContract {

  protected static final NodeId A = new NodeId("a");
  protected static final NodeId B = new NodeId("b");
  private static final long PATIENCE = 15;

  protected final PageId page = PageId.random();
  private final List<Doorbell> started = new CopyOnWriteArrayList<>();

  /** One that hears all others of this test, and no others. */
  protected abstract Doorbell bell();

  /** What a node heard; {@code page} is null for {@link DoorbellListener#missed}. */
  public record Heard(NodeId from, PageId page, long rev) {

    public static final Heard MISSED = new Heard(null, null, 0);
  }

  /** Remembers what it hears, for tests that wait; each time it fails, which must not matter. */
  public static final class Ear implements DoorbellListener {

    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();

    @Override
    public void rung(NodeId from, PageId page, long rev) {
      heard.add(new Heard(from, page, rev));
      throw new IllegalStateException("as the test wants");
    }

    @Override
    public void missed() {
      heard.add(Heard.MISSED);
      throw new IllegalStateException("as the test wants");
    }

    /** The next event. */
    public Heard next() throws InterruptedException {
      Heard next = heard.poll(PATIENCE, TimeUnit.SECONDS);
      assertTrue(next != null, "nothing heard in time");
      return next;
    }

    /** All events up to this one. */
    public List<Heard> until(Heard last) throws InterruptedException {
      List<Heard> all = new ArrayList<>();
      do {
        all.add(next());
      } while (!all.get(all.size() - 1).equals(last));
      return all;
    }
  }

  /** Starts a doorbell and waits until it listens. */
  protected final Ear listen(Doorbell bell, NodeId self) throws InterruptedException {
    Ear ear = new Ear();
    started.add(bell);
    bell.start(self, ear);
    assertEquals(Heard.MISSED, ear.next());
    return ear;
  }

  @AfterEach
  void end() {
    started.forEach(Doorbell::close);
  }

  @Test
  void aNodeHearsTheOthersAndNotItself() throws InterruptedException {
    Doorbell a = bell();
    Doorbell b = bell();
    Ear atA = listen(a, A);
    Ear atB = listen(b, B);
    a.ring(page, 7);
    assertEquals(new Heard(A, page, 7), atB.next());
    b.ring(page, 8);
    assertEquals(new Heard(B, page, 8), atA.next());
  }

  @Test
  void theHighestRevisionIsHeardInTheEnd() throws InterruptedException {
    Doorbell a = bell();
    listen(a, A);
    Ear atB = listen(bell(), B);
    for (int rev = 1; rev <= 10_000; rev++) {
      a.ring(page, rev);
    }
    atB.until(new Heard(A, page, 10_000));
  }

  @Test
  void ringsOfManyPagesAreAllHeard() throws InterruptedException {
    Doorbell a = bell();
    listen(a, A);
    Ear atB = listen(bell(), B);
    Set<Heard> expected = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      PageId one = PageId.random();
      a.ring(one, Long.MAX_VALUE / 10);
      expected.add(new Heard(A, one, Long.MAX_VALUE / 10));
    }
    Set<Heard> heard = new HashSet<>();
    while (heard.size() < expected.size()) {
      heard.add(atB.next());
    }
    assertEquals(expected, heard);
  }

  @Test
  void whatWasRungBeforeTheEndIsHeard() throws InterruptedException {
    Doorbell a = bell();
    listen(a, A);
    Ear atB = listen(bell(), B);
    a.ring(page, 1);
    a.close();
    assertEquals(new Heard(A, page, 1), atB.next());
  }

  @Test
  void oneThatIsNotStartedOrIsClosedIsSilent() throws InterruptedException {
    Doorbell silent = bell();
    silent.ring(page, 1);
    Doorbell closed = bell();
    listen(closed, new NodeId("c"));
    closed.close();
    closed.ring(page, 2);
    closed.close();
    Doorbell a = bell();
    listen(a, A);
    Ear atB = listen(bell(), B);
    a.ring(page, 3);
    assertEquals(new Heard(A, page, 3), atB.next());
  }
}
