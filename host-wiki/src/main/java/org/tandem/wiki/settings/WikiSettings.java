package org.tandem.wiki.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tandem.api.host.Database;

/**
 * The settings of one node.
 *
 * @param address to listen at: a host name or an IP address
 * @param port 0 for any free one
 * @param data folder of this node's data
 * @param plugins folder of the plugin archives
 * @param database the PostgreSQL to use; empty for the embedded one
 * @param publicUrl the address that browsers use; empty for http://localhost and the port
 * @param trustedProxies who is believed to ask for somebody else
 * @param locale of the pages
 * @param auditKept how long entries of the audit are kept
 * @param demo whether the first start makes demo accounts and pages
 * @param all every value that is set, by its name without {@code tandem.}, for the plugins
 */
public record WikiSettings(
    String address,
    int port,
    Path data,
    Path plugins,
    Optional<Database> database,
    Optional<URI> publicUrl,
    TrustedProxies trustedProxies,
    Locale locale,
    Duration auditKept,
    boolean demo,
    AdminSettings all) {

  /** The password of all accounts that demo mode makes. */
  public static final String DEMO_PASSWORD = "tandem-demo";

  /**
   * Settings from plain values, with the default for each that is missing.
   *
   * @param home the folder below which data and plugins are by default
   * @param values by name without {@code tandem.}, {@code port} for example
   * @throws StartRefusal when a value makes no sense
   */
  public static WikiSettings of(Path home, Map<String, String> values) throws StartRefusal {
    SettingValues plain = SettingValues.ofPlain(values);
    return plain.settings(home, plain::values);
  }

  /**
   * Settings from the environment, which wins, and from the properties file that {@code
   * TANDEM_CONFIG} names, by default {@code conf/tandem.properties} below the home folder.
   *
   * @throws StartRefusal when a value makes no sense or the named file cannot be read
   */
  public static WikiSettings read(Path home, Map<String, String> environment) throws StartRefusal {
    Map<String, String> process = Map.copyOf(environment);
    return SettingValues.read(home, process, true)
        .settings(home, () -> SettingValues.read(home, process, false).values());
  }

  /** The address that browsers use, when the wiki listens at this port. */
  public URI publicUrlAt(int listeningPort) {
    return publicUrl.orElseGet(() -> URI.create("http://localhost:" + listeningPort));
  }
}
