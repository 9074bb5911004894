package org.tandem.wiki.plugin.loading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/**
 * The classes of one plugin: its own first, but those of the plugin API always the host's, so that
 * both sides mean the same types.
 */
final class ArchiveClassLoader extends PluginClassLoader {

  static {
    registerAsParallelCapable();
  }

  ArchiveClassLoader(PluginManager manager, PluginDescriptor descriptor, ClassLoader host) {
    super(manager, descriptor, new SharedClasses(host));
  }

  /** Takes what stands below {@code classes} and {@code lib} of the unpacked archive. */
  void addArchive(Path folder) {
    addFile(folder.resolve("classes").toFile());
    Path libraries = folder.resolve("lib");
    if (Files.isDirectory(libraries)) {
      try (DirectoryStream<Path> jars = Files.newDirectoryStream(libraries, "*.jar")) {
        jars.forEach(jar -> addFile(jar.toFile()));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
  }

  @Override
  protected boolean shouldDelegateToParent(String className) {
    return SharedClasses.isShared(className);
  }
}
