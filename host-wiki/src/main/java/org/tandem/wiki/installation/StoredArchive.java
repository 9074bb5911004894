package org.tandem.wiki.installation;

import org.pf4j.DefaultVersionManager;
import org.pf4j.VersionManager;

/**
 * An archive in the database.
 *
 * @param hash SHA-256 of the file in lower-case hexadecimal digits
 * @param version of the plugin
 * @param size in bytes
 */
public record StoredArchive(String hash, String version, long size) {

  private static final VersionManager VERSIONS = new DefaultVersionManager();

  /** Negative when the other one's version is higher, 0 when both are the same. */
  public int compareVersion(StoredArchive other) {
    return VERSIONS.compareVersions(version, other.version);
  }
}
