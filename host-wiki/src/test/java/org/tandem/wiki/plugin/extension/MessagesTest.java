package org.tandem.wiki.plugin.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.tandem.api.editor.ConnectionListener;
import org.tandem.api.editor.EditorConnection;
import org.tandem.api.editor.Hooks;
import org.tandem.api.editor.Hooks.Reception;
import org.tandem.api.editor.PageMessageListener;
import org.tandem.api.editor.PageMessages;
import org.tandem.api.editor.PageMessages.Outcome;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;
import org.tandem.wiki.plugin.hook.Fuse;
import org.tandem.wiki.plugin.listener.ListenerQueue;
import org.tandem.wiki.plugin.listener.MessageRoom;

/** Messages between plugins and their modules. */
class MessagesTest {

  private final TestHooks hooks = new TestHooks();
  private final PageId page = PageId.random();
  private final List<Object> told = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    hooks.close();
  }

  private EditorConnection from(Access access) {
    return new EditorConnection("here-1", UUID.randomUUID(), page, TestHooks.ANNA, access);
  }

  private Reception receive(Access access, String plugin, Object value) {
    return hooks.extensions.received(from(access), plugin, value);
  }

  private void await(Object... all) {
    TestHooks.await(() -> told.size() >= all.length);
    assertEquals(List.of(all), List.copyOf(told));
  }

  @Nested
  class OfModules {

    private final PageMessageListener noting = (from, value) -> told.add(value);

    @Test
    void reachTheirPluginAndNoOther() {
      hooks.extensions.registrations().register("one", noting);
      hooks
          .extensions
          .registrations()
          .register("two", (PageMessageListener) (from, value) -> told.add("two"));
      assertEquals(Reception.TAKEN, receive(Access.EDIT, "one", 1));
      assertEquals(Reception.TAKEN, receive(Access.ADMIN, "one", List.of(2)));
      await(1, List.of(2));
    }

    @Test
    void haveNobodyToHearThemWithoutAListener() {
      Registration registration = hooks.extensions.registrations().register("one", noting);
      assertEquals(Reception.NO_PLUGIN, receive(Access.EDIT, "two", 1));
      registration.close();
      assertEquals(Reception.NO_PLUGIN, receive(Access.EDIT, "one", 1));
    }

    @Test
    void areTakenOfWhoMayDoWhatTheListenerSays() {
      hooks.extensions.registrations().register("one", noting);
      assertEquals(Reception.FORBIDDEN, receive(Access.COMMENT, "one", "no"));
      hooks
          .extensions
          .registrations()
          .register(
              "one",
              new PageMessageListener() {
                @Override
                public void received(EditorConnection from, Object value) {
                  told.add(from.access());
                }

                @Override
                public Access needed() {
                  return Access.VIEW;
                }
              });
      assertEquals(Reception.TAKEN, receive(Access.VIEW, "one", "to the second alone"));
      await(Access.VIEW);
    }

    @Test
    void areNotTakenWhileTheListenerIsOffOnThePage() {
      hooks
          .extensions
          .registrations()
          .register(
              "faulty",
              (PageMessageListener)
                  (from, value) -> {
                    told.add(value);
                    throw new IllegalStateException("as the test wants");
                  });
      for (int i = 0; i < Fuse.FAULTS; i++) {
        assertEquals(Reception.TAKEN, receive(Access.EDIT, "faulty", i));
      }
      TestHooks.await(() -> !hooks.extensions.of("faulty").off().isEmpty());
      assertEquals(Reception.BUSY, receive(Access.EDIT, "faulty", "off"));
      hooks.millis.addAndGet(Fuse.OFF_MILLIS);
      assertEquals(Reception.TAKEN, receive(Access.EDIT, "faulty", "on"));
      await(0, 1, 2, "on");
    }

    /** They come from browsers; what the wiki tells of itself keeps its room. */
    @Test
    void areNotTakenWhileTooManyWait() {
      CountDownLatch go = new CountDownLatch(1);
      CountDownLatch inside = new CountDownLatch(1);
      hooks
          .extensions
          .registrations()
          .register(
              "slow",
              (PageMessageListener)
                  (from, value) -> {
                    inside.countDown();
                    try {
                      go.await();
                    } catch (InterruptedException hurry) {
                      Thread.currentThread().interrupt();
                    }
                    told.add(value);
                  });
      assertEquals(Reception.TAKEN, receive(Access.EDIT, "slow", 0));
      TestHooks.await(() -> inside.getCount() == 0);
      for (int i = 1; i <= MessageRoom.OF_A_CONNECTION; i++) {
        assertEquals(Reception.TAKEN, receive(Access.EDIT, "slow", i));
      }
      assertEquals(Reception.BUSY, receive(Access.EDIT, "slow", "too many of one connection"));
      for (int i = MessageRoom.OF_A_CONNECTION; i < MessageRoom.MOST; i++) {
        assertEquals(
            Reception.TAKEN, hooks.extensions.received(another("other-" + i), "slow", "other"));
      }
      assertEquals(
          Reception.BUSY, hooks.extensions.received(another("last"), "slow", "too many of all"));
      hooks
          .extensions
          .registrations()
          .register(
              "slow",
              new ConnectionListener() {
                @Override
                public void joined(EditorConnection connection) {
                  told.add("joined");
                }

                @Override
                public void left(EditorConnection connection, EditorConnection.End why) {}

                @Override
                public void missed() {
                  told.add("missed");
                }
              });
      for (int i = 0; i < ListenerQueue.ROOM; i++) {
        hooks.extensions.joined(another("joined-" + i));
      }
      go.countDown();
      int all = 1 + MessageRoom.MOST + ListenerQueue.ROOM;
      TestHooks.await(() -> told.size() == all);
      assertEquals(ListenerQueue.ROOM, told.stream().filter("joined"::equals).count());
      for (int i = 1; i <= MessageRoom.OF_A_CONNECTION; i++) {
        assertEquals(Reception.TAKEN, receive(Access.EDIT, "slow", "again"), "number " + i);
      }
      TestHooks.await(() -> told.size() == all + MessageRoom.OF_A_CONNECTION);
    }

    private EditorConnection another(String id) {
      return new EditorConnection(id, UUID.randomUUID(), page, TestHooks.ANNA, Access.EDIT);
    }
  }

  @Nested
  class OfPlugins {

    private final List<Hooks.Message> sent = new CopyOnWriteArrayList<>();
    private final PageMessages messages = hooks.extensions.messages("one");

    private void listen() {
      hooks.extensions.onMessage(sent::add);
    }

    @Test
    void areGivenToWhoHoldsTheConnections() {
      listen();
      Object value = Map.of("a", Arrays.asList(1, 2.5, null, "\u00e9\ud83d\ude00", true));
      assertEquals(Outcome.SENT, messages.send(page, value));
      assertEquals(
          List.of(
              new Hooks.Message(page, "one", "{\"a\":[1,2.5,null,\"\u00e9\ud83d\ude00\",true]}")),
          sent);
    }

    @Test
    void areNotSentWithoutAnybodyToHoldThem() {
      assertEquals(Outcome.UNAVAILABLE, messages.send(page, 1));
      Registration registration = hooks.extensions.onMessage(sent::add);
      assertEquals(Outcome.SENT, messages.send(page, 1));
      registration.close();
      assertEquals(Outcome.UNAVAILABLE, messages.send(page, 1));
    }

    @Test
    void haveSoManyBytes() {
      listen();
      // Two for the quotation marks, two for each letter.
      String most = "\u00e9".repeat(PageMessages.MOST_BYTES / 2 - 1);
      assertEquals(Outcome.SENT, messages.send(page, most));
      assertEquals(Outcome.TOO_LARGE, messages.send(page, most + "e"));
      assertEquals(1, sent.size());
    }

    @Test
    void areSoManyASecondForEachPluginAndPage() {
      listen();
      for (int i = 0; i < PageMessages.AT_ONCE; i++) {
        assertEquals(Outcome.SENT, messages.send(page, i));
      }
      assertEquals(Outcome.RATE_LIMITED, messages.send(page, "too many"));
      assertEquals(Outcome.SENT, messages.send(PageId.random(), "elsewhere"));
      assertEquals(Outcome.SENT, hooks.extensions.messages("two").send(page, "another's"));
      hooks.millis.addAndGet(1_000 / PageMessages.PER_SECOND);
      assertEquals(Outcome.SENT, messages.send(page, "one more"));
      assertEquals(Outcome.RATE_LIMITED, messages.send(page, "two more"));
    }

    @Test
    void arePlainJson() {
      listen();
      List<Object> endless = new ArrayList<>();
      endless.add(endless);
      for (Object no :
          List.of(page, Double.NaN, Map.of(1, 2), List.of(List.of(page)), "\ud83d", endless)) {
        assertThrows(IllegalArgumentException.class, () -> messages.send(page, no));
      }
      assertEquals(List.of(), sent);
    }

    /** Who listens may fail; the plugin that sends is not to suffer. */
    @Test
    void areSentThoughWhoHoldsTheConnectionsFails() {
      hooks.extensions.onMessage(
          message -> {
            throw new IllegalStateException("as the test wants");
          });
      listen();
      assertEquals(Outcome.SENT, messages.send(page, 1));
      assertEquals(1, sent.size());
    }
  }
}
