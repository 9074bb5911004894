package org.tandem.testkit.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.arquillian.protocol.servlet5.ServletMethodExecutor;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jspecify.annotations.Nullable;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.wiki.Wiki;
import org.tandem.wiki.settings.StartRefusal;
import org.tandem.wiki.settings.WikiSettings;

/**
 * The real wiki in this JVM: on a free port, with the demo accounts, its embedded PostgreSQL in a
 * folder that goes when it stops.
 */
public final class WikiContainer implements DeployableContainer<WikiConfiguration> {

  private @Nullable Path folder;
  private @Nullable Wiki wiki;

  @Override
  public Class<WikiConfiguration> getConfigurationClass() {
    return WikiConfiguration.class;
  }

  @Override
  public ProtocolDescription getDefaultProtocol() {
    return new ProtocolDescription(PluginProtocol.NAME);
  }

  @Override
  public void start() throws LifecycleException {
    try {
      folder = Files.createTempDirectory("tandem-testkit");
      wiki = Wiki.start(settings(folder));
    } catch (StartRefusal | IOException failed) {
      throw new LifecycleException(failed.getMessage(), failed);
    }
  }

  @Override
  public void stop() {
    if (wiki != null) {
      wiki.close();
      wiki = null;
    }
    if (folder != null) {
      delete(folder);
      folder = null;
    }
  }

  @Override
  public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
    Properties descriptor = PluginPackager.descriptor(archive);
    Path file = running(folder).resolve(archive.getName());
    archive.as(ZipExporter.class).exportTo(file.toFile(), true);
    try {
      running(wiki).plugins().install(file, "admin");
    } catch (PluginRefusal refused) {
      throw new DeploymentException(refused.getMessage(), refused);
    }
    URI address = running(wiki).address();
    // Two context roots, so that an injected URI is the wiki's own address.
    return new ProtocolMetaData()
        .addContext(
            new HTTPContext(address.getHost(), address.getPort())
                .add(new Servlet("wiki", "/"))
                .add(
                    new Servlet(
                        ServletMethodExecutor.ARQUILLIAN_SERVLET_NAME,
                        "/api/" + PluginPackager.route(descriptor))));
  }

  @Override
  public void undeploy(Archive<?> archive) throws DeploymentException {
    String id = PluginPackager.descriptor(archive).getProperty("plugin.id");
    try {
      running(wiki).plugins().remove(id, "admin");
    } catch (PluginRefusal refused) {
      throw new DeploymentException("The plugin " + id + " cannot be removed", refused);
    }
  }

  private static WikiSettings settings(Path folder) throws StartRefusal {
    return WikiSettings.of(
        folder, Map.of("port", "0", "data", folder.resolve("data").toString(), "demo", "true"));
  }

  private static void delete(Path folder) {
    try (Stream<Path> tree = Files.walk(folder)) {
      List<Path> leavesFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : leavesFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException busy) {
      throw new UncheckedIOException(busy);
    }
  }

  private static <T> T running(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the wiki does not run");
    }
    return part;
  }
}
