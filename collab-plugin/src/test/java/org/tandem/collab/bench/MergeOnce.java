package org.tandem.collab.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.tandem.api.delta.Delta;
import org.tandem.collab.branch.Merge;

/** Merges one pair of branches, in a JVM whose heap is limited. */
public final class MergeOnce {

  static final int SMALLEST = 8;

  private static final int LARGEST = 8192;
  private static final int SECONDS = 30;

  /** Percent of the time. */
  private static final int MOST_COLLECTING = 80;

  private MergeOnce() {}

  public static void main(String[] arguments) {
    Workload workload = Workload.valueOf(arguments[0]);
    int edits = Integer.parseInt(arguments[1]);
    List<Delta> branch = workload.ours(edits);
    List<Delta> committed = workload.committed(edits);
    Merge merged = Merge.of(branch, committed);
    // Both branches are still held here, as their owner would hold them.
    System.out.println(
        branch.size() + committed.size() + " edits: " + merged.change().ops().size());
  }

  /**
   * The smallest heap, in MB, that holds both branches and their merge, by powers of two.
   *
   * @param guess the first heap that is tried
   */
  static int smallestHeap(Workload workload, int edits, int guess) {
    int heap = Math.max(SMALLEST, Integer.highestOneBit(guess));
    while (!fits(workload, edits, heap)) {
      heap *= 2;
      if (heap > LARGEST) {
        throw new IllegalStateException(edits + " edits need more than " + LARGEST + " MB");
      }
    }
    while (heap > SMALLEST && fits(workload, edits, heap / 2)) {
      heap /= 2;
    }
    return heap;
  }

  /** A heap that is collected most of the time is too small: the parallel collector ends it. */
  private static boolean fits(Workload workload, int edits, int heap) {
    System.out.println("  Heap  " + workload + " " + edits + " in " + heap + " MB");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder command =
        new ProcessBuilder(
                java.toString(),
                "-Xmx" + heap + "m",
                "-XX:+UseParallelGC",
                "-XX:GCTimeLimit=" + MOST_COLLECTING,
                "-XX:GCHeapFreeLimit=10",
                "-classpath",
                System.getProperty("java.class.path"),
                MergeOnce.class.getName(),
                workload.name(),
                String.valueOf(edits))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = command.start();
      boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly().waitFor();
      return ended && process.exitValue() == 0;
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
