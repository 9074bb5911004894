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

/** A thousand worlds; {@link Worlds} runs others. */
class SimulationTest {

  private static final int MANY = 1_000;
  private static final int BROKEN = 60;

  private static Faultless faultless;

  @BeforeAll
  static void listen() {
    faultless = new Faultless();
  }

  @AfterAll
  static void listenNoMore() {
    faultless.close();
  }

  private static Optional<String> failure(long seed, Variant variant) {
    return Worlds.failure(seed, variant, faultless);
  }

  @Test
  void nothingIsLostInAnyWorld() {
    List<String> failed =
        LongStream.rangeClosed(1, MANY)
            .parallel()
            .mapToObj(seed -> failure(seed, Variant.AS_IT_IS))
            .flatMap(Optional::stream)
            .toList();
    assertTrue(failed.isEmpty(), () -> failed.size() + " failed\n" + String.join("\n\n", failed));
  }

  @Test
  void aSeedRepeatsExactly() {
    assertEquals(
        Worlds.run(7, Variant.AS_IT_IS, faultless), Worlds.run(7, Variant.AS_IT_IS, faultless));
  }

  /** A simulation that could not fail would prove nothing. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AS_IT_IS")
  void whatIsBrokenOnPurposeIsFound(Variant variant) {
    boolean found =
        LongStream.rangeClosed(1, BROKEN).anyMatch(seed -> failure(seed, variant).isPresent());
    assertTrue(found, variant + " is not found in " + BROKEN + " worlds");
  }
}
