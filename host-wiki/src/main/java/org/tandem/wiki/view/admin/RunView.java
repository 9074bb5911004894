package org.tandem.wiki.view.admin;

import java.util.List;
import java.util.Optional;
import org.tandem.wiki.maintenance.Run;
import org.tandem.wiki.maintenance.RunState;
import org.tandem.wiki.view.frame.Moment;

/**
 * A run as the pages show it.
 *
 * @param href of the run's own page
 * @param state in a few words
 * @param tone how the state is coloured: {@code running}, {@code good}, {@code bad} or {@code off}
 * @param latest the last sentence that it said of its progress
 */
public record RunView(
    String href,
    String plugin,
    String title,
    String argument,
    String state,
    String tone,
    boolean goingOn,
    boolean cancelling,
    String startedBy,
    Moment startedAt,
    Optional<Moment> endedAt,
    String latest,
    List<String> progress,
    List<String> report) {

  static RunView of(Run run) {
    Run.Now now = run.now();
    List<String> progress = now.progress();
    return new RunView(
        href(run),
        run.plugin(),
        run.title(),
        run.argument().orElse(""),
        words(now),
        tone(now.state()),
        now.state() == RunState.RUNNING,
        now.cancelling(),
        run.startedBy(),
        Moment.of(run.startedAt()),
        now.endedAt().map(Moment::of),
        progress.isEmpty() ? "" : progress.get(progress.size() - 1),
        progress,
        now.report());
  }

  static String href(Run run) {
    return "/admin/runs/" + run.id();
  }

  private static String words(Run.Now now) {
    return switch (now.state()) {
      case RUNNING -> now.cancelling() ? "Being cancelled" : "Running";
      case GOOD -> "All is well";
      case BAD -> "Needs you";
      case CANCELLED -> "Cancelled";
      case REFUSED -> "Refused";
      case FAILED -> "Failed";
    };
  }

  private static String tone(RunState state) {
    return switch (state) {
      case RUNNING -> "running";
      case GOOD -> "good";
      case BAD, REFUSED, FAILED -> "bad";
      case CANCELLED -> "off";
    };
  }
}
