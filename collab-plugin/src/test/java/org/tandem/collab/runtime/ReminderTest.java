package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReminderTest {

  private final Reminder reminder = new Reminder();

  private List<Long> due(long from, long to) {
    return LongStream.range(from, to)
        .filter(second -> reminder.isDue(second * 1_000))
        .boxed()
        .toList();
  }

  @Test
  void isSilentBeforeTheFirstChange() {
    assertEquals(List.of(), due(0, 1_000));
  }

  @Test
  void comesEverMoreRarelyAndNeverEnds() {
    reminder.changed(0);
    assertEquals(List.of(1L, 3L, 7L, 15L, 31L, 63L, 123L, 183L), due(0, 200));
  }

  @Test
  void beginsAnewWithEachChange() {
    reminder.changed(0);
    due(0, 100);
    reminder.changed(100_000);
    assertEquals(List.of(101L, 103L), due(100, 105));
  }
}
