package org.tandem.wiki.view.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class MomentTest {

  private final Moment moment = Moment.of(Instant.parse("2026-03-05T21:07:30.5Z"));

  @Test
  void isWrittenAsTheLocaleHasIt() {
    assertEquals("5 Mar 2026, 21:07 UTC", moment.text(Locale.ENGLISH));
    assertEquals("05.03.2026, 21:07 UTC", moment.text(Locale.GERMAN));
    assertTrue(moment.text(Locale.FRENCH).startsWith("5 mars 2026"));
  }

  @Test
  void isTheSameForMachines() {
    assertEquals("2026-03-05T21:07:30.500Z", moment.iso());
  }
}
