package org.tandem.testkit.inside;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jboss.arquillian.protocol.servlet5.runner.ServletTestRunner;

/** Arquillian's runner, which finds the tests by the thread's class loader: the plugin's. */
final class InsideRunner extends ServletTestRunner {

  private static final long serialVersionUID = 1L;

  @Override
  protected void execute(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Thread thread = Thread.currentThread();
    ClassLoader hosts = thread.getContextClassLoader();
    thread.setContextClassLoader(getClass().getClassLoader());
    try {
      super.execute(request, response);
    } finally {
      thread.setContextClassLoader(hosts);
    }
  }
}
