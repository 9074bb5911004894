package org.example.echo;

import java.util.List;
import org.tandem.api.plugin.Maintenance;
import org.tandem.api.plugin.Plugin;
import org.tandem.api.plugin.PluginContext;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.api.plugin.SettingSpec;

/** Registers something and then refuses, as its setting says: itself or the whole node. */
public final class RefusingPlugin implements Plugin {

  @Override
  public void start(PluginContext context) throws PluginRefusal {
    context.host().routes().servlet("echo", new EchoServlet(context, 0));
    if (context.settings().get("echo.ends").isPresent()) {
      throw PluginRefusal.ofNode("This node must not run.");
    }
    throw PluginRefusal.ofPlugin("Set echo.something first.");
  }

  @Override
  public List<SettingSpec> settings() {
    return List.of(SettingSpec.optional("echo.ends", "Whether the node is refused."));
  }

  @Override
  public List<Maintenance> maintenance() {
    return EchoMaintenance.all();
  }

  @Override
  public void stop() {
    throw new IllegalStateException("never started");
  }
}
