package org.tandem.collab;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.api.plugin.SettingSpec;
import org.tandem.api.plugin.Settings;
import org.tandem.collab.cluster.jgroups.JGroupsSettings;

/** Reads the admin's settings of co-editing; what makes no sense ends the node's start. */
final class CollabSettings {

  static final List<SettingSpec> ALL =
      List.of(
          SettingSpec.secret(
              "cluster.secret",
              "Shared by all nodes, 32 characters or more; made at the first start when it is not"
                  + " set."),
          SettingSpec.of(
              "cluster.address",
              "Where this node listens for the other nodes: an address that they reach.",
              "127.0.0.1"),
          SettingSpec.of("cluster.port", "The port of that.", "any free one"),
          SettingSpec.of(
              "cluster.external.address",
              "Where the other nodes reach this one, when that is elsewhere, as with containers.",
              "where it listens"),
          SettingSpec.of("cluster.external.port", "The port of that.", "where it listens"),
          SettingSpec.optional(
              "cluster.keystore", "The admin's own keys (PKCS12) instead of the secret."),
          SettingSpec.secret("cluster.keystore.password", "The password of that file."),
          SettingSpec.optional("cluster.truststore", "Whom the keys of other nodes must be from."),
          SettingSpec.secret("cluster.truststore.password", "The password of that file."),
          SettingSpec.of(
              "history.days",
              "How many days the changes of pages are kept at least; older ones are deleted for"
                  + " good.",
              "for ever"));

  private static final int LAST_PORT = 65_535;

  private CollabSettings() {}

  static JGroupsSettings cluster(Settings settings) throws PluginRefusal {
    return new JGroupsSettings(
        address("TANDEM_CLUSTER_ADDRESS", "address of this machine", listening(settings)),
        port("TANDEM_CLUSTER_PORT", settings.get("cluster.port")),
        external(settings),
        settings.get("cluster.secret"),
        stores(settings));
  }

  /** How long the history of pages is kept at least; empty: for ever. */
  static Optional<Duration> history(Settings settings) throws PluginRefusal {
    Optional<String> days = settings.get("history.days");
    if (days.isPresent() && !days.get().matches("[1-9]\\d{0,4}")) {
      throw PluginRefusal.ofNode(
          "TANDEM_HISTORY_DAYS must be a number of days from 1 to 99999, or not be set: "
              + days.get());
    }
    return days.map(Long::parseLong).map(Duration::ofDays);
  }

  private static String listening(Settings settings) {
    return settings.get("cluster.address").orElse("127.0.0.1");
  }

  private static Optional<JGroupsSettings.External> external(Settings settings)
      throws PluginRefusal {
    Optional<String> address = settings.get("cluster.external.address");
    Optional<String> port = settings.get("cluster.external.port");
    if (address.isEmpty() && port.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new JGroupsSettings.External(
            address(
                "TANDEM_CLUSTER_EXTERNAL_ADDRESS",
                "known address",
                address.orElse(listening(settings))),
            port("TANDEM_CLUSTER_EXTERNAL_PORT", port)));
  }

  private static InetAddress address(String name, String wanted, String text) throws PluginRefusal {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException unknown) {
      throw PluginRefusal.ofNode(name + " is no " + wanted + ": " + text);
    }
  }

  private static int port(String name, Optional<String> set) throws PluginRefusal {
    String text = set.orElse("0");
    if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= LAST_PORT) {
      return Integer.parseInt(text);
    }
    throw PluginRefusal.ofNode(name + " must be a number from 0 to 65535: " + text);
  }

  private static Optional<JGroupsSettings.Stores> stores(Settings settings) throws PluginRefusal {
    Optional<String> keys = settings.get("cluster.keystore");
    Optional<String> trust = settings.get("cluster.truststore");
    if (keys.isEmpty() && trust.isEmpty()) {
      return Optional.empty();
    }
    if (keys.isEmpty() || trust.isEmpty()) {
      throw PluginRefusal.ofNode(
          "TANDEM_CLUSTER_KEYSTORE and TANDEM_CLUSTER_TRUSTSTORE are set together or not at all.");
    }
    return Optional.of(
        new JGroupsSettings.Stores(
            Path.of(keys.get()),
            settings.get("cluster.keystore.password").orElse(""),
            Path.of(trust.get()),
            settings.get("cluster.truststore.password").orElse("")));
  }
}
