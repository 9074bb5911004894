package org.tandem.wiki.plugin.loading;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes of one plugin: its own first, but those of the plugin API always the host's, so that
 * both sides mean the same types.
 */
final class ArchiveClassLoader extends PluginClassLoader {

  private static final Logger LOG = LoggerFactory.getLogger(ArchiveClassLoader.class);

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

  /** Takes back what the plugin's classes have registered with the JDK. */
  void sweep() {
    String name = DriverSweep.class.getName();
    try (InputStream own =
        DriverSweep.class.getResourceAsStream(DriverSweep.class.getSimpleName() + ".class")) {
      byte[] code = Objects.requireNonNull(own, name).readAllBytes();
      ((Runnable)
              defineClass(name, code, 0, code.length)
                  .asSubclass(Runnable.class)
                  .getConstructor()
                  .newInstance())
          .run();
    } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError failed) {
      LOG.warn("The database drivers of a plugin are not taken back: {}", failed.toString());
    }
  }
}
