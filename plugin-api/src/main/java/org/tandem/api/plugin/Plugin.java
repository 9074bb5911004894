package org.tandem.api.plugin;

import java.util.List;
import java.util.Optional;

/**
 * The entry of a plugin: the class that the archive's {@code plugin.properties} names as {@code
 * plugin.class}, with a public constructor without parameters.
 *
 * <p>Life cycle: the host makes an instance, calls {@link #start} once and later {@link #stop}
 * once; a plugin that is enabled again gets a new instance, and a new class loader. An instance
 * that is asked for its {@link #maintenance} alone is neither started nor stopped.
 */
public interface Plugin {

  /**
   * Starts the plugin. What it registers through the context is served from then on.
   *
   * @throws PluginRefusal when it cannot work as the admin has set it up
   */
  void start(PluginContext context) throws PluginRefusal;

  /**
   * Ends everything that the plugin started: threads, sockets, pools. Returns within 20 s. The host
   * closes the registrations that are still open afterwards.
   */
  void stop();

  /**
   * What an admin may have done with the plugin's data. Called at any time, before {@link #start}
   * and without it too, by any thread. It makes the objects and does nothing else; each call offers
   * the same names.
   */
  default List<Maintenance> maintenance() {
    return List.of();
  }

  /**
   * What an admin may set for it. Called as {@link #maintenance} is; each call answers the same.
   */
  default List<SettingSpec> settings() {
    return List.of();
  }

  /**
   * Deletes all that the plugin has stored in the database, its tables and their schema. Offered to
   * the admin of a plugin that was removed, apart from the removal; without it nothing is stored
   * there. It refuses as long as something would be lost that the wiki does not have. Called as
   * {@link #maintenance} is. The plugin's data folders are deleted by the host.
   */
  default Optional<Maintenance> dataDeletion() {
    return Optional.empty();
  }
}
