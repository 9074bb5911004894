package org.tandem.wiki.plugin.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tandem.api.editor.Hooks;
import org.tandem.api.editor.Hooks.Permission;
import org.tandem.api.editor.PresenceField;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;
import org.tandem.wiki.plugin.hook.Fuse;
import org.tandem.wiki.plugin.hook.HookKind;

/** Which values the presence fields of plugins may have. */
class PresenceFieldsTest {

  private final TestHooks hooks = new TestHooks();
  private final PageId page = PageId.random();
  private final CountDownLatch go = new CountDownLatch(1);

  @AfterEach
  void close() {
    go.countDown();
    hooks.close();
  }

  private Registration register(String plugin, String name, Predicate<Object> rule) {
    return hooks.extensions.registrations().register(plugin, new PresenceField(name, rule));
  }

  private Permission ask(PageId page, String field, Object value) throws Exception {
    CompletableFuture<Permission> said = new CompletableFuture<>();
    hooks.extensions.allows(page, field, value, said::complete);
    return said.get(20, TimeUnit.SECONDS);
  }

  @Test
  void theirPluginsSayWhatIsAllowed() throws Exception {
    Registration registration = register("polls", "polls-hand", "up"::equals);
    assertEquals(Permission.ALLOWED, ask(page, "polls-hand", "up"));
    assertEquals(Permission.NOT_ALLOWED, ask(page, "polls-hand", List.of("up")));
    assertEquals(Permission.NO_PLUGIN, ask(page, "polls", "up"));
    registration.close();
    assertEquals(Permission.NO_PLUGIN, ask(page, "polls-hand", "up"));
  }

  @Test
  void theyHaveNamesOfTheirPluginsAndNoTwoHaveOne() throws Exception {
    assertThrows(IllegalArgumentException.class, () -> register("polls", "other", any -> true));
    assertThrows(IllegalArgumentException.class, () -> register("polls", "pollshand", any -> true));
    Registration first = register("polls", "polls", any -> true);
    assertThrows(IllegalArgumentException.class, () -> register("polls", "polls", any -> false));
    assertEquals(Permission.ALLOWED, ask(page, "polls", 1));
    first.close();
    register("polls", "polls", any -> false);
    assertEquals(Permission.NOT_ALLOWED, ask(page, "polls", 1));
  }

  @Test
  void oneThatThrowsHasRefusedAndIsOffWhereItGoesOn() throws Exception {
    List<Hooks.Notice> notices = new CopyOnWriteArrayList<>();
    hooks.extensions.onNotice(notices::add);
    PageId other = PageId.random();
    register(
        "polls",
        "polls",
        value -> {
          if (value.equals("bad")) {
            throw new IllegalStateException("as the test wants");
          }
          return true;
        });
    for (int i = 0; i < Fuse.FAULTS; i++) {
      assertEquals(Permission.NOT_ALLOWED, ask(page, "polls", "bad"));
    }
    assertEquals(Permission.BUSY, ask(page, "polls", "good"));
    assertEquals(Permission.ALLOWED, ask(other, "polls", "good"));
    assertEquals(1, notices.size());
    assertEquals(HookKind.PRESENCE, hooks.extensions.of("polls").off().get(0).kind());
    hooks.millis.addAndGet(Fuse.OFF_MILLIS);
    assertEquals(Permission.ALLOWED, ask(page, "polls", "good"));
  }

  @Test
  void oneThatHangsIsGivenUp() throws Exception {
    register(
        "polls",
        "polls",
        value -> {
          boolean over = !value.equals("hang");
          while (!over) {
            try {
              go.await();
              over = true;
            } catch (InterruptedException deaf) {
              // A plugin that does not hear.
            }
          }
          return true;
        });
    assertEquals(Permission.BUSY, ask(page, "polls", "hang"));
    assertEquals(Permission.ALLOWED, ask(page, "polls", "quick"));
    assertEquals(1, hooks.extensions.of("polls").figures().get(0).faults());
  }
}
