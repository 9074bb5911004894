package org.tandem.wiki.plugin.extension;

import org.jspecify.annotations.Nullable;
import org.tandem.api.host.PageId;

/**
 * Something that a plugin has registered.
 *
 * @param name for the admin
 * @param order those with a lower number go first
 */
record Hook<T>(PluginHooks plugin, HookKind kind, String name, int order, T code, Fuse fuse) {

  /** Whether it may be called on a page now. */
  boolean isOn(PageId page) {
    return plugin.isOn() && fuse.isOn(page);
  }

  /** The class loader of its code. */
  @Nullable ClassLoader classes() {
    return code.getClass().getClassLoader();
  }
}
