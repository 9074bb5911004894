package org.tandem.wiki.maintenance;

import java.util.List;
import java.util.Optional;
import org.tandem.api.plugin.Maintenance;
import org.tandem.api.plugin.Settings;

/**
 * An installed plugin, running or not, and what it offers.
 *
 * @param settings those that it may see
 */
public record MaintainedPlugin(
    String id, String version, boolean running, List<Maintenance> maintenance, Settings settings) {

  public Optional<Maintenance> named(String name) {
    return maintenance.stream().filter(offered -> offered.name().equals(name)).findFirst();
  }
}
