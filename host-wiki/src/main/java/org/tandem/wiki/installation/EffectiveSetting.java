package org.tandem.wiki.installation;

/**
 * A setting of a plugin as it is now.
 *
 * @param name as the admin writes it in the properties file
 * @param value as it may be shown
 * @param variable the same in the environment, which wins
 */
public record EffectiveSetting(
    String name, String variable, String meaning, String value, Source source) {

  /** Where values are from. */
  public enum Source {
    DEFAULT,
    FILE,
    ENVIRONMENT
  }
}
