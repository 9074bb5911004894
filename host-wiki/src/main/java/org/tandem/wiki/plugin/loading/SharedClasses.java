package org.tandem.wiki.plugin.loading;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a plugin sees of the host: the plugin API and the few APIs that it speaks of, beside the
 * JDK. Everything else, the host's libraries too, stays hidden, classes and resources alike.
 */
final class SharedClasses extends ClassLoader {

  private static final List<String> PACKAGES =
      List.of(
          "org.tandem.api.",
          "jakarta.servlet.",
          "jakarta.websocket.",
          "org.slf4j.",
          "org.jspecify.annotations.");

  private final ClassLoader host;

  static {
    registerAsParallelCapable();
  }

  SharedClasses(ClassLoader host) {
    super("tandem-plugin-api", ClassLoader.getPlatformClassLoader());
    this.host = host;
  }

  static boolean isShared(String className) {
    return PACKAGES.stream().anyMatch(className::startsWith);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (isShared(name)) {
      return host.loadClass(name);
    }
    throw new ClassNotFoundException(name);
  }

  @Override
  protected @Nullable URL findResource(String name) {
    return isShared(name.replace('/', '.')) ? host.getResource(name) : null;
  }

  @Override
  protected Enumeration<URL> findResources(String name) throws IOException {
    return isShared(name.replace('/', '.'))
        ? host.getResources(name)
        : Collections.emptyEnumeration();
  }
}
