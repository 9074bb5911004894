package org.tandem.wiki.installation;

import java.util.List;
import java.util.Optional;
import org.tandem.api.plugin.Health;

/**
 * A plugin as an administrator sees it, from one node.
 *
 * @param description one sentence of its maker's; empty when there is none
 * @param provider who made it; empty when it does not say
 * @param dependencies the plugins that it needs, with their versions
 * @param nodes how each node has it
 * @param contributed what it adds to the wiki, on this node
 * @param health what it says of itself, on this node
 * @param hooks the time that it took in hooks lately, on this node
 * @param off what of it is left out at the moment, on this node
 */
public record InstalledPlugin(
    WantedPlugin wanted,
    Condition condition,
    String description,
    String provider,
    List<String> dependencies,
    List<OnNode> nodes,
    List<Contribution> contributed,
    List<EffectiveSetting> settings,
    List<Health> health,
    List<HookTime> hooks,
    List<SwitchedOff> off) {

  /**
   * A node, and how it has the plugin.
   *
   * @param name where it listens
   * @param own whether it is the node that is asked
   * @param plugin empty when the node has not said so yet
   */
  public record OnNode(String name, boolean own, Optional<NodePlugin> plugin) {}

  public InstalledPlugin {
    dependencies = List.copyOf(dependencies);
    nodes = List.copyOf(nodes);
    contributed = List.copyOf(contributed);
    settings = List.copyOf(settings);
    health = List.copyOf(health);
    hooks = List.copyOf(hooks);
    off = List.copyOf(off);
  }

  public String id() {
    return wanted.id();
  }

  public String version() {
    return wanted.archive().version();
  }
}
