package org.tandem.wiki.view.admin;

import java.util.List;
import java.util.Optional;
import org.tandem.api.plugin.Health;
import org.tandem.wiki.installation.Condition;
import org.tandem.wiki.installation.Contribution;
import org.tandem.wiki.installation.EffectiveSetting;
import org.tandem.wiki.installation.HookTime;
import org.tandem.wiki.installation.InstalledPlugin;
import org.tandem.wiki.installation.NodePlugin;
import org.tandem.wiki.installation.PluginState;
import org.tandem.wiki.installation.StoredArchive;
import org.tandem.wiki.installation.SwitchedOff;
import org.tandem.wiki.view.frame.Moment;

/**
 * A plugin as the pages show it.
 *
 * @param state in a few words
 * @param tone how the state is coloured: {@code running}, {@code good}, {@code bad} or {@code off}
 * @param reason why it failed, on the node that is asked or another; empty when it has not
 * @param former the version before the last upgrade; empty when there is none
 * @param changing whether nodes are still on their way
 */
public record PluginView(
    String id,
    String href,
    String version,
    String description,
    String provider,
    String state,
    String tone,
    String reason,
    boolean enabled,
    boolean removed,
    boolean changing,
    String former,
    Moment changedAt,
    String changedBy,
    List<String> dependencies,
    List<NodeView> nodes,
    List<Contribution> contributed,
    List<SettingView> settings,
    List<Health> health,
    List<HookTime> hooks,
    List<SwitchedOff> off) {

  /**
   * @param name where the node listens
   */
  public record NodeView(String name, boolean own, String state, String tone, String reason) {}

  /**
   * @param source where the value is from, in a few words
   */
  public record SettingView(
      String name, String variable, String meaning, String value, String source) {}

  static PluginView of(InstalledPlugin plugin) {
    Condition condition = plugin.condition();
    return new PluginView(
        plugin.id(),
        href(plugin.id()),
        plugin.version(),
        plugin.description(),
        plugin.provider(),
        words(condition),
        tone(condition),
        plugin.nodes().stream()
            .flatMap(node -> node.plugin().stream())
            .map(NodePlugin::reason)
            .filter(reason -> !reason.isEmpty())
            .findFirst()
            .orElse(""),
        plugin.wanted().isEnabled(),
        plugin.wanted().state() == PluginState.REMOVED,
        condition == Condition.STARTING || condition == Condition.STOPPING,
        plugin.wanted().former().map(StoredArchive::version).orElse(""),
        Moment.of(plugin.wanted().changedAt()),
        plugin.wanted().changedBy(),
        plugin.dependencies(),
        plugin.nodes().stream().map(PluginView::node).toList(),
        plugin.contributed(),
        plugin.settings().stream().map(PluginView::setting).toList(),
        plugin.health(),
        plugin.hooks(),
        plugin.off());
  }

  static String href(String id) {
    return "/admin/plugins/" + id;
  }

  private static String words(Condition condition) {
    return switch (condition) {
      case RUNNING -> "Running";
      case STARTING -> "Starting";
      case PARTLY_RUNNING -> "Partly active";
      case FAILED -> "Failed";
      case STOPPING -> "Stopping";
      case OFF -> "Disabled";
      case REMOVED -> "Removed";
    };
  }

  private static String tone(Condition condition) {
    return switch (condition) {
      case RUNNING -> "good";
      case STARTING, STOPPING -> "running";
      case PARTLY_RUNNING, FAILED -> "bad";
      case OFF, REMOVED -> "off";
    };
  }

  private static NodeView node(InstalledPlugin.OnNode node) {
    Optional<NodePlugin> plugin = node.plugin();
    return new NodeView(
        node.name(),
        node.own(),
        plugin.map(one -> words(one.state())).orElse("Not heard of yet"),
        plugin.map(one -> tone(one.state())).orElse("running"),
        plugin.map(NodePlugin::reason).orElse(""));
  }

  private static String words(NodePlugin.State state) {
    return switch (state) {
      case RUNNING -> "Running";
      case OFF -> "Off";
      case FAILED -> "Failed";
    };
  }

  private static String tone(NodePlugin.State state) {
    return switch (state) {
      case RUNNING -> "good";
      case OFF -> "off";
      case FAILED -> "bad";
    };
  }

  private static SettingView setting(EffectiveSetting setting) {
    return new SettingView(
        setting.name(),
        setting.variable(),
        setting.meaning(),
        setting.value(),
        switch (setting.source()) {
          case DEFAULT -> "default";
          case FILE -> "properties file";
          case ENVIRONMENT -> "environment";
        });
  }
}
