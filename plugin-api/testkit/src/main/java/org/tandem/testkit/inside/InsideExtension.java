package org.tandem.testkit.inside;

import java.lang.annotation.Annotation;
import org.jboss.arquillian.container.test.spi.RemoteLoadableExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.arquillian.test.spi.enricher.resource.ResourceProvider;
import org.tandem.api.host.Host;
import org.tandem.api.plugin.PluginContext;

/**
 * Injects {@code @ArquillianResource} fields of tests inside a plugin: its context and its host.
 */
public final class InsideExtension implements RemoteLoadableExtension {

  @Override
  public void register(ExtensionBuilder builder) {
    builder
        .service(ResourceProvider.class, ContextProvider.class)
        .service(ResourceProvider.class, HostProvider.class);
  }

  /** The context that the plugin was started with. */
  public static final class ContextProvider implements ResourceProvider {

    @Override
    public boolean canProvide(Class<?> type) {
      return type == PluginContext.class;
    }

    @Override
    public Object lookup(ArquillianResource resource, Annotation... qualifiers) {
      return TestedPlugin.context();
    }
  }

  /** The wiki. */
  public static final class HostProvider implements ResourceProvider {

    @Override
    public boolean canProvide(Class<?> type) {
      return type == Host.class;
    }

    @Override
    public Object lookup(ArquillianResource resource, Annotation... qualifiers) {
      return TestedPlugin.context().host();
    }
  }
}
