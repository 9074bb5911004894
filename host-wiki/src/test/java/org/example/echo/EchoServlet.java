package org.example.echo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.tandem.api.host.User;
import org.tandem.api.plugin.PluginContext;

/** Says what a plugin sees. */
final class EchoServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private static final String SERVICES = "/services/";

  private final transient PluginContext context;
  private final int starts;

  EchoServlet(PluginContext context, int starts) {
    this.context = context;
    this.starts = starts;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse answer) throws IOException {
    String path = String.valueOf(request.getPathInfo());
    String said =
        switch (path) {
          case "/caller" ->
              context.host().routes().caller(request).map(User::name).orElse("nobody");
          case "/place" -> request.getServletPath() + " " + request.getPathInfo();
          case "/starts" -> Integer.toString(starts);
          case "/data" -> context.dataFolder().toString();
          case "/setting" -> context.settings().get(request.getParameter("name")).orElse("none");
          case "/class" -> loader(request.getParameter("name"));
          case "/resource" ->
              String.valueOf(getClass().getClassLoader().getResource(request.getParameter("name")));
          case "/thread" ->
              Boolean.toString(
                  Thread.currentThread().getContextClassLoader() == getClass().getClassLoader());
          case "/failure" -> throw new IllegalStateException("secret detail");
          default ->
              path.startsWith(SERVICES)
                  ? new EchoServices(context).use(path.substring(SERVICES.length()), request)
                  : "null";
        };
    answer.setContentType("text/plain");
    answer.getWriter().print(said);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse answer) throws IOException {
    answer.getWriter().print("posted");
  }

  private String loader(String name) {
    try {
      ClassLoader loader = getClass().getClassLoader();
      return loader.loadClass(name).getClassLoader() == loader ? "own" : "shared";
    } catch (ClassNotFoundException hidden) {
      return "hidden";
    }
  }
}
