package org.tandem.api.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs one JMH benchmark in a JVM of its own. */
public final class Jmh {

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private Jmh() {}

  /**
   * What a benchmark came to.
   *
   * @param allocated bytes that one operation allocates
   */
  public record Measured(Samples samples, double allocated) {}

  /**
   * @param method of the benchmark class, annotated with {@code @Benchmark}
   * @param parameters values of its {@code @Param} fields
   */
  public static Measured measure(
      Class<?> benchmark, String method, Timing timing, Map<String, String> parameters) {
    System.out.println("  JMH   " + benchmark.getSimpleName() + "." + method + " " + parameters);
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(benchmark.getName() + "." + method) + "$")
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .forks(1)
            .warmupIterations(timing.warmups())
            .warmupTime(TimeValue.milliseconds(timing.millis()))
            .measurementIterations(timing.iterations())
            .measurementTime(TimeValue.milliseconds(timing.millis()))
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    parameters.forEach(options::param);
    try {
      return measured(new Runner(options.build()).runSingle());
    } catch (RunnerException failed) {
      throw new IllegalStateException(benchmark.getSimpleName() + "." + method, failed);
    }
  }

  private static Measured measured(RunResult run) {
    List<Double> nanos = new ArrayList<>();
    Collection<BenchmarkResult> forks = run.getBenchmarkResults();
    for (BenchmarkResult fork : forks) {
      for (IterationResult iteration : fork.getIterationResults()) {
        nanos.add(iteration.getPrimaryResult().getScore());
      }
    }
    return new Measured(new Samples(nanos), allocated(run.getSecondaryResults()));
  }

  @SuppressWarnings("rawtypes")
  private static double allocated(Map<String, Result> secondary) {
    return secondary.entrySet().stream()
        .filter(result -> result.getKey().endsWith(ALLOCATED))
        .mapToDouble(result -> result.getValue().getScore())
        .findFirst()
        .orElseThrow();
  }
}
