package org.tandem.collab.protocol;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** How JSON is read and written on threads that outlive this plugin. */
public final class Json {

  private Json() {}

  /**
   * A factory whose buffers stand in a pool. By default each thread keeps one, and the host's
   * threads would keep this plugin's classes with it for ever.
   */
  public static JsonFactoryBuilder factory() {
    return new JsonFactoryBuilder().recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool());
  }

  /** A mapper over such a factory. */
  public static JsonMapper.Builder mapper() {
    return JsonMapper.builder(factory().build());
  }
}
