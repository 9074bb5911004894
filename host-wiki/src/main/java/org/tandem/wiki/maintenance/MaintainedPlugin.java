package org.tandem.wiki.maintenance;

import java.util.List;
import java.util.Optional;
import org.tandem.api.plugin.Maintenance;

/** A plugin in the plugins folder, running or not, and what it offers. */
public record MaintainedPlugin(
    String id, String version, boolean running, List<Maintenance> maintenance) {

  public Optional<Maintenance> named(String name) {
    return maintenance.stream().filter(offered -> offered.name().equals(name)).findFirst();
  }
}
