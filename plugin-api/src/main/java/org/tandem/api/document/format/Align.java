package org.tandem.api.document.format;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a line's text stands between its margins: the line attribute {@code align}. */
public enum Align {
  /** What a line without the attribute has. */
  START,

  /** In the middle. */
  CENTER,

  /** At the right margin. */
  RIGHT,

  /** At both margins. */
  JUSTIFY;

  private final String value = name().toLowerCase(Locale.ROOT);

  /** The attribute's value; {@link #START} has none, its line goes without the attribute. */
  public String value() {
    return value;
  }

  /** What a value of the attribute says; null for a value that says nothing. */
  public static @Nullable Align of(@Nullable Object value) {
    for (Align align : values()) {
      if (align != START && align.value.equals(value)) {
        return align;
      }
    }
    return null;
  }
}
