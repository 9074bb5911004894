package org.tandem.api.host;

/**
 * The PostgreSQL database of the wiki, for a pool of the plugin's own. A plugin keeps its tables in
 * a schema of its own and migrates them itself, so that removing it leaves the wiki whole.
 *
 * @param url JDBC address
 * @param user to sign in with
 * @param password that goes with it
 */
public record Database(String url, String user, String password) {

  /** Without the password. */
  @Override
  public String toString() {
    return "Database[" + url + ", " + user + "]";
  }
}
