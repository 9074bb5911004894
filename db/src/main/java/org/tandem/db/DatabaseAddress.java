package org.tandem.db;

/**
 * Where a PostgreSQL database is and who connects.
 *
 * @param url JDBC address
 */
public record DatabaseAddress(String url, String user, String password) {

  /** Without the password. */
  @Override
  public String toString() {
    return "DatabaseAddress[" + url + ", " + user + "]";
  }
}
