package org.tandem.testkit.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Properties;
import org.jboss.arquillian.container.test.spi.RemoteLoadableExtension;
import org.jboss.arquillian.container.test.spi.TestDeployment;
import org.jboss.arquillian.container.test.spi.client.deployment.DeploymentPackager;
import org.jboss.arquillian.container.test.spi.client.deployment.ProtocolArchiveProcessor;
import org.jboss.arquillian.protocol.servlet5.v_5.ProtocolDeploymentAppender;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.GenericArchive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.tandem.testkit.PluginArchive;
import org.tandem.testkit.inside.InsideExtension;
import org.tandem.testkit.inside.TestedPlugin;

/**
 * Puts the test runner into a plugin archive: Arquillian's and JUnit's jars below {@code lib/}, and
 * {@link TestedPlugin} as the entry, which starts the archive's own.
 */
final class PluginPackager implements DeploymentPackager {

  @Override
  public Archive<?> generateDeployment(
      TestDeployment deployment, Collection<ProtocolArchiveProcessor> processors) {
    GenericArchive archive = deployment.getApplicationArchive().as(GenericArchive.class);
    deployment.getAuxiliaryArchives().forEach(part -> library(archive, part));
    library(archive, new ProtocolDeploymentAppender().createAuxiliaryArchive());
    library(archive, runner());
    replaceEntry(archive);
    processors.forEach(processor -> processor.process(deployment, archive));
    return archive;
  }

  /** The descriptor of an archive. */
  static Properties descriptor(Archive<?> archive) {
    Properties descriptor = new Properties();
    try (InputStream stream = archive.get(PluginArchive.DESCRIPTOR).getAsset().openStream()) {
      descriptor.load(stream);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return descriptor;
  }

  private static void library(GenericArchive archive, Archive<?> part) {
    archive.add(part, "lib", ZipExporter.class);
  }

  private static JavaArchive runner() {
    return ShrinkWrap.create(JavaArchive.class, "tandem-testkit-inside.jar")
        .addPackage(TestedPlugin.class.getPackage())
        .addAsServiceProvider(RemoteLoadableExtension.class, InsideExtension.class);
  }

  private static void replaceEntry(GenericArchive archive) {
    Properties descriptor = descriptor(archive);
    Properties tested = new Properties();
    tested.setProperty(TestedPlugin.ROUTE, route(descriptor));
    tested.setProperty(TestedPlugin.ENTRY, descriptor.getProperty("plugin.class", ""));
    archive.add(new StringAsset(PluginArchive.text(tested)), "classes/" + TestedPlugin.PROPERTIES);
    descriptor.setProperty("plugin.class", TestedPlugin.class.getName());
    archive.delete(PluginArchive.DESCRIPTOR);
    archive.add(new StringAsset(PluginArchive.text(descriptor)), PluginArchive.DESCRIPTOR);
  }

  /** The prefix that a plugin's test runner is served below. */
  static String route(Properties descriptor) {
    return "tests-of-" + descriptor.getProperty("plugin.id");
  }
}
