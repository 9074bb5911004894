package org.tandem.collab.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Worlds by the thousand. {@code -Dtandem.simulation.seed=N} runs one of them, {@code
 * -Dtandem.simulation.worlds=N} as many as one likes, from a seed that the clock gives.
 */
class SimulationTest {

  private static final int WORLDS = 1_000;
  private static final int BROKEN_WORLDS = 20;

  private static Faultless faultless;

  @BeforeAll
  static void listen() {
    faultless = new Faultless();
  }

  @AfterAll
  static void listenNoMore() {
    faultless.close();
  }

  @Test
  void nothingIsLostInAnyWorld() {
    Long one = Long.getLong("tandem.simulation.seed");
    if (one != null) {
      run(one);
      return;
    }
    Integer many = Integer.getInteger("tandem.simulation.worlds");
    long first = many == null ? 1 : System.currentTimeMillis();
    List<String> failed =
        LongStream.range(first, first + (many == null ? WORLDS : many))
            .parallel()
            .mapToObj(seed -> failure(seed, Variant.AS_IT_IS))
            .flatMap(Optional::stream)
            .toList();
    assertTrue(
        failed.isEmpty(), () -> failed.size() + " worlds failed\n" + String.join("\n\n", failed));
  }

  private static Optional<String> failure(long seed, Variant variant) {
    try {
      run(seed, variant);
      return Optional.empty();
    } catch (AssertionError failed) {
      return Optional.of(String.valueOf(failed.getMessage()));
    }
  }

  @Test
  void aSeedRepeatsExactly() {
    assertEquals(run(7), run(7));
  }

  /** A simulation that could not fail would prove nothing. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AS_IT_IS")
  void whatIsBrokenOnPurposeIsFound(Variant variant) {
    boolean found =
        LongStream.rangeClosed(1, BROKEN_WORLDS)
            .anyMatch(seed -> failure(seed, variant).isPresent());
    assertTrue(found, variant + " is not found in " + BROKEN_WORLDS + " worlds");
  }

  private static long run(long seed) {
    return run(seed, Variant.AS_IT_IS);
  }

  private static long run(long seed, Variant variant) {
    Simulation world = new Simulation(seed, variant);
    faultless.begin();
    try {
      world.run();
      faultless.judge();
    } catch (RuntimeException | AssertionError violated) {
      throw new AssertionError(
          "seed " + seed + ": " + violated.getMessage() + "\n" + world.scheduler.story(), violated);
    }
    return world.scheduler.digest();
  }
}
