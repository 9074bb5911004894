package org.tandem.testkit.container;

import org.jboss.arquillian.container.test.spi.client.deployment.DeploymentPackager;
import org.jboss.arquillian.protocol.servlet5.BaseServletProtocol;

/** Arquillian's servlet protocol, its runner served by the plugin under test. */
public final class PluginProtocol extends BaseServletProtocol {

  static final String NAME = "Tandem plugin";

  @Override
  protected String getProtocolName() {
    return NAME;
  }

  @Override
  public DeploymentPackager getPackager() {
    return new PluginPackager();
  }
}
