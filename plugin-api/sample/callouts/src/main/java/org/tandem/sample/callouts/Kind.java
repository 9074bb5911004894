package org.tandem.sample.callouts;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tandem.api.delta.Attributes;
import org.tandem.api.document.format.CalloutKind;
import org.tandem.api.document.format.Look;
import org.tandem.api.document.format.Markup;
import org.tandem.api.document.format.Tag;

/** What a line is: the values of the line format {@code callouts}. */
enum Kind {
  DECISION(CalloutKind.IMPORTANT),
  QUESTION(CalloutKind.NOTE),
  EXAMPLE(CalloutKind.TIP);

  static final String FORMAT = "callouts";

  private final String value = name().toLowerCase(Locale.ROOT);
  private final String label = name().charAt(0) + value.substring(1);
  private final Look.Line look;

  /**
   * @param nearest the wiki's own callout that stands for it in Markdown
   */
  Kind(CalloutKind nearest) {
    Markup.Element heading =
        Markup.Element.of(Tag.P, "label").with(Markup.Element.of(Tag.STRONG).text(label));
    look =
        new Look.Line(
            Markup.Element.of(Tag.ASIDE, value).with(heading),
            Attributes.of(Map.of("callout", nearest.value())),
            label + ": ",
            "");
  }

  static Optional<Kind> of(Object value) {
    for (Kind kind : values()) {
      if (kind.value.equals(value)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  String value() {
    return value;
  }

  Look look() {
    return look;
  }
}
