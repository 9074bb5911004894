package org.tandem.api.document.format;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A format that documents may hold.
 *
 * <p>The rule says which values are allowed; callers ask {@link #allows}. It is given plain JSON as
 * it came from a client: String, Number, Boolean, List or Map with keys of String, nested at most
 * 32 deep and never null; a whole number is an Integer, beyond its range and up to 2^53 a Long, and
 * every other number a finite Double. It is called by any thread, several at once, while others
 * wait for the page: it answers at once, the same for the same value on every node, and does no
 * I/O.
 *
 * @param name of the attribute, or of the embed: see {@link #isName}
 * @param place where it may stand
 * @param rule which values it may have
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

  /** Whether a value is allowed; a rule that throws has refused it. */
  public boolean allows(Object value) {
    try {
      return rule.test(value);
    } catch (RuntimeException refused) {
      return false;
    }
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
