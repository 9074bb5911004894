package org.tandem.wiki.settings;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names that mean something, to find the ones that were mistyped. */
final class KnownSettings {

  /** Variables for the start script, no settings of the wiki. */
  static final Set<String> OF_SCRIPTS = Set.of("TANDEM_CONFIG", "TANDEM_JAVA_OPTS");

  private static final Logger LOG = LoggerFactory.getLogger(KnownSettings.class);

  private static final List<String> NAMES =
      List.of(
          "address",
          "port",
          "data",
          "plugins",
          "database.url",
          "database.user",
          "database.password",
          "public.url",
          "trusted.proxies",
          "demo",
          "cluster.secret",
          "cluster.address",
          "cluster.port",
          "cluster.external.address",
          "cluster.external.port",
          "cluster.keystore",
          "cluster.keystore.password",
          "cluster.truststore",
          "cluster.truststore.password",
          "history.days");

  /** What stands below is read by the co-editing plugin, which alone knows the names. */
  private static final String OF_THE_PLUGIN = "collab.";

  private KnownSettings() {}

  /** Logs a warning when the name is not known. */
  static void check(String name, String writtenAs) {
    if (!NAMES.contains(name) && !name.startsWith(OF_THE_PLUGIN)) {
      warn(name, writtenAs);
    }
  }

  /** Logs a warning of a key in the file that lacks the prefix. */
  static void warnOfStray(String key) {
    warn(key, key);
  }

  private static void warn(String name, String writtenAs) {
    LOG.warn(
        "The setting {} is not known and has no effect: did you mean {}?",
        writtenAs,
        likeWritten(nearest(name), writtenAs));
  }

  static String nearest(String name) {
    return NAMES.stream()
        .min(
            Comparator.comparingInt(
                known -> LevenshteinDistance.getDefaultInstance().apply(name, known)))
        .orElseThrow();
  }

  private static String likeWritten(String name, String writtenAs) {
    return writtenAs.startsWith("TANDEM_")
        ? "TANDEM_" + name.toUpperCase(Locale.ROOT).replace('.', '_')
        : "tandem." + name;
  }
}
