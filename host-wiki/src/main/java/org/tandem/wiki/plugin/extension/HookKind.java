package org.tandem.wiki.plugin.extension;

import java.util.Locale;

/** What a plugin can register here. */
public enum HookKind {
  FORMAT,
  CHECK,
  LISTENER;

  /** {@code format}, {@code check}, {@code listener}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
