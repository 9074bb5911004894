package org.tandem.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.Archive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tandem.api.host.Host;
import org.tandem.api.host.PageId;
import org.tandem.api.plugin.Plugin;
import org.tandem.api.plugin.PluginContext;

/** Runs in the class loader of a plugin that has nothing but this test and an entry. */
@ExtendWith(ArquillianExtension.class)
class InsideAPluginTest {

  @ArquillianResource private Host host;
  @ArquillianResource private PluginContext context;

  /** Remembers that it was started. */
  public static final class Remembering implements Plugin {

    static boolean started;

    @Override
    public void start(PluginContext context) {
      started = true;
    }

    @Override
    public void stop() {
      started = false;
    }
  }

  @Deployment
  static Archive<?> plugin() {
    return PluginArchive.named("remembering").entry(Remembering.class).build();
  }

  @Test
  void runsInThePluginsClassLoaderBesideItsOwnEntry() {
    assertNotSame(ClassLoader.getSystemClassLoader(), getClass().getClassLoader());
    assertTrue(Remembering.started);
  }

  @Test
  void reachesTheHostThroughThePluginApi() {
    assertEquals(host, context.host());
    assertTrue(host.pages().page(PageId.random()).isEmpty());
  }
}
