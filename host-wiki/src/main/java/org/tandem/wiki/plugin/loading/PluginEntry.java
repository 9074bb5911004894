package org.tandem.wiki.plugin.loading;

import java.io.Closeable;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.plugin.Plugin;

/** The class that an archive names as its plugin, among the classes of that archive. */
record PluginEntry(ClassLoader classes, String name) implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PluginEntry.class);

  /** Something that may throw what it likes. */
  @FunctionalInterface
  interface Work<T, E extends Exception> {
    T run() throws E;
  }

  /** The class of the plugin; none of its code has run. */
  Class<? extends Plugin> type() throws ClassNotFoundException, NoSuchMethodException {
    Class<? extends Plugin> type = classes.loadClass(name).asSubclass(Plugin.class);
    type.getConstructor();
    return type;
  }

  /** A new instance, not started. */
  Plugin make() throws ReflectiveOperationException {
    return type().getConstructor().newInstance();
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

  /** Ends the class loader; nothing of the plugin is used afterwards. */
  @Override
  public void close() {
    try {
      if (classes instanceof Closeable own) {
        own.close();
      }
    } catch (IOException left) {
      LOG.debug("A class loader did not close", left);
    }
  }
}
