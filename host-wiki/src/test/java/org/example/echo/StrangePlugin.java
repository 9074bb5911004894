package org.example.echo;

import java.util.List;
import org.tandem.api.plugin.Plugin;
import org.tandem.api.plugin.PluginContext;
import org.tandem.api.plugin.SettingSpec;

/** Declares a setting that is not its own. */
public final class StrangePlugin implements Plugin {

  @Override
  public void start(PluginContext context) {
    throw new IllegalStateException("it is refused before");
  }

  @Override
  public void stop() {
    // Nothing was begun.
  }

  @Override
  public List<SettingSpec> settings() {
    return List.of(
        SettingSpec.of("echo.word", "Is its own.", "nothing"),
        SettingSpec.optional("database.password", "Is the wiki's."));
  }
}
