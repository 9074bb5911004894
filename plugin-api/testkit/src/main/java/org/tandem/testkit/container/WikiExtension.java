package org.tandem.testkit.container;

import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.test.spi.client.deployment.ApplicationArchiveProcessor;
import org.jboss.arquillian.container.test.spi.client.protocol.Protocol;
import org.jboss.arquillian.core.spi.LoadableExtension;

/** Tells Arquillian of the container and its protocol. */
public final class WikiExtension implements LoadableExtension {

  @Override
  public void register(ExtensionBuilder builder) {
    builder
        .service(DeployableContainer.class, WikiContainer.class)
        .service(Protocol.class, PluginProtocol.class)
        .service(ApplicationArchiveProcessor.class, TestClasses.class);
  }
}
