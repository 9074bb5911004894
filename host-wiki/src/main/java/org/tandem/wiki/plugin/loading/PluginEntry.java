package org.tandem.wiki.plugin.loading;

import org.tandem.api.plugin.Plugin;

/** The class that an archive names as its plugin, among the classes of that archive. */
record PluginEntry(ClassLoader classes, String name) {

  /** Something that may throw what it likes. */
  @FunctionalInterface
  interface Work<T, E extends Exception> {
    T run() throws E;
  }

  /** A new instance, not started. */
  Plugin make() throws ReflectiveOperationException {
    return classes.loadClass(name).asSubclass(Plugin.class).getConstructor().newInstance();
  }

  /** Does the work with the plugin's class loader as the thread's. */
  <T, E extends Exception> T within(Work<T, E> work) throws E {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(classes);
    try {
      return work.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
