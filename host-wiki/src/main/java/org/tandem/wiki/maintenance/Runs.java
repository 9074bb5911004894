package org.tandem.wiki.maintenance;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.Database;
import org.tandem.api.plugin.Maintenance;

/**
 * The runs of this node since its start: the ones that go on, and the last few of each maintenance.
 *
 * <p>Life cycle: {@link #close} once; it cancels what goes on and waits for it, 10 s at the most.
 * Threads: safe for use by any thread; each run has a thread of its own.
 */
public final class Runs implements AutoCloseable {

  /** How many runs of one maintenance are remembered. */
  static final int KEPT = 5;

  private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
  private static final long END_SECONDS = 10;

  private final Supplier<List<MaintainedPlugin>> plugins;
  private final Database database;
  private final Clock clock;

  /** The newest first. */
  private final List<Run> runs = new ArrayList<>();

  /**
   * @param plugins those that are installed now
   */
  public Runs(Supplier<List<MaintainedPlugin>> plugins, Database database, Clock clock) {
    this.plugins = plugins;
    this.database = database;
    this.clock = clock;
  }

  public List<MaintainedPlugin> plugins() {
    return plugins.get();
  }

  private Optional<MaintainedPlugin> installed(String plugin) {
    return plugins().stream().filter(one -> one.id().equals(plugin)).findFirst();
  }

  /**
   * Starts a run, and returns at once.
   *
   * @param typed the argument as the admin gave it; blank for none
   * @param admin the name of who starts it
   */
  public StartOutcome start(String plugin, String name, String typed, String admin) {
    Optional<MaintainedPlugin> installed = installed(plugin);
    Optional<Maintenance> offered = installed.flatMap(one -> one.named(name));
    if (installed.isEmpty() || offered.isEmpty()) {
      return new StartOutcome.Unknown();
    }
    Argument argument = Argument.of(offered.get(), typed);
    if (argument instanceof Argument.Unusable unusable) {
      return new StartOutcome.Unusable(unusable.reason());
    }
    return start(
        new Run(
            plugin,
            offered.get(),
            ((Argument.Usable) argument).text(),
            admin,
            clock.instant(),
            database,
            installed.get().settings()));
  }

  private synchronized StartOutcome start(Run run) {
    List<Run> others = of(run.plugin(), run.name());
    Optional<Run> goingOn = others.stream().filter(Run::isGoingOn).findFirst();
    if (goingOn.isPresent()) {
      return new StartOutcome.Busy(goingOn.get());
    }
    if (others.size() >= KEPT) {
      runs.remove(others.get(others.size() - 1));
    }
    runs.add(0, run);
    LOG.info("{} has started {} of {}", run.startedBy(), run.name(), run.plugin());
    Thread thread = new Thread(() -> run.go(clock), "maintenance-" + run.name());
    thread.setDaemon(true);
    thread.start();
    return new StartOutcome.Started(run);
  }

  /** The runs that are remembered of one maintenance, the newest first. */
  public synchronized List<Run> of(String plugin, String name) {
    return runs.stream()
        .filter(run -> run.plugin().equals(plugin) && run.name().equals(name))
        .toList();
  }

  /** All runs that are remembered, the newest first. */
  public synchronized List<Run> all() {
    return List.copyOf(runs);
  }

  public Optional<Run> run(String id) {
    return all().stream().filter(run -> run.id().equals(id)).findFirst();
  }

  @Override
  public void close() {
    List<Run> left = all().stream().filter(Run::isGoingOn).toList();
    left.forEach(Run::cancel);
    CompletableFuture<Void> ended =
        CompletableFuture.allOf(
            left.stream().map(Run::ending).toArray(CompletableFuture<?>[]::new));
    try {
      ended.get(END_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException goesOn) {
      LOG.warn("A maintenance did not end within {} s, and is cut short", END_SECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
