package org.tandem.api.document.format;

import java.util.Locale;

/** Which addresses a link may have. */
public final class Links {

  private static final int LONGEST = 2_048;

  private Links() {}

  /**
   * Whether an address is http, https, mailto or page-relative, without characters that browsers
   * skip or read as a scheme's end.
   */
  public static boolean allowed(String address) {
    if (address.isEmpty() || address.length() > LONGEST || hasHidden(address)) {
      return false;
    }
    char first = address.charAt(0);
    if (first == '#' || first == '?') {
      return true;
    }
    if (first == '/') {
      return !address.startsWith("//") && !address.startsWith("/\\");
    }
    String start = address.substring(0, Math.min(address.length(), 8)).toLowerCase(Locale.ROOT);
    return start.startsWith("http://")
        || start.startsWith("https://")
        || start.startsWith("mailto:") && start.length() > "mailto:".length();
  }

  private static boolean hasHidden(String address) {
    return address
        .codePoints()
        .anyMatch(
            c ->
                c <= ' '
                    || (c >= 0x7f && c <= 0xa0)
                    || c == '\\'
                    || c == '<'
                    || c == '>'
                    || c == '"'
                    || Character.getType(c) == Character.FORMAT
                    || Character.getType(c) == Character.SURROGATE);
  }
}
