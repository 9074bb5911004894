package org.tandem.testkit.container;

import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;

/** The container's configuration in {@code arquillian.xml}: it needs none. */
public final class WikiConfiguration implements ContainerConfiguration {

  @Override
  public void validate() {
    // Nothing can be set, so nothing can be wrong.
  }
}
