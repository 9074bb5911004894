package org.tandem.api.document.format;

import java.util.Locale;

/** Which addresses a link may have. */
public final class Links {

  private static final int LONGEST = 2_048;

  /**
   * First and last code points of what no link holds: blanks, separators, control and format
   * characters, halves of surrogate pairs, and what ends an address in HTML or Markdown. They are
   * named one by one, as the client does, for each Java and each browser knows another Unicode.
   */
  private static final int[][] REFUSED = {
    // In order.
    {0x0000, 0x0020},
    {'"', '"'},
    {'<', '<'},
    {'>', '>'},
    {'\\', '\\'},
    {0x007f, 0x00a0},
    {0x00ad, 0x00ad},
    {0x0600, 0x0605},
    {0x061c, 0x061c},
    {0x06dd, 0x06dd},
    {0x070f, 0x070f},
    {0x0890, 0x0891},
    {0x08e2, 0x08e2},
    {0x1680, 0x1680},
    {0x180e, 0x180e},
    {0x2000, 0x200f},
    {0x2028, 0x202f},
    {0x205f, 0x206f},
    {0x3000, 0x3000},
    {0xd800, 0xdfff},
    {0xfeff, 0xfeff},
    {0xfff9, 0xfffb},
    {0x110bd, 0x110bd},
    {0x110cd, 0x110cd},
    {0x13430, 0x1343f},
    {0x1bca0, 0x1bca3},
    {0x1d173, 0x1d17a},
    {0xe0000, 0xe007f}
  };

  private Links() {}

  /**
   * Whether an address is http, https, mailto or page-relative, without characters that browsers
   * skip or read as a scheme's end.
   */
  public static boolean allowed(String address) {
    if (address.isEmpty() || address.length() > LONGEST || holdsRefused(address)) {
      return false;
    }
    char first = address.charAt(0);
    if (first == '#' || first == '?') {
      return true;
    }
    if (first == '/') {
      return !address.startsWith("//");
    }
    String start = address.substring(0, Math.min(address.length(), 8)).toLowerCase(Locale.ROOT);
    return start.startsWith("http://")
        || start.startsWith("https://")
        || start.startsWith("mailto:") && start.length() > "mailto:".length();
  }

  private static boolean holdsRefused(String address) {
    return address.codePoints().anyMatch(Links::isRefused);
  }

  private static boolean isRefused(int character) {
    for (int[] range : REFUSED) {
      if (character <= range[1]) {
        return character >= range[0];
      }
    }
    return false;
  }
}
