package org.tandem.wiki.maintenance;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.tandem.api.host.Database;
import org.tandem.api.plugin.Maintenance;
import org.tandem.api.plugin.MaintenanceRun;
import org.tandem.api.plugin.Settings;

/**
 * One run of a maintenance on this node, going on or ended. Threads: safe for use by any thread.
 */
public final class Run implements MaintenanceRun {

  /**
   * How a run stands at one moment.
   *
   * @param cancelling whether it was told to end and goes on still
   * @param progress the latest sentences, oldest first
   * @param report what the run reported, or the sentence that it ended with; empty while it goes on
   */
  public record Now(
      RunState state,
      boolean cancelling,
      List<String> progress,
      List<String> report,
      Optional<Instant> endedAt) {}

  /** What is kept of a run's progress. */
  static final int PROGRESS_LINES = 20;

  /** What is kept of a report; the command prints all of it. */
  static final int REPORT_LINES = 1_000;

  private final String id = UUID.randomUUID().toString();
  private final String plugin;
  private final String name;
  private final String title;

  /** Null when it has ended, so that nothing of a plugin is kept for the sake of its report. */
  private @Nullable Maintenance maintenance;

  private final Optional<String> argument;
  private final String startedBy;
  private final Instant startedAt;
  private final Database database;
  private final Settings settings;
  private final Deque<String> progress = new ArrayDeque<>();
  private final CompletableFuture<Ending> ending = new CompletableFuture<>();
  private volatile boolean cancelled;
  private @Nullable Instant endedAt;

  Run(
      String plugin,
      Maintenance maintenance,
      Optional<String> argument,
      String startedBy,
      Instant startedAt,
      Database database,
      Settings settings) {
    this.plugin = plugin;
    this.maintenance = maintenance;
    this.name = maintenance.name();
    this.title = maintenance.title();
    this.argument = argument;
    this.startedBy = startedBy;
    this.startedAt = startedAt;
    this.database = database;
    this.settings = settings;
  }

  /** Unlike any other run's, of this node and of others. */
  public String id() {
    return id;
  }

  public String plugin() {
    return plugin;
  }

  /** The name of the maintenance. */
  public String name() {
    return name;
  }

  /** The title of the maintenance. */
  public String title() {
    return title;
  }

  @Override
  public Optional<String> argument() {
    return argument;
  }

  /** The name of the admin. */
  public String startedBy() {
    return startedBy;
  }

  public Instant startedAt() {
    return startedAt;
  }

  @Override
  public Database database() {
    return database;
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public synchronized void progress(String sentence) {
    progress.addLast(sentence);
    if (progress.size() > PROGRESS_LINES) {
      progress.removeFirst();
    }
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  /** Tells it to end; does nothing when it has ended. */
  public synchronized void cancel() {
    if (!ending.isDone()) {
      cancelled = true;
    }
  }

  /** Runs it to its end, in the calling thread. */
  void go(Clock clock) {
    Ending how = Ending.of(Objects.requireNonNull(maintenance), this);
    synchronized (this) {
      maintenance = null;
      endedAt = clock.instant();
      ending.complete(how);
    }
  }

  /** Done when the run has ended. */
  CompletableFuture<Ending> ending() {
    return ending;
  }

  public boolean isGoingOn() {
    return !ending.isDone();
  }

  public synchronized Now now() {
    List<String> latest = List.copyOf(progress);
    Ending how = ending.getNow(null);
    if (how == null) {
      return new Now(RunState.RUNNING, cancelled, latest, List.of(), Optional.empty());
    }
    return new Now(
        RunState.of(how, cancelled), false, latest, report(how), Optional.ofNullable(endedAt));
  }

  private static List<String> report(Ending how) {
    if (how instanceof Ending.Reported reported) {
      return shortened(reported.report().lines());
    }
    return List.of(
        how instanceof Ending.Refused refused
            ? refused.sentence()
            : ((Ending.Failed) how).sentence());
  }

  private static List<String> shortened(List<String> lines) {
    if (lines.size() <= REPORT_LINES) {
      return lines;
    }
    List<String> some = new ArrayList<>(lines.subList(0, REPORT_LINES));
    some.add(
        "%d more lines are left out here; the command prints all."
            .formatted(lines.size() - REPORT_LINES));
    return List.copyOf(some);
  }
}
