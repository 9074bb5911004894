package org.tandem.api.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;

/** What Tandem and quill-delta took for one workload, on the same inputs. */
record Comparison(String name, Samples ours, Samples quill) {

  private static final Peer QUILL = new Peer("algebra.mjs");

  /** How often both are measured, one after the other. */
  private static final int ROUNDS = 2;

  /**
   * What both have to do.
   *
   * @param name which {@code algebra.mjs} knows
   * @param method of the benchmark
   * @param inputs plain JSON
   * @param count operations in all results of one invocation
   */
  record Workload(String name, Class<?> benchmark, String method, Object inputs, long count) {

    Comparison measure(Path folder, Timing timing) {
      Path file = folder.resolve(name.replaceAll("\\W+", "-") + ".json");
      try {
        new ObjectMapper().writeValue(file.toFile(), inputs);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
      Comparison all = round(file, timing);
      for (int i = 1; i < ROUNDS; i++) {
        Comparison next = round(file, timing);
        all = new Comparison(name, all.ours.and(next.ours), all.quill.and(next.quill));
      }
      return all;
    }

    private Comparison round(Path file, Timing timing) {
      Samples ours = Jmh.measure(benchmark, method, timing, Map.of()).samples();
      Peer.Measured peer = QUILL.measure(file, name, timing);
      if (peer.count() != count) {
        throw new IllegalStateException(
            name + ": " + count + " operations here, " + peer.count() + " in Node");
      }
      return new Comparison(name, ours, peer.figure("quill"));
    }
  }

  /** How many times faster Tandem is, by the medians. */
  double ratio() {
    return quill.median() / ours.median();
  }

  /** The same by the fastest iterations, which other work on the machine disturbs least. */
  double undisturbed() {
    return quill.fastest() / ours.fastest();
  }

  static List<Object> plain(List<Delta> deltas) {
    List<Object> plain = new ArrayList<>();
    deltas.forEach(delta -> plain.add(DeltaJson.toPlain(delta)));
    return plain;
  }

  static List<Object> plainGroups(List<List<Delta>> groups) {
    List<Object> plain = new ArrayList<>();
    groups.forEach(group -> plain.add(plain(group)));
    return plain;
  }
}
