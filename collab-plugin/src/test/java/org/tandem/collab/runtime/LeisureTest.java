package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class LeisureTest {

  private final Clockwork clockwork = new Clockwork();
  private final List<String> begun = new ArrayList<>();

  private Leisure<String> leisure(long longest, BiConsumer<String, Runnable> work) {
    return new Leisure<>(clockwork, clockwork::now, 9, longest, work);
  }

  private void take(String item, long millis, Runnable done) {
    begun.add(item + "@" + clockwork.now());
    clockwork.later(millis, done);
  }

  @Test
  void restsBetweenTurnsInProportionToTheWork() {
    Leisure<String> leisure = leisure(Leisure.NO_HURRY, (item, done) -> take(item, 10, done));
    List.of("a", "b", "c").forEach(leisure::add);
    clockwork.runUntil(1_000);
    assertEquals(List.of("a@0", "b@100", "c@200"), begun);
  }

  @Test
  void beginsAtOnceAfterARest() {
    Leisure<String> leisure = leisure(Leisure.NO_HURRY, (item, done) -> take(item, 10, done));
    leisure.add("a");
    clockwork.runUntil(5_000);
    leisure.add("b");
    clockwork.runUntil(5_000);
    assertEquals(List.of("a@0", "b@5000"), begun);
  }

  @Test
  void whatWaitsAlreadyHasOneTurn() {
    Leisure<String> leisure = leisure(Leisure.NO_HURRY, (item, done) -> take(item, 10, done));
    List.of("a", "b", "b", "b").forEach(leisure::add);
    clockwork.runUntil(1_000);
    assertEquals(List.of("a@0", "b@100"), begun);
  }

  @Test
  void restsLessWhereManyWaitAndAllMustHaveTheirTurnInTime() {
    Leisure<String> leisure = leisure(1_000, (item, done) -> take(item, 2, done));
    for (int i = 0; i < 100; i++) {
      leisure.add("page " + i);
    }
    clockwork.runUntil(20_000);
    assertEquals(100, begun.size());
    long last = Long.parseLong(begun.get(99).split("@")[1]);
    assertTrue(last < 2_500, "the last began at " + last);
  }

  /** The first publication of a node that has just started takes long. */
  @Test
  void restsLessAfterALongTurnWhereThereIsALongestWait() {
    Leisure<String> leisure = leisure(10_000, (item, done) -> take(item, 300, done));
    List.of("a", "b").forEach(leisure::add);
    clockwork.runUntil(5_000);
    assertEquals(List.of("a@0", "b@800"), begun);
  }

  @Test
  void aTurnWithoutAnEndHoldsUpNobodyForEver() {
    Leisure<String> leisure =
        leisure(Leisure.NO_HURRY, (item, done) -> take(item, 86_400_000, done));
    List.of("a", "b").forEach(leisure::add);
    clockwork.runUntil(600_000);
    assertEquals("b", begun.get(1).split("@")[0]);
  }

  @Test
  void aFaultEndsItsOwnTurnAlone() {
    Leisure<String> leisure =
        leisure(
            Leisure.NO_HURRY,
            (item, done) -> {
              begun.add(item);
              throw new IllegalStateException("a bug");
            });
    leisure.add("a");
    leisure.add("b");
    clockwork.runUntil(1_000);
    assertEquals(List.of("a", "b"), begun);
  }
}
