package org.tandem.collab.simulation;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * Runs many worlds, on all processors, and tells of those that failed. As a command: {@code mvn
 * -Psimulation verify -DskipTests -pl collab-plugin -am -Dworlds=20000}, with {@code -Dseeds=N}
 * from that seed on instead of new ones.
 */
final class Worlds {

  private static final int TOLD_EVERY = 1_000;

  private Worlds() {}

  /**
   * @param arguments the first seed, or {@code new} for one that the clock gives; how many worlds
   */
  public static void main(String[] arguments) {
    long first =
        arguments[0].equals("new") ? System.currentTimeMillis() : Long.parseLong(arguments[0]);
    int worlds = Integer.parseInt(arguments[1]);
    System.out.printf("%,d worlds from seed %d on%n", worlds, first);
    AtomicLong done = new AtomicLong();
    List<String> failed;
    try (Faultless faultless = new Faultless()) {
      failed =
          LongStream.range(first, first + worlds)
              .parallel()
              .mapToObj(
                  seed -> {
                    Optional<String> failure = failure(seed, Variant.AS_IT_IS, faultless);
                    if (done.incrementAndGet() % TOLD_EVERY == 0) {
                      System.out.printf("%,d%n", done.get());
                    }
                    return failure;
                  })
              .flatMap(Optional::stream)
              .toList();
    }
    failed.forEach(System.out::println);
    System.out.printf("%,d of %,d worlds failed%n", failed.size(), worlds);
    if (!failed.isEmpty()) {
      System.exit(1);
    }
  }

  /** Why a world failed, and its story; empty when all was well in it. */
  static Optional<String> failure(long seed, Variant variant, Faultless faultless) {
    try {
      run(seed, variant, faultless);
      return Optional.empty();
    } catch (AssertionError failed) {
      return Optional.of(String.valueOf(failed.getMessage()));
    }
  }

  /**
   * A world to its end.
   *
   * @return a number that is the same for the same story
   * @throws AssertionError when something that must be true was not
   */
  static long run(long seed, Variant variant, Faultless faultless) {
    Simulation world = new Simulation(seed, variant);
    faultless.begin();
    try {
      world.run();
      faultless.judge();
    } catch (RuntimeException | AssertionError violated) {
      throw new AssertionError(
          "seed "
              + seed
              + ": "
              + violated.getMessage()
              + faultless.told()
              + "\n"
              + world.scheduler.story(),
          violated);
    }
    return world.scheduler.digest();
  }
}
