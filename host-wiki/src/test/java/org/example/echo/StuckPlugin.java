package org.example.echo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.tandem.api.plugin.Plugin;
import org.tandem.api.plugin.PluginContext;

/** Answers calls below /api/stuck once a property of the process is not set any more. */
public final class StuckPlugin implements Plugin {

  private static final String WHILE = "org.example.echo.stuck";

  /** Says whether somebody is in it. */
  private static final class Stuck extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse answer)
        throws IOException {
      while (System.getProperty(WHILE) != null) {
        LockSupport.parkNanos(10_000_000);
      }
      answer.getWriter().print("free");
    }
  }

  @Override
  public void start(PluginContext context) {
    context.host().routes().servlet("stuck", new Stuck());
  }

  @Override
  public void stop() {
    // What was registered is left for the host to take back.
  }
}
