package org.tandem.api.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The version of this plugin API, as the build wrote it down. In a plugin it is that of the wiki
 * that runs it. Life cycle: read once, when the class is first used. Threads: may be used by any.
 */
public final class ApiVersion {

  private static final String CURRENT = read();

  private ApiVersion() {}

  /**
   * The version that {@code plugin.requires} of an archive is compared with: three numbers, {@code
   * 1.2.3}, without what marks a build that is not yet released.
   */
  public static String current() {
    return CURRENT;
  }

  private static String read() {
    try (InputStream in = ApiVersion.class.getResourceAsStream("api.properties")) {
      if (in == null) {
        throw new IllegalStateException("The plugin API was built without its version.");
      }
      Properties built = new Properties();
      built.load(in);
      return built.getProperty("version").replaceFirst("[-+].*", "");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
