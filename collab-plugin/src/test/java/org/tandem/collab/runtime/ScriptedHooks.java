package org.tandem.collab.runtime;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.tandem.api.document.format.Formats;
import org.tandem.api.editor.EditorConnection;
import org.tandem.api.editor.Hooks;
import org.tandem.api.editor.PageChange;
import org.tandem.api.editor.ProposedChange;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;

/** Plugins that say what the test wants, when it wants it. */
final class ScriptedHooks implements Hooks {

  private static final long PATIENCE_SECONDS = 30;

  /** A check that waits for its answer. */
  record Asked(ProposedChange change, Consumer<Verdict> answer) {

    void accept() {
      answer.accept(new Verdict.Accepted());
    }

    void refuse(String reason) {
      answer.accept(new Verdict.Refused(reason));
    }

    void fail() {
      answer.accept(new Verdict.Unknown("no answer"));
    }
  }

  /** Who came or went; without a reason it came. */
  record Connected(EditorConnection connection, Optional<EditorConnection.End> end) {}

  /** A message of an editor. */
  record Received(EditorConnection from, String plugin, Object value) {}

  volatile Permission permission = Permission.ALLOWED;

  /** What waits to know whether a field whose name begins with "slow" may have a value. */
  final BlockingQueue<Consumer<Permission>> slowFields = new LinkedBlockingQueue<>();

  volatile boolean checks = true;
  volatile Reception reception = Reception.TAKEN;
  final List<Received> received = new CopyOnWriteArrayList<>();

  /** Who is given what plugins send. */
  final List<Consumer<Message>> senders = new CopyOnWriteArrayList<>();

  final List<Connected> connections = new CopyOnWriteArrayList<>();
  volatile Formats formats = Formats.builtIn();
  final List<String> told = new CopyOnWriteArrayList<>();
  final List<Notice> noticed = new CopyOnWriteArrayList<>();
  final List<Consumer<Notice>> listeners = new CopyOnWriteArrayList<>();
  final List<Runnable> editorListeners = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();

  /** The next check, once there is one. */
  Asked next() throws InterruptedException {
    Asked next = asked.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing is checked within " + PATIENCE_SECONDS + " s");
    }
    return next;
  }

  /** Waits until this was told, and nothing else. */
  synchronized void awaitTold(String... expected) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!told.equals(List.of(expected))) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("told " + told + ", not " + List.of(expected));
      }
      wait(left);
    }
  }

  private synchronized void tell(String what) {
    told.add(what);
    notifyAll();
  }

  /** Waits until so many messages came, all together. */
  synchronized List<Received> awaitReceived(int messages) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (received.size() < messages) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("received " + received);
      }
      wait(left);
    }
    return List.copyOf(received);
  }

  boolean nothingAsked() {
    return asked.isEmpty();
  }

  @Override
  public Formats formats() {
    return formats;
  }

  @Override
  public boolean checks(PageId page) {
    return checks;
  }

  @Override
  public void check(ProposedChange change, Consumer<Verdict> answer) {
    asked.add(new Asked(change, answer));
  }

  @Override
  public boolean listens() {
    return true;
  }

  @Override
  public void ordered(List<PageChange> changes) {
    changes.forEach(change -> tell("ordered " + change.rev()));
  }

  @Override
  public void committed(List<PageChange> changes) {
    changes.forEach(change -> tell("committed " + change.rev()));
  }

  @Override
  public void missed(PageId page, long from, long to) {
    tell("missed " + from + "-" + to);
  }

  @Override
  public void joined(EditorConnection connection) {
    add(new Connected(connection, Optional.empty()));
  }

  @Override
  public void left(EditorConnection connection, EditorConnection.End why) {
    add(new Connected(connection, Optional.of(why)));
  }

  private synchronized void add(Connected event) {
    connections.add(event);
    notifyAll();
  }

  /** Waits until so many came and went, all together. */
  synchronized List<Connected> awaitConnections(int events) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (connections.size() < events) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("told " + connections);
      }
      wait(left);
    }
    return List.copyOf(connections);
  }

  @Override
  public synchronized Reception received(EditorConnection from, String plugin, Object value) {
    received.add(new Received(from, plugin, value));
    notifyAll();
    return reception;
  }

  @Override
  public Registration onMessage(Consumer<Message> listener) {
    senders.add(listener);
    return () -> senders.remove(listener);
  }

  @Override
  public void allows(PageId page, String field, Object value, Consumer<Permission> answer) {
    if (field.startsWith("slow")) {
      slowFields.add(answer);
    } else {
      answer.accept(permission);
    }
  }

  @Override
  public List<Notice> notices(PageId page) {
    return noticed;
  }

  @Override
  public Registration onNotice(Consumer<Notice> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public Registration onEditorChange(Runnable listener) {
    editorListeners.add(listener);
    return () -> editorListeners.remove(listener);
  }
}
