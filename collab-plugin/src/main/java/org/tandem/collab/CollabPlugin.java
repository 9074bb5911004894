package org.tandem.collab;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tandem.api.editor.EditorFrontEnd;
import org.tandem.api.plugin.Maintenance;
import org.tandem.api.plugin.Plugin;
import org.tandem.api.plugin.PluginContext;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.api.plugin.SettingSpec;
import org.tandem.collab.maintenance.CompactLog;
import org.tandem.collab.maintenance.DeleteData;
import org.tandem.collab.maintenance.VerifyLog;

/** Co-editing as a plugin of the wiki. */
public final class CollabPlugin implements Plugin {

  private @Nullable Wiring wiring;

  @Override
  public void start(PluginContext context) throws PluginRefusal {
    Thread thread = Thread.currentThread();
    ClassLoader hosts = thread.getContextClassLoader();
    thread.setContextClassLoader(getClass().getClassLoader());
    try {
      wiring = Wiring.start(context);
      context.register(new EditorFrontEnd("editor.js", List.of("editor.css")));
    } finally {
      thread.setContextClassLoader(hosts);
    }
  }

  @Override
  public void stop() {
    if (wiring != null) {
      wiring.close();
      wiring = null;
    }
  }

  @Override
  public List<Maintenance> maintenance() {
    return List.of(new VerifyLog(), new CompactLog());
  }

  @Override
  public List<SettingSpec> settings() {
    return CollabSettings.ALL;
  }

  @Override
  public Optional<Maintenance> dataDeletion() {
    return Optional.of(new DeleteData());
  }
}
