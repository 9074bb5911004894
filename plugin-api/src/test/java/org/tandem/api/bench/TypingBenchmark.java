package org.tandem.api.bench;

import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.tandem.api.delta.Delta;

/** Compose and transform as an editing session uses them. {@code algebra.mjs} has the same. */
@State(Scope.Benchmark)
public class TypingBenchmark {

  /** Composes or transforms in one invocation. */
  static final int OPERATIONS = 1024;

  private static final int STRETCH = 8;

  /** Each holds one keystroke more than it has composes. */
  final List<List<Delta>> pending;

  final List<List<Delta>> concurrent;

  public TypingBenchmark() {
    Typing typing = new Typing(1);
    pending =
        Stream.generate(() -> typing.stretch(STRETCH + 1)).limit(OPERATIONS / STRETCH).toList();
    concurrent = Stream.generate(typing::concurrent).limit(OPERATIONS / 2).toList();
  }

  /** A pending change takes up the next keystroke, until it is sent. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long compose() {
    long count = 0;
    for (List<Delta> keystrokes : pending) {
      Delta change = keystrokes.get(0);
      for (int i = 1; i < keystrokes.size(); i++) {
        change = change.compose(keystrokes.get(i));
        count += change.ops().size();
      }
    }
    return count;
  }

  /** A keystroke and another's at the same moment, each after the other. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long transform() {
    return RichTextBenchmark.transformed(concurrent);
  }
}
