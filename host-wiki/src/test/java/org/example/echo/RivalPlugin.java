package org.example.echo;

import jakarta.servlet.http.HttpServlet;
import org.tandem.api.plugin.Plugin;
import org.tandem.api.plugin.PluginContext;

/** Wants the address of another plugin. */
public final class RivalPlugin implements Plugin {

  @Override
  public void start(PluginContext context) {
    context.host().routes().servlet("echo", new Nothing());
  }

  @Override
  public void stop() {
    // What was registered is left for the host to take back.
  }

  /** Serves nothing. */
  private static final class Nothing extends HttpServlet {

    private static final long serialVersionUID = 1L;
  }
}
