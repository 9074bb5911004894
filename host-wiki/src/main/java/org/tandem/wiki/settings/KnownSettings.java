package org.tandem.wiki.settings;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names that mean something, to find the ones that were mistyped. */
final class KnownSettings {

  /** Variables for the start script, no settings of the wiki. */
  static final Set<String> OF_SCRIPTS = Set.of("TANDEM_CONFIG", "TANDEM_HOME", "TANDEM_JAVA_OPTS");

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
          "demo",
          "cluster.secret");

  /** What stands below these is read by plugins, which alone know the names. */
  private static final List<String> OF_PLUGINS = List.of("cluster.", "collab.");

  private KnownSettings() {}

  /** Logs a warning when the name is not known. */
  static void check(String name, String writtenAs) {
    if (!NAMES.contains(name) && OF_PLUGINS.stream().noneMatch(name::startsWith)) {
      LOG.warn(
          "The setting {} is not known and has no effect: did you mean {}?",
          writtenAs,
          likeWritten(nearest(name), writtenAs));
    }
  }

  static String nearest(String name) {
    return NAMES.stream()
        .min(Comparator.comparingInt(known -> distance(name, known)))
        .orElseThrow();
  }

  private static String likeWritten(String name, String writtenAs) {
    return writtenAs.startsWith("TANDEM_")
        ? "TANDEM_" + name.toUpperCase(Locale.ROOT).replace('.', '_')
        : "tandem." + name;
  }

  /** Levenshtein's distance: how many letters to insert, delete or replace. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
