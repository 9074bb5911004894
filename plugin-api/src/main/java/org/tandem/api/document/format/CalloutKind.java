package org.tandem.api.document.format;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a callout says of its text: the values of the line attribute {@code callout}. */
public enum CalloutKind {
  /** What a reader should know, also one in a hurry. */
  NOTE,

  /** What makes a thing easier. */
  TIP,

  /** What is needed to reach the aim. */
  IMPORTANT,

  /** What needs attention at once, since harm may come of it. */
  WARNING,

  /** What an act may lead to that is not wanted. */
  CAUTION;

  private final String value = name().toLowerCase(Locale.ROOT);

  /** The attribute's value. */
  public String value() {
    return value;
  }

  /** The kind's name as readers see it. */
  public String label() {
    return name().charAt(0) + value.substring(1);
  }

  /** What a value of the attribute says; null for a value that says nothing. */
  public static @Nullable CalloutKind of(@Nullable Object value) {
    for (CalloutKind kind : values()) {
      if (kind.value.equals(value)) {
        return kind;
      }
    }
    return null;
  }
}
