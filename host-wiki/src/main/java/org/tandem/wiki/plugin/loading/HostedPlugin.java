package org.tandem.wiki.plugin.loading;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.plugin.Plugin;
import org.tandem.api.plugin.PluginRefusal;

/**
 * A plugin of ours as PF4J sees one. It keeps a failure of its start for the one who asked for it,
 * where PF4J would only log. Start and stop run on a thread of their own, with the plugin's class
 * loader as the thread's, for a bounded time.
 */
final class HostedPlugin extends org.pf4j.Plugin {

  private static final Logger LOG = LoggerFactory.getLogger(HostedPlugin.class);

  private final PluginWrapper wrapper;
  private final LoadedPlugins.Contexts contexts;
  private final LifeTimes times;
  private @Nullable Plugin plugin;
  private @Nullable PluginRefusal refusal;
  private boolean givenUp;

  /**
   * @param contexts gives the plugin what it sees of its host
   */
  HostedPlugin(PluginWrapper wrapper, LoadedPlugins.Contexts contexts, LifeTimes times) {
    this.wrapper = wrapper;
    this.contexts = contexts;
    this.times = times;
  }

  synchronized Optional<PluginRefusal> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** The plugin that has started; empty when none has. */
  synchronized Optional<Plugin> started() {
    return Optional.ofNullable(plugin);
  }

  @Override
  public void start() {
    if (!within(times.start(), "plugin-start-", this::startIt)) {
      giveUp();
    }
  }

  private void startIt() {
    try {
      Plugin fresh = entry().make();
      fresh.start(contexts.of(wrapper.getPluginId(), fresh.settings()));
      if (!takes(fresh)) {
        // It came to its end after all, when nobody waited any more.
        fresh.stop();
      }
    } catch (PluginRefusal refused) {
      refuse(refused);
    } catch (Exception | Error failure) {
      PluginRefusal refused =
          PluginRefusal.ofPlugin(
              "The plugin " + wrapper.getPluginId() + " failed at its start: " + cause(failure));
      // Whoever asked for the start tells of it, once.
      refused.initCause(failure);
      refuse(refused);
    }
  }

  /** What reflection wraps is what the plugin has thrown. */
  private static Throwable cause(Throwable failure) {
    return failure instanceof InvocationTargetException wrapped && wrapped.getCause() != null
        ? wrapped.getCause()
        : failure;
  }

  private synchronized boolean takes(Plugin fresh) {
    plugin = givenUp ? null : fresh;
    return !givenUp;
  }

  private synchronized void refuse(PluginRefusal refused) {
    if (!givenUp) {
      refusal = refused;
    }
  }

  private synchronized void giveUp() {
    if (plugin == null && refusal == null) {
      givenUp = true;
      refuseHanging();
    }
  }

  private void refuseHanging() {
    String sentence =
        "The plugin "
            + wrapper.getPluginId()
            + " has not started within "
            + times.start().toSeconds()
            + " s: it is given up, and what hangs of it ends with this node.";
    refusal = PluginRefusal.ofPlugin(sentence);
  }

  private PluginEntry entry() {
    return new PluginEntry(
        wrapper.getPluginClassLoader(), wrapper.getDescriptor().getPluginClass());
  }

  @Override
  public void stop() {
    Optional<Plugin> running = started();
    if (running.isPresent() && !within(times.stop(), "plugin-stop-", () -> stop(running.get()))) {
      LOG.error(
          "The plugin {} has not stopped within {} s: what hangs of it ends with this node",
          wrapper.getPluginId(),
          times.stop().toSeconds());
    }
  }

  private void stop(Plugin running) {
    try {
      running.stop();
    } catch (RuntimeException | Error failure) {
      LOG.error("The plugin {} failed at its stop", wrapper.getPluginId(), failure);
    }
  }

  private boolean within(Duration most, String thread, Runnable work) {
    return TimeBox.ends(most, thread + wrapper.getPluginId(), wrapper.getPluginClassLoader(), work);
  }
}
