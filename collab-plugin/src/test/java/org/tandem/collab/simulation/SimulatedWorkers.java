package org.tandem.collab.simulation;

import java.util.concurrent.Executor;
import org.tandem.collab.runtime.Workers;

/** A node's tasks, each a little later, on the scheduler's one thread. */
record SimulatedWorkers(Scheduler scheduler, Scheduler.Actor process) implements Workers {

  private static final int TURN = 2;
  private static final int COMMIT = 15;

  @Override
  public Executor mailboxes() {
    return task -> process.in(scheduler.between(0, TURN), task);
  }

  @Override
  public Executor commits() {
    return task -> process.in(scheduler.between(1, COMMIT), task);
  }

  @Override
  public Executor background() {
    return task -> process.in(scheduler.between(0, COMMIT), task);
  }

  @Override
  public void later(long millis, Runnable task) {
    process.in(millis, task);
  }

  @Override
  public void close() {
    process.kill();
  }
}
