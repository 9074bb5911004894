package org.tandem.wiki.plugin.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Delta;
import org.tandem.api.editor.ChangeListener;
import org.tandem.api.editor.PageChange;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.wiki.plugin.hook.Fuse;
import org.tandem.wiki.plugin.hook.Hook;
import org.tandem.wiki.plugin.hook.HookKind;
import org.tandem.wiki.plugin.hook.HookThreads;
import org.tandem.wiki.plugin.hook.Notices;
import org.tandem.wiki.plugin.hook.PluginHooks;

class ListenerQueueTest {

  private final PageId page = PageId.random();
  private final CountDownLatch go = new CountDownLatch(1);
  private final AtomicInteger hung = new AtomicInteger();
  private final List<Long> told = new CopyOnWriteArrayList<>();

  /** Does not hear that it is interrupted. */
  private final class Hanging implements ChangeListener {

    @Override
    public void committed(PageChange change) {
      if (change.rev() == 1) {
        hung.incrementAndGet();
        boolean over = false;
        while (!over) {
          try {
            go.await();
            over = true;
          } catch (InterruptedException deaf) {
            // Goes on.
          }
        }
      }
    }
  }

  private final class Noting implements ChangeListener {

    @Override
    public void committed(PageChange change) {
      told.add(change.rev());
    }
  }

  private Event committed(long rev) {
    Delta ops = Delta.builder().insert("x").build();
    return new Event.Committed(new PageChange(page, rev, UserId.random(), ops));
  }

  /** The time is short here, some seconds in the product. */
  @Test
  void givesUpAListenerThatHangsAndTellsTheOthers() {
    try (HookThreads threads = new HookThreads()) {
      PluginHooks plugin = new PluginHooks("hanging", () -> 0, new SimpleMeterRegistry());
      ListenerQueue queue = new ListenerQueue(plugin, threads, new Notices(), 1_000);
      queue.add(new Hook<>(plugin, HookKind.LISTENER, "a", 0, new Hanging(), new Fuse(() -> 0)));
      queue.add(new Hook<>(plugin, HookKind.LISTENER, "b", 0, new Noting(), new Fuse(() -> 0)));
      queue.offer(List.of(committed(1), committed(2)));
      Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> told.size() == 2);
      assertEquals(List.of(1L, 2L), told);
      assertEquals(1, hung.get());
      assertEquals(1, plugin.figures(HookKind.LISTENER).of(HookKind.LISTENER).faults());
      go.countDown();
    }
  }
}
