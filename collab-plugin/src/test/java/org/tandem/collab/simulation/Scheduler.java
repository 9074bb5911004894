package org.tandem.collab.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/** Runs what is to happen, in the order of a virtual time; the only thread there is. */
final class Scheduler {

  private static final int TRACED = 1000;

  /** Someone whose tasks run: one process, or one person's device. */
  final class Actor {
    private final String name;
    private final List<Runnable> held = new ArrayList<>();
    private boolean paused;
    private boolean dead;

    private Actor(String name) {
      this.name = name;
    }

    /** Has a task run after so many milliseconds, unless this is dead by then. */
    void in(long millis, Runnable task) {
      if (!dead) {
        events.add(new Event(now + millis, count++, this, task));
      }
    }

    /** As SIGSTOP does. */
    void pause() {
      paused = true;
    }

    /** As SIGCONT does: what was to happen meanwhile happens now, in order. */
    void resume() {
      paused = false;
      List<Runnable> late = List.copyOf(held);
      held.clear();
      late.forEach(Runnable::run);
    }

    /** As SIGKILL does. */
    void kill() {
      dead = true;
      held.clear();
    }

    boolean paused() {
      return paused;
    }

    boolean dead() {
      return dead;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private record Event(long at, long order, Actor actor, Runnable task)
      implements Comparable<Event> {

    @Override
    public int compareTo(Event other) {
      return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
    }
  }

  final Random random;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Deque<String> trace = new ArrayDeque<>();
  private long now;
  private long count;
  private long digest;

  Scheduler(long seed) {
    random = new Random(seed);
  }

  Actor actor(String name) {
    return new Actor(name);
  }

  /** Virtual milliseconds since the start. */
  long now() {
    return now;
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** From {@code from} to {@code to}, both included. */
  int between(int from, int to) {
    return from + random.nextInt(to - from + 1);
  }

  /** Runs all there is until a time. */
  void runUntil(long end) {
    while (!events.isEmpty() && events.peek().at <= end) {
      Event next = events.remove();
      now = next.at;
      if (next.actor.dead) {
        continue;
      }
      if (next.actor.paused) {
        next.actor.held.add(next.task);
      } else {
        next.task.run();
      }
    }
    now = end;
  }

  /** A line of the story that a failing seed tells. */
  void note(Object who, String what) {
    String line = now + " " + who + ": " + what;
    digest = digest * 31 + line.hashCode();
    trace.add(line);
    if (trace.size() > TRACED) {
      trace.remove();
    }
  }

  String story() {
    return String.join("\n", trace);
  }

  /** Equal for equal stories. */
  long digest() {
    return digest;
  }
}
