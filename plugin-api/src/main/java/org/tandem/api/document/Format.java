package org.tandem.api.document;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A format that documents may hold.
 *
 * @param name of the attribute, or of the embed: see {@link #isName}
 * @param rule which values are allowed; called with plain JSON, never null
 */
public record Format(String name, Place place, Predicate<Object> rule) {

  /** Not what every JavaScript object has: it would look as if it were set already. */
  private static final Pattern NAME = Pattern.compile("(?!constructor$)[a-z][a-z0-9-]{0,63}");

  public Format {
    if (!isName(name)) {
      throw new IllegalArgumentException("no name for a format: " + name);
    }
  }

  /** Whether a format may be called so: at most 64 lower-case letters, digits and hyphens. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** Where a format stands. */
  public enum Place {
    /** An attribute of text and embeds. */
    INLINE,
    /** An attribute of the newline that ends a line. */
    LINE,
    /** A thing of length 1. */
    EMBED
  }
}
