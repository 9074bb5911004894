package org.example.echo;

import java.util.concurrent.locks.LockSupport;
import org.tandem.api.plugin.Plugin;
import org.tandem.api.plugin.PluginContext;

/** Takes as long to start as a property of the process is set. */
public final class SlowPlugin implements Plugin {

  private static final String WHILE = "org.example.echo.slow";

  @Override
  public void start(PluginContext context) {
    while (System.getProperty(WHILE) != null) {
      LockSupport.parkNanos(10_000_000);
    }
  }

  @Override
  public void stop() {
    // Nothing was begun.
  }
}
