package org.tandem.collab.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/** A thread and a clock that the test moves. */
public final class Clockwork implements Workers {

  private final TreeMap<Long, List<Runnable>> due = new TreeMap<>();
  private long now;

  public long now() {
    return now;
  }

  public void runUntil(long time) {
    while (!due.isEmpty() && due.firstKey() <= time) {
      var next = due.pollFirstEntry();
      now = Math.max(now, next.getKey());
      next.getValue().forEach(Runnable::run);
    }
    now = Math.max(now, time);
  }

  @Override
  public Executor mailboxes() {
    return task -> later(0, task);
  }

  @Override
  public Executor commits() {
    return task -> later(0, task);
  }

  @Override
  public Executor background() {
    return task -> later(0, task);
  }

  @Override
  public void later(long millis, Runnable task) {
    due.computeIfAbsent(now + millis, first -> new ArrayList<>()).add(task);
  }

  @Override
  public void close() {}
}
