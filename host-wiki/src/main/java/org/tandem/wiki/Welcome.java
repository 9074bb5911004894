package org.tandem.wiki;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tandem.api.host.Database;
import org.tandem.wiki.settings.WikiSettings;

/**
 * What the admin is told after the start.
 *
 * @param publicUrl the address that browsers use
 * @param listening where this node listens
 * @param embedded whether the database is this node's own
 * @param demo whether the demo's accounts are there
 * @param clusterSecret the file of the secret that this node made for its cluster
 * @param adminPassword the one-time password of an administrator that was made now
 */
record Welcome(
    URI publicUrl,
    URI listening,
    Path data,
    Database database,
    boolean embedded,
    boolean demo,
    Optional<Path> clusterSecret,
    Optional<String> adminPassword) {

  /** The text, line by line. */
  String text() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Tandem is running: " + publicUrl);
    if (!publicUrl.toString().startsWith("http://localhost:")) {
      lines.add("  This node      " + listening);
    }
    adminPassword.ifPresent(
        password -> {
          lines.add("  Sign in as     admin");
          lines.add("  Password       " + password + "  (for once: you choose your own then)");
        });
    if (demo) {
      lines.add("  Sign in as     admin, editor1, editor2, commenter or viewer");
      lines.add("  Password       " + WikiSettings.DEMO_PASSWORD + "  (of all of them)");
    }
    lines.add("  Data           " + data);
    lines.add("  Database       " + database.url() + (embedded ? "  (embedded)" : ""));
    secondNode(lines);
    lines.add("  Stop           Ctrl-C");
    lines.add("");
    return String.join(System.lineSeparator(), lines);
  }

  /** What another node needs. */
  private void secondNode(List<String> lines) {
    if (embedded) {
      lines.add("  A second node  set TANDEM_PORT and TANDEM_DATA to others, and");
      lines.add("                 TANDEM_DATABASE_URL=" + database.url());
      lines.add("                 TANDEM_DATABASE_USER=" + database.user());
      lines.add("                 TANDEM_DATABASE_PASSWORD=$(cat " + passwordFile() + ")");
      clusterSecret.ifPresent(
          file -> lines.add("                 TANDEM_CLUSTER_SECRET=$(cat " + file + ")"));
    } else {
      clusterSecret.ifPresent(file -> lines.add("  Cluster secret " + file));
    }
  }

  private Path passwordFile() {
    return data.resolve("database").resolve("password");
  }
}
