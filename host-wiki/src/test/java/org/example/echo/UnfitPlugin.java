package org.example.echo;

import java.util.List;
import org.tandem.api.plugin.Maintenance;
import org.tandem.api.plugin.Plugin;
import org.tandem.api.plugin.PluginContext;

/** Offers maintenance with names that cannot be used. */
public final class UnfitPlugin implements Plugin {

  @Override
  public void start(PluginContext context) {
    // It does nothing else.
  }

  @Override
  public void stop() {
    // Nothing was begun.
  }

  @Override
  public List<Maintenance> maintenance() {
    return EchoMaintenance.unfit();
  }
}
