package org.tandem.db;

/**
 * Where a PostgreSQL database is and who connects.
 *
 * @param url JDBC address
 */
public record DatabaseAddress(String url, String user, String password) {

  /** The address without its parameters, among which a password may stand. */
  String place() {
    return url.replaceFirst("\\?.*$", "");
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "DatabaseAddress[" + place() + ", " + user + "]";
  }
}
