package org.tandem.wiki.space;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A part of the wiki with pages and rights of its own.
 *
 * @param key in addresses: lower-case letters, digits and hyphens, at most 40
 * @param name shown, 1 to 80 characters
 */
public record Space(UUID id, String key, String name) {

  private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  public static boolean isKey(String text) {
    return KEY.matcher(text).matches();
  }
}
