package org.tandem.wiki.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.tandem.api.host.Registration;
import org.tandem.api.plugin.Health;
import org.tandem.api.plugin.HealthProbe;
import org.tandem.wiki.metrics.Question;

/** How the running plugins say that they are. Threads: safe for use by any thread. */
public final class PluginHealth {

  private static final long PATIENCE_MS = 2_000;

  private final List<Probe> probes = new CopyOnWriteArrayList<>();

  private record Probe(String plugin, Question<Health> health) {}

  /**
   * @param plugin whose health it is
   */
  Registration register(String plugin, HealthProbe probe) {
    Probe added = new Probe(plugin, new Question<>("health-" + plugin, probe::check));
    probes.add(added);
    return () -> probes.remove(added);
  }

  /** What all probes of the plugin say; waits for 2 s at the most. */
  public List<Health> of(String plugin) {
    List<Probe> asked = probes.stream().filter(probe -> probe.plugin().equals(plugin)).toList();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
    asked.forEach(probe -> probe.health().ask());
    List<Health> said = new ArrayList<>();
    for (Probe probe : asked) {
      said.add(said(probe.health().answer(end)));
    }
    return said;
  }

  private static Health said(Question.Outcome<Health> outcome) {
    return outcome instanceof Question.Outcome.Answered<Health> answered
        ? answered.answer()
        : new Health(
            false,
            "It did not say how it is: "
                + ((Question.Outcome.Unanswered<Health>) outcome).reason()
                + ".");
  }
}
