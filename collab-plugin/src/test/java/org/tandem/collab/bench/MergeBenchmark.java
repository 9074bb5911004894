package org.tandem.collab.bench;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.tandem.api.delta.Delta;
import org.tandem.collab.branch.Merge;
import org.tandem.collab.branch.Rebase;

/** A branch and what was committed beside it, merged. */
@State(Scope.Benchmark)
public class MergeBenchmark {

  /** Edits on each side. */
  @Param("1000")
  public int edits;

  @Param("TYPING")
  public Workload workload = Workload.TYPING;

  private List<Delta> branch = List.of();
  private List<Delta> committed = List.of();

  @Setup
  public void prepare() {
    branch = workload.ours(edits);
    committed = workload.committed(edits);
  }

  @Benchmark
  public Merge merge() {
    return Merge.of(branch, committed);
  }

  /** Change by change: the product of both lengths. */
  @Benchmark
  public Rebase plain() {
    return Rebase.over(branch, committed);
  }
}
