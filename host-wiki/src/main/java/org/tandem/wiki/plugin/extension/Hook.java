package org.tandem.wiki.plugin.extension;

import org.jspecify.annotations.Nullable;

/**
 * Something that a plugin has registered.
 *
 * @param name for the admin
 * @param order those with a lower number go first
 */
record Hook<T>(PluginHooks plugin, HookKind kind, String name, int order, T code, Fuse fuse) {

  /** The class loader of its code. */
  @Nullable ClassLoader classes() {
    return code.getClass().getClassLoader();
  }
}
