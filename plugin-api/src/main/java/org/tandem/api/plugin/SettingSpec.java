package org.tandem.api.plugin;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A setting that a plugin reads, for the admin who looks what there is to set.
 *
 * <p>A plugin sees the settings that it declares and no others. The wiki's own, its database's
 * password among them, cannot be declared.
 *
 * @param name lower-case words of letters and digits with dots between them, {@code
 *     callouts.notify} for example; it begins with the plugin's id, hyphens written as dots
 * @param meaning what it does, in a sentence for the admin; plain text
 * @param fallback the value when the admin has set none, in words where there is no fixed one;
 *     empty when it is then off
 * @param secret whether the value is never shown
 */
public record SettingSpec(String name, String meaning, Optional<String> fallback, boolean secret) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(\\.[a-z0-9]+)*");

  public SettingSpec {
    if (!NAME.matcher(name).matches() || name.length() > 80) {
      throw new IllegalArgumentException("no name for a setting: " + name);
    }
  }

  /** The name as the admin writes it in the wiki's properties file. */
  public String inFile() {
    return "tandem." + name;
  }

  /** The name as the admin writes it in the environment. */
  public String inEnvironment() {
    return "TANDEM_" + name.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  /** Both names, for a sentence that tells the admin what to set. */
  public String written() {
    return inFile() + " (in the environment " + inEnvironment() + ")";
  }

  /** A setting whose value may be shown. */
  public static SettingSpec of(String name, String meaning, String fallback) {
    return new SettingSpec(name, meaning, Optional.of(fallback), false);
  }

  /** A setting that is off when it is not set. */
  public static SettingSpec optional(String name, String meaning) {
    return new SettingSpec(name, meaning, Optional.empty(), false);
  }

  /** A setting whose value is never shown. */
  public static SettingSpec secret(String name, String meaning) {
    return new SettingSpec(name, meaning, Optional.empty(), true);
  }
}
