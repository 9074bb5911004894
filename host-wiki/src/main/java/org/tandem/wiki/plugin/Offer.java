package org.tandem.wiki.plugin;

import java.time.Instant;
import java.util.Optional;
import org.tandem.wiki.installation.PluginState;
import org.tandem.wiki.installation.WantedPlugin;
import org.tandem.wiki.plugin.archive.PluginArchive;
import org.tandem.wiki.plugin.archive.VersionRange;

/**
 * What is to be done with an archive that stands in the plugins folder. It is installed when it was
 * put there after the last change of its plugin, or has a higher version, as when a new release of
 * the wiki brings it along. What stood there before is what an admin has upgraded or removed
 * meanwhile, and stays as it is.
 */
enum Offer {
  /** Install it and enable the plugin. */
  ENABLED,
  /** Install it; a plugin that is disabled stays so. */
  UPGRADE,
  /** It is what is installed, or was removed. */
  NONE,
  /** It is another archive than the one that is installed, and not newer. */
  OLD,
  /** Its plugin was removed with its data since it was put there. */
  FORGOTTEN;

  /**
   * @param changedAt when the archive was put there
   * @param forgottenAt when the plugin was removed with its data last
   */
  static Offer of(
      PluginArchive archive,
      Instant changedAt,
      Optional<WantedPlugin> installed,
      Optional<Instant> forgottenAt) {
    if (installed.isEmpty()) {
      return forgottenAt.filter(at -> !changedAt.isAfter(at)).isPresent() ? FORGOTTEN : ENABLED;
    }
    WantedPlugin now = installed.get();
    boolean fresh = changedAt.isAfter(now.changedAt());
    boolean same = archive.sha256().equals(now.archive().hash());
    if (now.state() == PluginState.REMOVED) {
      return fresh ? ENABLED : NONE;
    } else if (same) {
      return NONE;
    } else if (fresh) {
      return ENABLED;
    }
    boolean former =
        now.former().filter(before -> before.hash().equals(archive.sha256())).isPresent();
    return VersionRange.isHigher(archive.version(), now.archive().version()) && !former
        ? UPGRADE
        : former ? NONE : OLD;
  }

  /**
   * What an admin who put an archive there should know when it is {@link #NONE}: a sentence, with
   * what can be done. Empty where the plugin is enabled, and for one that is not there.
   */
  static Optional<String> whyNone(Optional<WantedPlugin> installed) {
    return installed.flatMap(
        now ->
            switch (now.state()) {
              case ENABLED -> Optional.empty();
              case DISABLED ->
                  Optional.of(
                      "The plugin "
                          + now.id()
                          + " is disabled, and this archive is no newer than its own: enable the"
                          + " plugin on its page.");
              case REMOVED ->
                  Optional.of(
                      "The plugin "
                          + now.id()
                          + " was removed, and this file has an older time: bring the plugin back"
                          + " on its page, upload the archive, or put it there with a new time.");
            });
  }
}
