package org.tandem.collab.bench.hooks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.tandem.api.bench.Report;
import org.tandem.api.bench.Samples;
import org.tandem.api.editor.ChangeCheck;
import org.tandem.api.editor.ChangeListener;
import org.tandem.api.editor.PageChange;
import org.tandem.wiki.plugin.extension.Extensions;

/**
 * What a keystroke costs at the server with a hundred checks and a hundred listeners of plugins,
 * beside one with none, in the same run: from its frame to its acknowledgement, on a node whose log
 * is memory.
 */
public final class HooksBenchmark {

  private static final int HOOKS = 100;
  private static final int WARM_UP = 5_000;
  private static final int ROUNDS = 8;
  private static final int KEYSTROKES = 1_000;
  private static final double MOST_NANOS = 1e6;
  private static final String COMMAND = "mvn -B -Phooks verify -DskipTests -pl collab-plugin -am";

  private final LongAdder checked = new LongAdder();
  private final LongAdder told = new LongAdder();

  private HooksBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    new HooksBenchmark().run();
  }

  private void run() throws Exception {
    try (Extensions nobody = new Extensions();
        Extensions everybody = new Extensions();
        Keyboard without = new Keyboard("without", nobody);
        Keyboard with = new Keyboard("with", everybody)) {
      for (int i = 0; i < HOOKS; i++) {
        everybody.registrations().register("plugin-" + i, check());
        everybody.registrations().register("plugin-" + i, listener());
      }
      without.type(WARM_UP);
      with.type(WARM_UP);
      List<Keyboard.Round> none = new ArrayList<>();
      List<Keyboard.Round> all = new ArrayList<>();
      for (int i = 0; i < ROUNDS; i++) {
        none.add(without.type(KEYSTROKES));
        all.add(with.type(KEYSTROKES));
      }
      long keystrokes = WARM_UP + (long) ROUNDS * KEYSTROKES;
      if (checked.sum() != HOOKS * keystrokes) {
        throw new IllegalStateException("checked " + checked + " times");
      }
      report(none, all);
    }
  }

  private ChangeCheck check() {
    return (change, author, access) -> {
      checked.increment();
      // As a check does that looks at what is written and where.
      return change.document().length() + change.change().length() < 0
          ? new ChangeCheck.Answer.Refuse("Never.")
          : new ChangeCheck.Answer.Accept();
    };
  }

  private ChangeListener listener() {
    return new ChangeListener() {
      @Override
      public void committed(PageChange change) {
        told.increment();
      }
    };
  }

  private void report(List<Keyboard.Round> none, List<Keyboard.Round> all) {
    Samples bare = latency(none);
    Samples hooked = latency(all);
    double processor = processor(all).median() - processor(none).median();
    double waiting = hooked.median() - bare.median();
    Report report = new Report("What plugins' hooks cost", COMMAND);
    report.target(
        "a keystroke waits longer for its acknowledgement, at the median",
        "< 1 ms",
        Report.time(waiting),
        waiting < MOST_NANOS);
    report.target(
        "a keystroke takes more of the processors",
        "< 1 ms",
        Report.time(processor),
        processor < MOST_NANOS);
    report
        .section("What is measured")
        .text(
            """
            One person types, each character after the acknowledgement of the one before, on a \
            node with a log in memory; %,d characters in %d rounds, with and without hooks in \
            turns, after %,d others. *With* is %d plugins with a check and a listener each, which \
            do next to nothing themselves: the figures are what the wiki does about them. \
            *Processors* is the time of all threads of the process. Listeners were called %,d \
            times."""
                .formatted(ROUNDS * KEYSTROKES, ROUNDS, WARM_UP, HOOKS, told.sum()));
    report.table(
        List.of("a keystroke", "without hooks", "with " + HOOKS + " + " + HOOKS),
        List.of(
            List.of("acknowledged after, median", time(bare.median()), time(hooked.median())),
            List.of("95 of 100 within", time(percentile(bare)), time(percentile(hooked))),
            List.of(
                "processors, median of rounds",
                time(processor(none).median()),
                time(processor(all).median()))));
    report.write(Path.of("docs", "HOOKS.md"));
  }

  private static String time(double nanos) {
    return Report.time(nanos);
  }

  private static Samples latency(List<Keyboard.Round> rounds) {
    return rounds.stream().map(Keyboard.Round::waited).reduce(Samples::and).orElseThrow();
  }

  private static Samples processor(List<Keyboard.Round> rounds) {
    return new Samples(rounds.stream().map(Keyboard.Round::processor).toList());
  }

  private static double percentile(Samples samples) {
    return samples.nanos().get(samples.nanos().size() * 95 / 100);
  }
}
