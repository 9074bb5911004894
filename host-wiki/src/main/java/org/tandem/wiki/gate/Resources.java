package org.tandem.wiki.gate;

import java.lang.reflect.Type;
import java.util.List;
import org.glassfish.jersey.inject.hk2.AbstractBinder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/** Jersey's configuration for resources that were constructed by hand. */
public final class Resources {

  private Resources() {}

  /**
   * A configuration that serves these instances, with what both faces of the wiki have in common.
   */
  public static ResourceConfig of(List<Object> resources) {
    ResourceConfig config = new ResourceConfig();
    resources.forEach(resource -> config.register(resource.getClass()));
    config.register(
        new AbstractBinder() {
          @Override
          protected void configure() {
            resources.forEach(resource -> bind(resource).to((Type) resource.getClass()));
          }
        });
    config.property(ServerProperties.WADL_FEATURE_DISABLE, true);
    config.property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
    config.property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
    return config;
  }
}
