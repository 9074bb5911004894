package org.tandem.api.plugin;

import java.util.Optional;

/**
 * The admin's settings for a plugin: lines {@code tandem.<name>=...} of the wiki's properties file,
 * or {@code TANDEM_<NAME>} in the environment, which wins. In names a dot becomes an underscore.
 */
@FunctionalInterface
public interface Settings {

  /**
   * The effective value, without surrounding blanks; empty when it is not set, or the plugin has
   * not declared it ({@link Plugin#settings}).
   *
   * @param name lower case with dots, {@code cluster.secret} for example
   */
  Optional<String> get(String name);
}
