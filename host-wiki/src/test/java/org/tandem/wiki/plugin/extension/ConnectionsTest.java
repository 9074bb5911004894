package org.tandem.wiki.plugin.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tandem.api.editor.ChangeListener;
import org.tandem.api.editor.ConnectionListener;
import org.tandem.api.editor.EditorConnection;
import org.tandem.api.editor.EditorConnection.End;
import org.tandem.api.editor.PageChange;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageId;
import org.tandem.wiki.plugin.hook.Fuse;
import org.tandem.wiki.plugin.listener.ListenerQueue;

/** Listeners that are told who comes to pages and who goes. */
class ConnectionsTest {

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

  private class Noting implements ConnectionListener {

    @Override
    public void joined(EditorConnection connection) {
      told.add(connection.id() + " joined");
    }

    @Override
    public void left(EditorConnection connection, End why) {
      told.add(connection.id() + " left: " + why);
    }

    @Override
    public void missed() {
      told.add("missed");
    }
  }

  private EditorConnection connection(PageId page, String id) {
    return new EditorConnection(id, UUID.randomUUID(), page, TestHooks.ANNA, Access.EDIT);
  }

  private void joined(PageId page, String id) {
    hooks.extensions.joined(connection(page, id));
  }

  private void await(int events) {
    TestHooks.await(() -> told.size() >= events);
  }

  @Test
  void areToldInOrderAmongTheChanges() {
    hooks.extensions.registrations().register("one", new Noting());
    hooks
        .extensions
        .registrations()
        .register(
            "one",
            new ChangeListener() {
              @Override
              public void committed(PageChange change) {
                told.add("committed " + change.rev());
              }
            });
    List<String> expected = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      joined(page, "c" + i);
      hooks.extensions.committed(List.of(TestHooks.change(page, i)));
      hooks.extensions.left(connection(page, "c" + i), End.SILENT);
      expected.addAll(List.of("c" + i + " joined", "committed " + i, "c" + i + " left: SILENT"));
    }
    await(300);
    assertEquals(expected, List.copyOf(told));
  }

  @Test
  void areNoListenersToChanges() {
    hooks.extensions.registrations().register("one", new Noting());
    assertFalse(hooks.extensions.listens());
    hooks.extensions.committed(List.of(TestHooks.change(page, 1)));
    joined(page, "a");
    await(1);
    assertEquals(List.of("a joined"), List.copyOf(told));
    // A call is counted behind it.
    TestHooks.await(() -> hooks.extensions.of("one").figures().get(0).calls() == 1);
  }

  @Test
  void thatAreTooSlowAreToldThatTheyMissedSome() {
    CountDownLatch inside = new CountDownLatch(1);
    hooks
        .extensions
        .registrations()
        .register(
            "slow",
            new Noting() {
              @Override
              public void joined(EditorConnection connection) {
                if (connection.id().equals("first")) {
                  inside.countDown();
                  try {
                    go.await();
                  } catch (InterruptedException hurry) {
                    Thread.currentThread().interrupt();
                  }
                }
                super.joined(connection);
              }
            });
    joined(page, "first");
    TestHooks.await(() -> inside.getCount() == 0);
    for (int i = 1; i <= ListenerQueue.ROOM + 50; i++) {
      joined(i % 2 == 0 ? page : other, "c" + i);
    }
    go.countDown();
    await(ListenerQueue.ROOM + 2);
    joined(page, "last");
    await(ListenerQueue.ROOM + 3);
    assertEquals("c" + ListenerQueue.ROOM + " joined", told.get(ListenerQueue.ROOM));
    assertEquals("missed", told.get(ListenerQueue.ROOM + 1));
    assertEquals("last joined", told.get(ListenerQueue.ROOM + 2));
    assertEquals(50, hooks.extensions.of("slow").figures().get(0).faults());
  }

  @Test
  void thatThrowAreOffOnThatPageAndToldThatTheyMissedSome() {
    hooks
        .extensions
        .registrations()
        .register(
            "faulty",
            new Noting() {
              @Override
              public void left(EditorConnection connection, End why) {
                throw new IllegalStateException("as the test wants");
              }
            });
    for (int i = 0; i < Fuse.FAULTS; i++) {
      hooks.extensions.left(connection(page, "c" + i), End.CLOSED);
    }
    joined(page, "while off");
    joined(other, "elsewhere");
    await(2);
    assertEquals(List.of("missed", "elsewhere joined"), List.copyOf(told));
    hooks.millis.addAndGet(Fuse.OFF_MILLIS);
    joined(page, "on again");
    await(3);
    assertEquals("on again joined", told.get(2));
  }
}
