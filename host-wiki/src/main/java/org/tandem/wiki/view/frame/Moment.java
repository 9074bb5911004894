package org.tandem.wiki.view.frame;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/** A time as a page shows it; a script may put it in the reader's own zone and language. */
public record Moment(Instant instant) {

  private static final DateTimeFormatter ENGLISH =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH);

  public static Moment of(Instant instant) {
    return new Moment(instant);
  }

  /** For the machine. */
  public String iso() {
    return instant.toString();
  }

  /** For people, in UTC. English is written as all who read it understand it. */
  public String text(Locale locale) {
    DateTimeFormatter format =
        locale.getLanguage().equals("en")
            ? ENGLISH
            : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(locale);
    return format.withZone(ZoneOffset.UTC).format(instant) + " UTC";
  }
}
