package org.tandem.api.bench;

import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.tandem.api.delta.Delta;

/** Compose and transform of random changes of rich text. {@code algebra.mjs} has the same. */
@State(Scope.Benchmark)
public class RichTextBenchmark {

  /** Composes or transforms in one invocation. */
  static final int OPERATIONS = 512;

  final List<List<Delta>> successive;
  final List<List<Delta>> concurrent;

  public RichTextBenchmark() {
    RichText any = new RichText(2);
    successive = Stream.generate(any::successive).limit(OPERATIONS).toList();
    concurrent = Stream.generate(any::concurrent).limit(OPERATIONS / 2).toList();
  }

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long compose() {
    long count = 0;
    for (List<Delta> pair : successive) {
      count += pair.get(0).compose(pair.get(1)).ops().size();
    }
    return count;
  }

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long transform() {
    return transformed(concurrent);
  }

  long averageOperations() {
    return Math.round(
        concurrent.stream()
            .flatMap(List::stream)
            .mapToInt(change -> change.ops().size())
            .average()
            .orElseThrow());
  }

  static long transformed(List<List<Delta>> pairs) {
    long count = 0;
    for (List<Delta> pair : pairs) {
      count += pair.get(0).transform(pair.get(1), true).ops().size();
      count += pair.get(1).transform(pair.get(0), false).ops().size();
    }
    return count;
  }
}
