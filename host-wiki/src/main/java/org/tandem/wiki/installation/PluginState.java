package org.tandem.wiki.installation;

import java.util.Locale;

/** What all nodes are to do with a plugin. */
public enum PluginState {
  /** To run it. */
  ENABLED,
  /** To have it and not to run it. */
  DISABLED,
  /** It is gone, but for its data; the archive is kept to bring it back or to delete the data. */
  REMOVED;

  /** As the database and the calls have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static PluginState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
