package org.tandem.wiki.plugin.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tandem.api.editor.ChangeListener;
import org.tandem.api.editor.PageChange;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;
import org.tandem.wiki.plugin.hook.Fuse;
import org.tandem.wiki.plugin.listener.ListenerQueue;

class ListenersTest {

  private final TestHooks hooks = new TestHooks();
  private final PageId page = PageId.random();
  private final PageId other = PageId.random();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final CountDownLatch go = new CountDownLatch(1);

  @AfterEach
  void close() {
    go.countDown();
    hooks.close();
  }

  private class Noting implements ChangeListener {

    @Override
    public void ordered(PageChange change) {
      told.add("ordered " + change.rev());
    }

    @Override
    public void committed(PageChange change) {
      told.add("committed " + change.rev());
    }

    @Override
    public void missed(Missed missed) {
      told.add("missed " + missed.page().map(page::equals) + missed.from() + "-" + missed.to());
    }
  }

  private void await(int events) {
    TestHooks.await(() -> told.size() >= events);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void areToldInOrder() {
    List<String> expected = new ArrayList<>();
    hooks.extensions.registrations().register("one", new Noting());
    for (int rev = 1; rev <= 1_000; rev++) {
      hooks.extensions.ordered(List.of(TestHooks.change(page, rev)));
      hooks.extensions.committed(List.of(TestHooks.change(page, rev)));
      expected.addAll(List.of("ordered " + rev, "committed " + rev));
    }
    await(2_000);
    assertEquals(expected, List.copyOf(told));
    // A call is counted behind it.
    TestHooks.await(() -> hooks.extensions.of("one").figures().get(0).calls() == 2_000);
  }

  @Test
  void hearNothingOnceTheyAreClosed() {
    CountDownLatch inside = new CountDownLatch(1);
    Registration registration =
        hooks
            .extensions
            .registrations()
            .register(
                "one",
                new Noting() {
                  @Override
                  public void committed(PageChange change) {
                    inside.countDown();
                    ListenersTest.await(go);
                    super.committed(change);
                  }
                });
    hooks.extensions.registrations().register("two", new Noting());
    hooks.extensions.committed(List.of(TestHooks.change(page, 1), TestHooks.change(page, 2)));
    await(inside);
    await(2);
    told.clear();
    registration.close();
    go.countDown();
    await(1);
    hooks.extensions.committed(List.of(TestHooks.change(page, 3)));
    TestHooks.await(() -> told.contains("committed 3"));
    assertEquals(List.of("committed 1", "committed 3"), List.copyOf(told));
  }

  /** What finds no room is told as a gap, where it would have been told. */
  @Test
  void thatAreTooSlowAreToldOfGaps() {
    CountDownLatch inside = new CountDownLatch(1);
    hooks
        .extensions
        .registrations()
        .register(
            "slow",
            new Noting() {
              @Override
              public void committed(PageChange change) {
                if (change.rev() == 1) {
                  inside.countDown();
                  ListenersTest.await(go);
                }
                super.committed(change);
              }
            });
    hooks.extensions.committed(List.of(TestHooks.change(page, 1)));
    await(inside);
    int most = ListenerQueue.ROOM + 1;
    for (int rev = 2; rev <= most + 50; rev++) {
      hooks.extensions.committed(List.of(TestHooks.change(page, rev)));
    }
    go.countDown();
    await(most + 1);
    assertEquals("committed " + most, told.get(most - 1));
    assertEquals("missed Optional[true]" + (most + 1) + "-" + (most + 50), told.get(most));
    hooks.extensions.committed(List.of(TestHooks.change(page, most + 51)));
    await(most + 2);
    assertEquals("committed " + (most + 51), told.get(most + 1));
    assertEquals(50, hooks.extensions.of("slow").figures().get(0).faults());
  }

  /** It took each change well when that was ordered, and so was never off. */
  @Test
  void thatThrowAtOneKindOfEventAreOffAlthoughTheyTakeAnother() {
    hooks
        .extensions
        .registrations()
        .register(
            "half",
            new Noting() {
              @Override
              public void committed(PageChange change) {
                super.committed(change);
                if (change.page().equals(page)) {
                  throw new IllegalStateException("as the test wants");
                }
              }
            });
    for (int rev = 1; rev <= Fuse.FAULTS; rev++) {
      hooks.extensions.ordered(List.of(TestHooks.change(page, rev)));
      hooks.extensions.committed(List.of(TestHooks.change(page, rev)));
      hooks.extensions.committed(List.of(TestHooks.change(other, rev)));
    }
    await(3 * Fuse.FAULTS);
    TestHooks.await(() -> !hooks.extensions.of("half").off().isEmpty());
    assertEquals(Optional.of(page), hooks.extensions.of("half").off().get(0).page());
  }

  @Test
  void thatThrowAreOffOnThatPageAndToldWhatTheyMissed() {
    AtomicInteger calls = new AtomicInteger();
    hooks
        .extensions
        .registrations()
        .register(
            "faulty",
            new Noting() {
              @Override
              public void committed(PageChange change) {
                if (change.page().equals(page) && calls.incrementAndGet() <= Fuse.FAULTS) {
                  throw new IllegalStateException("as the test wants");
                }
                super.committed(change);
              }
            });
    hooks.extensions.registrations().register("well", new Noting());
    for (int rev = 1; rev <= 5; rev++) {
      hooks.extensions.committed(List.of(TestHooks.change(page, rev)));
    }
    hooks.extensions.committed(List.of(TestHooks.change(other, 7)));
    await(7);
    TestHooks.await(() -> told.stream().filter("committed 7"::equals).count() == 2);
    assertEquals(Fuse.FAULTS, calls.get());
    assertEquals(Optional.of(page), hooks.extensions.of("faulty").off().get(0).page());
    told.clear();
    hooks.millis.addAndGet(Fuse.OFF_MILLIS);
    hooks.extensions.committed(List.of(TestHooks.change(page, 6)));
    await(3);
    assertTrue(told.contains("missed Optional[true]4-5"), told.toString());
    assertTrue(
        told.indexOf("missed Optional[true]4-5") < told.lastIndexOf("committed 6"),
        told.toString());
  }
}
