package org.tandem.wiki.view.frame;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A time as a page shows it; a script may put it in the reader's own zone.
 *
 * @param iso for the machine
 * @param text for people, in UTC
 */
public record Moment(String iso, String text) {

  private static final DateTimeFormatter TEXT =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  public static Moment of(Instant instant) {
    return new Moment(instant.toString(), TEXT.format(instant));
  }
}
