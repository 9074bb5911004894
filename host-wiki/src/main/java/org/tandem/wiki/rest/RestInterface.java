package org.tandem.wiki.rest;

import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;
import java.util.List;
import org.glassfish.jersey.server.ResourceConfig;
import org.tandem.wiki.gate.Resources;
import org.tandem.wiki.rest.wire.BodyLimit;
import org.tandem.wiki.rest.wire.Json;
import org.tandem.wiki.rest.wire.Problems;

/** The REST interface, to be mounted at {@code /api/*}. */
public final class RestInterface {

  private RestInterface() {}

  /**
   * @param resources instances of this package's resources
   */
  public static ResourceConfig of(List<Object> resources) {
    ResourceConfig config = Resources.of(resources);
    config.register(new JacksonJsonProvider(Json.mapper()));
    config.register(new Problems());
    config.register(new BodyLimit());
    return config;
  }
}
