package org.tandem.wiki.store;

import java.util.Optional;
import java.util.regex.Pattern;

/** Reading of titles and names that people type: one line of visible text. */
public final class Names {

  // Controls, line breaks, and the marks that turn the direction of what stands around them.
  private static final Pattern UNFIT =
      Pattern.compile("[\\p{Cc}\\p{Cs}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]+");
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern VISIBLE = Pattern.compile("[^\\p{Z}\\p{Cf}\\p{Cn}\\p{Co}]");

  private Names() {}

  /**
   * The text without controls and with single blanks; empty when nothing visible is left or it is
   * longer than allowed.
   *
   * @param limit in Unicode characters
   */
  public static Optional<String> clean(String text, int limit) {
    String line = line(text);
    return fits(line, limit) && !line.isEmpty() ? Optional.of(line) : Optional.empty();
  }

  /**
   * The text in the same way, but cut where it is longer than allowed; empty when nothing visible
   * is left.
   *
   * @param limit in Unicode characters, the ellipsis of a cut included
   */
  public static String cut(String text, int limit) {
    String line = line(text);
    return fits(line, limit)
        ? line
        : line.substring(0, line.offsetByCodePoints(0, limit - 1)) + "…";
  }

  private static String line(String text) {
    String line = BLANKS.matcher(UNFIT.matcher(text).replaceAll(" ")).replaceAll(" ").strip();
    return VISIBLE.matcher(line).find() ? line : "";
  }

  private static boolean fits(String line, int limit) {
    return line.codePointCount(0, line.length()) <= limit;
  }
}
