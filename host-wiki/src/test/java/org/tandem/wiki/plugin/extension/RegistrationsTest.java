package org.tandem.wiki.plugin.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandem.api.editor.ChangeListener;

class RegistrationsTest {

  private final TestHooks hooks = new TestHooks();

  @AfterEach
  void close() {
    hooks.close();
  }

  private static ChangeListener named(String name) {
    return new ChangeListener() {
      @Override
      public String name() {
        return name;
      }
    };
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "  ",
        "more than eighty characters, which is more than any admin wants to read of a listener"
      })
  void refuseWhatHasNoNameForTheAdmin(String name) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> hooks.extensions.registrations().register("quiet", named(name)));
    assertTrue(refused.getMessage().startsWith("What is registered has a name of 1 to 80"));
    assertEquals(List.of(), hooks.extensions.of("quiet").contributions());
  }

  @Test
  void doNotWaitForAPluginThatThinksAboutItsName() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    ChangeListener slow =
        new ChangeListener() {
          @Override
          public String name() {
            asked.countDown();
            try {
              go.await();
            } catch (InterruptedException ended) {
              Thread.currentThread().interrupt();
            }
            return "slow";
          }
        };
    CompletableFuture<Void> registered =
        CompletableFuture.runAsync(
            () -> hooks.extensions.registrations().register("slow", slow),
            task -> new Thread(task).start());
    asked.await();
    CompletableFuture.runAsync(
            () -> hooks.extensions.registrations().register("quick", named("quick")),
            task -> new Thread(task).start())
        .get(20, TimeUnit.SECONDS);
    assertEquals(1, hooks.extensions.of("quick").contributions().size());
    go.countDown();
    registered.get(20, TimeUnit.SECONDS);
    assertEquals("slow", hooks.extensions.of("slow").contributions().get(0).name());
  }
}
