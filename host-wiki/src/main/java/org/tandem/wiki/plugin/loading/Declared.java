package org.tandem.wiki.plugin.loading;

import java.util.List;
import java.util.Optional;
import org.tandem.api.plugin.Maintenance;
import org.tandem.api.plugin.SettingSpec;

/**
 * What a plugin says of itself, running or not. Nothing in it is of the plugin's own classes.
 *
 * @param dataDeletion deletes all that it has stored in the database
 */
public record Declared(
    List<Maintenance> maintenance, List<SettingSpec> settings, Optional<Maintenance> dataDeletion) {

  /** Of a plugin that cannot be asked. */
  public static final Declared NOTHING = new Declared(List.of(), List.of(), Optional.empty());

  public Declared {
    maintenance = List.copyOf(maintenance);
    settings = List.copyOf(settings);
  }
}
