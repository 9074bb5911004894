package org.example.echo;

import org.tandem.api.plugin.Plugin;
import org.tandem.api.plugin.PluginContext;

/** Cannot even be made. */
public final class BrokenPlugin implements Plugin {

  public BrokenPlugin() {
    throw new IllegalStateException("no beans");
  }

  @Override
  public void start(PluginContext context) {
    throw new AssertionError("it was never made");
  }

  @Override
  public void stop() {
    throw new AssertionError("it was never made");
  }
}
