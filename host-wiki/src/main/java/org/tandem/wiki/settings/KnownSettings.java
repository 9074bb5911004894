package org.tandem.wiki.settings;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names that mean something, to find the ones that were mistyped. */
final class KnownSettings {

  /** Variables for the start script, no settings of the wiki. */
  static final Set<String> OF_SCRIPTS = Set.of("TANDEM_CONFIG", "TANDEM_JAVA_OPTS");

  private static final Logger LOG = LoggerFactory.getLogger(KnownSettings.class);

  /** The wiki's own. */
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
          "locale",
          "audit.days",
          "demo");

  /** Those of the plugin that the wiki comes with, for the sake of their typing errors. */
  private static final List<String> OF_CO_EDITING =
      List.of(
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

  /** A name that differs from a known one by so few letters was meant to be that one. */
  private static final int LETTERS = 3;

  private KnownSettings() {}

  static boolean isOfTheWiki(String name) {
    return NAMES.contains(name);
  }

  /**
   * Logs a warning when the name is not known and can be no plugin's, whose names begin with a word
   * of their own.
   */
  static void check(String name, String writtenAs) {
    if (!all().toList().contains(name) && (!name.contains(".") || isTypingError(name))) {
      warn(name, writtenAs);
    }
  }

  private static Stream<String> all() {
    return Stream.concat(NAMES.stream(), OF_CO_EDITING.stream());
  }

  private static boolean isTypingError(String name) {
    String first = name.substring(0, name.indexOf('.') + 1);
    return distance(nearest(name), name) <= LETTERS || all().anyMatch(one -> one.startsWith(first));
  }

  private static int distance(String one, String other) {
    return LevenshteinDistance.getDefaultInstance().apply(one, other);
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
    return all().min(Comparator.comparingInt(known -> distance(name, known))).orElseThrow();
  }

  private static String likeWritten(String name, String writtenAs) {
    return writtenAs.startsWith("TANDEM_")
        ? "TANDEM_" + name.toUpperCase(Locale.ROOT).replace('.', '_')
        : "tandem." + name;
  }
}
