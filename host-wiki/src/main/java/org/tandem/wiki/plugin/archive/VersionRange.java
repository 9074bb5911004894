package org.tandem.wiki.plugin.archive;

import org.pf4j.DefaultVersionManager;
import org.pf4j.VersionManager;
import org.tandem.api.plugin.ApiVersion;

/** Versions and ranges of them, as PF4J reads them. */
public final class VersionRange {

  private static final VersionManager VERSIONS = new DefaultVersionManager();

  /** Their reader calls itself for each bracket. */
  private static final int LONGEST = 100;

  private VersionRange() {}

  /** PF4J takes an empty one for all versions; who leaves it empty has most likely forgotten it. */
  static boolean isRange(String range) {
    if (range.isEmpty() || range.length() > LONGEST) {
      return false;
    }
    try {
      VERSIONS.checkVersionConstraint(ApiVersion.current(), range);
      return true;
    } catch (RuntimeException malformed) {
      return false;
    }
  }

  /**
   * Whether the version is in the range.
   *
   * @param range one that an archive was read with
   */
  public static boolean contains(String range, String version) {
    return range.equals("*") || VERSIONS.checkVersionConstraint(version, range);
  }

  /** Whether one version is higher than the other. */
  public static boolean isHigher(String version, String than) {
    return VERSIONS.compareVersions(version, than) > 0;
  }
}
