package org.tandem.wiki.plugin.listener;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tandem.wiki.plugin.hook.Hook;
import org.tandem.wiki.plugin.hook.HookThreads;
import org.tandem.wiki.plugin.hook.Notices;
import org.tandem.wiki.plugin.hook.PluginHooks;
import org.tandem.wiki.plugin.hook.Turn;

/**
 * What waits to be told to one plugin's listeners, in order and one at a time. There is room for so
 * many events; what comes beyond is left out, and told as a gap. Messages of modules have room of
 * their own ({@link MessageRoom}). Threads: safe for use by any thread; nothing waits.
 */
public final class ListenerQueue {

  public static final int ROOM = 10_000;

  /** What a turn may take before it is given up. */
  private static final long MOST_MILLIS = 5_000;

  /** After that a turn lets others have the thread. */
  private static final long SHARE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** An event, and the first of the listeners that are not told yet. */
  private record Telling(Event event, List<Hook<?>> listeners, int next) {}

  private final PluginHooks plugin;
  private final HookThreads threads;
  private final Notices notices;
  private final long mostMillis;

  /** All below is guarded by this. */
  private final Queue<Event> waiting = new ArrayDeque<>();

  private final MessageRoom messages = new MessageRoom();
  private final Gaps left = new Gaps();
  private final Map<Hook<?>, Gaps> whileOff = new HashMap<>();

  private List<Hook<?>> listeners = List.of();
  private boolean running;

  public ListenerQueue(PluginHooks plugin, HookThreads threads, Notices notices) {
    this(plugin, threads, notices, MOST_MILLIS);
  }

  public ListenerQueue(PluginHooks plugin, HookThreads threads, Notices notices, long mostMillis) {
    this.plugin = plugin;
    this.threads = threads;
    this.notices = notices;
    this.mostMillis = mostMillis;
  }

  public synchronized void add(Hook<?> listener) {
    List<Hook<?>> more = new ArrayList<>(listeners);
    more.add(listener);
    listeners = List.copyOf(more);
  }

  /** Nothing reaches the listener any more, but for a call that is under way. */
  public synchronized void remove(Hook<?> listener) {
    listeners = listeners.stream().filter(other -> other != listener).toList();
    whileOff.remove(listener);
    if (listeners.isEmpty()) {
      waiting.clear();
      messages.clear();
    }
  }

  public synchronized boolean isEmpty() {
    return listeners.isEmpty();
  }

  public PluginHooks plugin() {
    return plugin;
  }

  /**
   * Has these told, in order.
   *
   * @return whether there was room for all of them, as far as anybody listens
   */
  public boolean offer(List<? extends Event> events) {
    boolean room = true;
    synchronized (this) {
      for (Event event : events) {
        room &= !isHeard(event) || put(event);
      }
      if (running || waiting.isEmpty()) {
        return room;
      }
      running = true;
    }
    goOn(null);
    return room;
  }

  private boolean isHeard(Event event) {
    for (Hook<?> listener : listeners) {
      if (event.concerns(listener)) {
        return true;
      }
    }
    return false;
  }

  private boolean put(Event event) {
    boolean room =
        event instanceof Event.Received message
            ? messages.take(message)
            : waiting.size() - messages.waiting() < ROOM && !left.holds(event);
    if (room) {
      return waiting.add(event);
    }
    plugin.figures(event.kind()).failed();
    // The gap is told where the first event would have been that it stands for.
    left.add(event).ifPresent(waiting::add);
    return false;
  }

  private void goOn(@Nullable Telling first) {
    if (!threads.run(new TellingTurn(first))) {
      synchronized (this) {
        running = false;
      }
    }
  }

  /** What is told next; null when nothing waits, which ends the turn, or it was given up. */
  private synchronized @Nullable Telling next(Turn turn) {
    Event event = waiting.poll();
    if (event == null) {
      // Only once: who gives a turn up begins the next.
      running = !turn.done();
      return null;
    }
    if (event instanceof Event.Received message) {
      messages.leave(message);
    }
    return new Telling(left.take(event), listeners, 0);
  }

  /** What the listener is to be told now; nothing while it is off or when it is gone. */
  private synchronized List<Event> due(Hook<?> listener, Event event) {
    if (!event.concerns(listener) || !listeners.contains(listener)) {
      return List.of();
    }
    if (!listener.isOn(event.page())) {
      plugin.figures(event.kind()).failed();
      whileOff.computeIfAbsent(listener, first -> new Gaps()).add(event);
      return List.of();
    }
    Gaps gaps = whileOff.get(listener);
    if (gaps == null) {
      return List.of(event);
    }
    List<Event> due = new ArrayList<>();
    Optional.ofNullable(gaps.takeBefore(event)).ifPresent(due::add);
    due.add(event);
    return due;
  }

  /** Tells what waits, until it has had its share of a thread. */
  private final class TellingTurn extends Turn {

    private @Nullable Telling telling;

    TellingTurn(@Nullable Telling first) {
      super(mostMillis);
      telling = first;
    }

    @Override
    protected void work() {
      long end = System.nanoTime() + SHARE_NANOS;
      Telling now = current();
      while (now != null || (now = next(this)) != null) {
        tell(now);
        now = null;
        if (isGivenUp()) {
          return;
        }
        if (System.nanoTime() - end > 0) {
          if (done()) {
            goOn(null);
          }
          return;
        }
      }
    }

    private synchronized @Nullable Telling current() {
      return telling;
    }

    private synchronized void at(Telling now) {
      telling = now;
    }

    private void tell(Telling now) {
      for (int i = now.next(); i < now.listeners().size() && !isGivenUp(); i++) {
        at(new Telling(now.event(), now.listeners(), i + 1));
        Hook<?> listener = now.listeners().get(i);
        due(listener, now.event()).forEach(event -> tell(listener, event));
      }
    }

    private void tell(Hook<?> listener, Event event) {
      try {
        within(
            listener,
            () -> {
              event.tell(listener.code());
              return true;
            });
        if (!isGivenUp()) {
          listener.fuse().succeeded(event.page(), event.getClass());
        }
      } catch (Throwable fault) {
        if (!isGivenUp()) {
          notices.failed(listener, event.page(), event.getClass(), "threw " + fault);
        }
      }
    }

    @Override
    protected void late() {
      Hook<?> hook = blamed();
      Telling rest = current();
      if (hook != null && rest != null) {
        Event event = rest.event();
        notices.failed(
            hook, event.page(), event.getClass(), "took longer than " + mostMillis() + " ms");
      }
      goOn(rest);
    }
  }
}
