package org.tandem.api.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What one thing took, once for each iteration.
 *
 * @param nanos nanoseconds for one operation, ascending; at least one
 */
public record Samples(List<Double> nanos) {

  public Samples {
    if (nanos.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    nanos = nanos.stream().sorted().toList();
  }

  public Samples and(Samples more) {
    List<Double> all = new ArrayList<>(nanos);
    all.addAll(more.nanos);
    return new Samples(all);
  }

  public double median() {
    int middle = nanos.size() / 2;
    return nanos.size() % 2 == 1
        ? nanos.get(middle)
        : (nanos.get(middle - 1) + nanos.get(middle)) / 2;
  }

  public double fastest() {
    return nanos.get(0);
  }

  public double slowest() {
    return nanos.get(nanos.size() - 1);
  }

  /** Operations in a second. */
  public double throughput() {
    return 1e9 / median();
  }
}
