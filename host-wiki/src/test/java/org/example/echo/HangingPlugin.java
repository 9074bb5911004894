package org.example.echo;

import java.util.concurrent.CountDownLatch;
import org.tandem.api.plugin.Plugin;
import org.tandem.api.plugin.PluginContext;

/** Hangs at its start or at its stop, whatever is done to its thread. */
public final class HangingPlugin implements Plugin {

  private static final String AT = "org.example.echo.hangs";

  private final CountDownLatch never = new CountDownLatch(1);

  @Override
  public void start(PluginContext context) {
    if (System.getProperty(AT).equals("start")) {
      hang();
    }
  }

  @Override
  public void stop() {
    hang();
  }

  private void hang() {
    while (never.getCount() > 0) {
      try {
        never.await();
      } catch (InterruptedException ignored) {
        Thread.yield();
      }
    }
  }
}
