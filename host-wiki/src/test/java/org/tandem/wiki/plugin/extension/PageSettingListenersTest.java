package org.tandem.wiki.plugin.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;
import org.tandem.api.plugin.PageSettings.Change;
import org.tandem.wiki.plugin.hook.HookKind;
import org.tandem.wiki.plugin.listener.ListenerQueue;

class PageSettingListenersTest {

  private static final Change ANY = new Change(Optional.empty(), Optional.empty());

  private final TestHooks hooks = new TestHooks();
  private final PageId page = PageId.random();
  private final List<Change> told = new CopyOnWriteArrayList<>();
  private final CountDownLatch go = new CountDownLatch(1);

  @AfterEach
  void close() {
    go.countDown();
    hooks.close();
  }

  private Change change(String key) {
    return new Change(Optional.of(page), Optional.of(key));
  }

  private void changed(String plugin, String key) {
    hooks.extensions.settingChanged(Optional.of(plugin), change(key));
  }

  private void await(Change change) {
    TestHooks.await(() -> told.contains(change));
  }

  @Test
  void areToldOfTheirOwnPluginsValues() {
    Registration registration = hooks.extensions.registrations().listen("one", told::add);
    hooks.extensions.registrations().listen("two", change -> {});
    changed("two", "of another plugin");
    changed("three", "of a plugin that does not listen");
    changed("one", "first");
    hooks.extensions.settingChanged(Optional.empty(), ANY);
    changed("one", "second");
    await(change("second"));
    assertEquals(List.of(change("first"), ANY, change("second")), List.copyOf(told));
    registration.close();
    told.clear();
    hooks.extensions.registrations().listen("one", told::add);
    changed("one", "third");
    await(change("third"));
    assertEquals(List.of(change("third")), List.copyOf(told));
  }

  @Test
  void thatHangHoldUpNobodyElse() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    hooks
        .extensions
        .registrations()
        .listen(
            "slow",
            change -> {
              inside.countDown();
              awaitGo();
            });
    hooks.extensions.registrations().listen("other", told::add);
    changed("slow", "hangs");
    inside.await();
    changed("other", "goes on");
    await(change("goes on"));
  }

  private void awaitGo() {
    try {
      go.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException givenUp) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void thatFailAgainAndAgainAreToldOfAGapWhenTheyAreOnAgain() {
    hooks
        .extensions
        .registrations()
        .listen(
            "one",
            change -> {
              told.add(change);
              if (change.key().filter("bad"::equals).isPresent()) {
                throw new IllegalStateException("bad");
              }
            });
    for (int i = 0; i < 3; i++) {
      changed("one", "bad");
    }
    TestHooks.await(() -> !hooks.extensions.of("one").off().isEmpty());
    assertEquals(3, told.size());
    assertEquals(HookKind.PAGE_SETTING, hooks.extensions.of("one").off().get(0).kind());
    told.clear();
    changed("one", "not heard");
    TestHooks.await(() -> hooks.extensions.of("one").figures().get(0).faults() == 4);
    hooks.millis.addAndGet(Duration.ofMinutes(11).toMillis());
    changed("one", "heard");
    await(change("heard"));
    assertEquals(List.of(ANY, change("heard")), List.copyOf(told));
  }

  @Test
  void thatAreTooSlowAreToldOfAGap() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    hooks
        .extensions
        .registrations()
        .listen(
            "one",
            change -> {
              told.add(change);
              inside.countDown();
              awaitGo();
            });
    changed("one", "first");
    inside.await();
    for (int i = 0; i < ListenerQueue.ROOM + 5; i++) {
      changed("one", "more");
    }
    go.countDown();
    await(ANY);
    changed("one", "last");
    await(change("last"));
    assertEquals(ListenerQueue.ROOM + 3, told.size());
    assertEquals(ANY, told.get(ListenerQueue.ROOM + 1), "in the place of what found no room");
  }
}
