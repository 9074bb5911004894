package org.tandem.wiki.plugin.loading;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.plugin.Plugin;
import org.tandem.api.plugin.PluginContext;
import org.tandem.api.plugin.PluginRefusal;

/**
 * A plugin of ours as PF4J sees one. It keeps a failure of its start for the one who asked for it,
 * where PF4J would only log. Start and stop run with the plugin's class loader as the thread's.
 */
final class HostedPlugin extends org.pf4j.Plugin {

  private static final Logger LOG = LoggerFactory.getLogger(HostedPlugin.class);

  private final PluginWrapper wrapper;
  private final PluginContext context;
  private @Nullable Plugin plugin;
  private @Nullable PluginRefusal refusal;

  HostedPlugin(PluginWrapper wrapper, PluginContext context) {
    this.wrapper = wrapper;
    this.context = context;
  }

  Optional<PluginRefusal> refusal() {
    return Optional.ofNullable(refusal);
  }

  @Override
  public void start() {
    inItsClasses(
        () -> {
          try {
            Plugin fresh = entry().make();
            fresh.start(context);
            plugin = fresh;
          } catch (PluginRefusal refused) {
            refusal = refused;
          } catch (Exception | LinkageError failure) {
            LOG.error("The plugin {} failed at its start", wrapper.getPluginId(), failure);
            refusal =
                PluginRefusal.ofPlugin(
                    "The plugin " + wrapper.getPluginId() + " failed at its start: " + failure);
          }
        });
  }

  private PluginEntry entry() {
    return new PluginEntry(
        wrapper.getPluginClassLoader(), wrapper.getDescriptor().getPluginClass());
  }

  @Override
  public void stop() {
    Plugin started = plugin;
    if (started == null) {
      return;
    }
    inItsClasses(
        () -> {
          try {
            started.stop();
          } catch (RuntimeException | LinkageError failure) {
            LOG.error("The plugin {} failed at its stop", wrapper.getPluginId(), failure);
          }
        });
  }

  private void inItsClasses(Runnable work) {
    entry()
        .within(
            () -> {
              work.run();
              return true;
            });
  }
}
