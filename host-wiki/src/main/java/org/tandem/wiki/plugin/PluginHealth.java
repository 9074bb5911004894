package org.tandem.wiki.plugin;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tandem.api.host.Registration;
import org.tandem.api.plugin.Health;
import org.tandem.api.plugin.HealthProbe;
import org.tandem.wiki.metrics.Question;

/**
 * How the running plugins say that they are. Whoever asks waits for those that answer in time; of
 * one that did not the last time it is told what it said last. Threads: safe for use by any thread.
 */
public final class PluginHealth {

  static final long PATIENCE_MS = 2_000;

  /** What a slow one said is believed for so long. */
  private static final long LONG_SECONDS = 60;

  private final List<Probe> probes = new CopyOnWriteArrayList<>();

  /** What a probe said last, and when on {@link System#nanoTime}. */
  private record Said(Health health, long at, boolean inTime) {

    long secondsAgo() {
      return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - at);
    }
  }

  /** A plugin's, with what it said. */
  private static final class Probe {
    private final String plugin;
    private final Question<Health> question;
    private volatile @Nullable Said last;

    Probe(String plugin, HealthProbe code) {
      this.plugin = plugin;
      this.question = new Question<>("health-" + plugin, () -> check(code));
    }

    private Health check(HealthProbe code) throws Exception {
      long begun = System.nanoTime();
      Health health = code.check();
      long now = System.nanoTime();
      last = new Said(health, now, now - begun <= TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS));
      return health;
    }

    /** Asks it; what it says is waited for unless it was late before. */
    Asked ask(long end) {
      Said before = last;
      boolean hangs = question.isPending();
      question.ask();
      boolean late = hangs || (before != null && !before.inTime());
      return new Asked(this, before, late ? System.nanoTime() : end);
    }
  }

  /** A probe that was asked, and until when on {@link System#nanoTime} it is waited for. */
  private record Asked(Probe probe, @Nullable Said before, long end) {

    Health answer() {
      Question.Outcome<Health> outcome = probe.question.answer(end);
      if (outcome instanceof Question.Outcome.Answered<Health> answered) {
        return answered.answer();
      } else if (!probe.question.isPending()) {
        String reason = ((Question.Outcome.Unanswered<Health>) outcome).reason();
        return new Health(false, "It did not say how it is: " + reason + ".");
      } else if (before == null) {
        return new Health(false, "It did not say how it is: no answer in time.");
      }
      String said = before.secondsAgo() + " s ago it said: " + before.health().sentence();
      return before.inTime() || before.secondsAgo() > LONG_SECONDS
          ? new Health(false, "It does not say how it is. " + said)
          : new Health(before.health().good(), "It takes long to say how it is. " + said);
    }
  }

  /** The probes that were asked at once. */
  public static final class Round {
    private final Map<String, List<Asked>> asked;

    private Round(List<Asked> asked) {
      this.asked = asked.stream().collect(Collectors.groupingBy(one -> one.probe().plugin));
    }

    /** What the plugin says; the whole round waits for 2 s at the most. */
    public List<Health> of(String plugin) {
      return asked.getOrDefault(plugin, List.of()).stream().map(Asked::answer).toList();
    }
  }

  /**
   * @param plugin whose health it is
   */
  public Registration register(String plugin, HealthProbe probe) {
    Probe added = new Probe(plugin, probe);
    probes.add(added);
    return () -> probes.remove(added);
  }

  /** Asks all of these plugins side by side, and returns at once. */
  public Round ask(Predicate<String> plugins) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
    return new Round(
        probes.stream()
            .filter(probe -> plugins.test(probe.plugin))
            .map(probe -> probe.ask(end))
            .toList());
  }
}
