package org.tandem.collab.runtime;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.tandem.api.document.format.Formats;
import org.tandem.api.editor.Hooks;
import org.tandem.api.editor.PageChange;
import org.tandem.api.editor.ProposedChange;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;

/** Plugins that say what the test wants, when it wants it. */
final class ScriptedHooks implements Hooks {

  private static final long PATIENCE_SECONDS = 15;

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

  volatile boolean checks = true;
  volatile Formats formats = Formats.builtIn();
  final List<String> told = new CopyOnWriteArrayList<>();
  final List<Notice> noticed = new CopyOnWriteArrayList<>();
  final List<Consumer<Notice>> listeners = new CopyOnWriteArrayList<>();
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
  public List<Notice> notices(PageId page) {
    return noticed;
  }

  @Override
  public Registration onNotice(Consumer<Notice> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
