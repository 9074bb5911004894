package org.tandem.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.GenericArchive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.FileAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.tandem.api.plugin.Plugin;

/**
 * Makes a plugin archive for {@code @Deployment}: {@code plugin.properties}, the classes below
 * {@code classes/}, libraries below {@code lib/}, files for the browser below {@code web/}. Or
 * reads one that a build has made.
 *
 * <p>Life cycle: one archive each; what is added after {@link #build} is in no archive. Threads:
 * one.
 *
 * <p>Failure: {@link UncheckedIOException} for files that cannot be read.
 */
public final class PluginArchive {

  /** Where an archive says what it is. */
  public static final String DESCRIPTOR = "plugin.properties";

  private static final String CO_EDITING = "tandem-collab-plugin.zip";

  private final Properties descriptor = new Properties();
  private final GenericArchive archive;

  private PluginArchive(String id) {
    archive = ShrinkWrap.create(GenericArchive.class, id + ".zip");
    descriptor.setProperty("plugin.id", id);
    descriptor.setProperty("plugin.version", "1.0.0");
  }

  /**
   * Starts an archive, of version 1.0.0 for the time being.
   *
   * @param id lower-case letters, digits and hyphens
   */
  public static PluginArchive named(String id) {
    return new PluginArchive(id);
  }

  /** An archive that a build has made. */
  public static GenericArchive read(Path file) {
    return ShrinkWrap.create(ZipImporter.class, file.getFileName().toString())
        .importFrom(file.toFile())
        .as(GenericArchive.class);
  }

  /**
   * The co-editing that belongs to this test kit. Scripted clients need it: deploy it before the
   * plugin under test.
   */
  public static GenericArchive coEditing() {
    try (InputStream archive = PluginArchive.class.getResourceAsStream(CO_EDITING)) {
      if (archive == null) {
        throw new IllegalStateException("the test kit was built without co-editing");
      }
      return ShrinkWrap.create(ZipImporter.class, "collab.zip")
          .importFrom(archive)
          .as(GenericArchive.class);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The version that the descriptor names. */
  public PluginArchive version(String version) {
    descriptor.setProperty("plugin.version", version);
    return this;
  }

  /** The entry. A test archive without one starts nothing, and only holds the tests. */
  public PluginArchive entry(Class<? extends Plugin> plugin) {
    descriptor.setProperty("plugin.class", plugin.getName());
    return classes(plugin);
  }

  /** Adds classes with the classes nested in them. */
  public PluginArchive classes(Class<?>... classes) {
    archive.merge(ShrinkWrap.create(JavaArchive.class).addClasses(classes), "/classes");
    return this;
  }

  /**
   * Adds what a compiler has written, and names the entry among it.
   *
   * @param folder holds the class files below the folders of their packages
   * @param plugin the name of the class that implements {@link Plugin}
   */
  public PluginArchive compiled(Path folder, String plugin) {
    descriptor.setProperty("plugin.class", plugin);
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        String path = folder.relativize(file).toString().replace('\\', '/');
        archive.add(new FileAsset(file.toFile()), "classes/" + path);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return this;
  }

  /** Adds a library that only this plugin sees. */
  public PluginArchive library(Path jar) {
    archive.add(new FileAsset(jar.toFile()), "lib/" + jar.getFileName());
    return this;
  }

  /**
   * Adds a file that browsers get.
   *
   * @param path below {@code web/}
   */
  public PluginArchive web(String path, String content) {
    archive.add(new StringAsset(content), "web/" + path);
    return this;
  }

  /** The archive, to be deployed or written to a file. */
  public GenericArchive build() {
    archive.add(new StringAsset(text(descriptor)), DESCRIPTOR);
    return archive;
  }

  /** A descriptor as the text of a properties file. */
  public static String text(Properties descriptor) {
    StringWriter text = new StringWriter();
    try {
      descriptor.store(text, null);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }
}
